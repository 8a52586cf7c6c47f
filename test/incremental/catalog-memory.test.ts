import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CatalogMemory } from '../../lib/incremental/catalog-memory';
import { ROOT } from '../tools/catalog';

const directory = mkdtempSync(join(tmpdir(), 'cutover-memory-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const FACTS = { keys: [], bounds: [], start: 0, end: 0, releases: {} };
const memory = new CatalogMemory({ directory, build: 'build' }, 'services.json');

test('a text is read a stretch at a time, and what is no longer there is zeros', () => {
  memory.remember({ bytes: Buffer.from('0123456789'), facts: FACTS });
  const text = memory.recall()?.text;
  const stretch = (from: number, to: number) => text && Buffer.from(text.stretch(from, to)).toString('latin1');
  expect([text?.length, stretch(2, 5), stretch(0, 10), stretch(8, 10)]).toEqual([10, '234', '0123456789', '89']);
  for (const file of readdirSync(directory).filter((name) => name.includes('.text.')))
    truncateSync(join(directory, file), 4);
  expect([stretch(2, 6), stretch(6, 8)]).toEqual(['23\0\0', '\0\0']);
  text?.close();
});

test('the launcher knows by its name that there is a memory', () => {
  memory.remember({ bytes: Buffer.from('{}'), facts: FACTS });
  const launcher = readFileSync(join(ROOT, 'lib/cli/launch.cjs'), 'utf8');
  const prefix = /name\.startsWith\('([^']+)'\)/.exec(launcher)?.[1] ?? 'none';
  const names = readdirSync(directory);
  expect(names).toHaveLength(2);
  expect(names.filter((name) => name.startsWith(prefix))).toEqual(names);
});
