import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools/catalog';
import { Cases } from './cases';
import { catalogsIn, fuzzFolder } from './fuzz';
import { minimised } from './minimise';
import { probe } from './probe';

const run = (...options: readonly string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'lib/cli/launch.cjs'), 'fuzz', ...options], { cwd: ROOT, encoding: 'utf8' });

test('5 000 mutated catalogs end in a diagnostic or in clean output', () => {
  // In a process of its own: in Jest's sandbox the same takes twice the time.
  const { status, stdout } = run('--cases', '5000', '--seed', '2', '--seconds', '200');
  const [, told, clean] = /seed 2: 5000 cases in .*: (\d+) told, (\d+) clean, 0 kinds of failures/.exec(stdout) ?? [];
  expect({ stdout, status }).toEqual({ stdout: expect.not.stringContaining('FAILED'), status: 0 });
  expect(Number(clean)).toBeGreaterThan(500);
  expect(Number(told)).toBeGreaterThan(2_000);
  expect(stdout.match(/[A-Z]{3}\d{3} \d+/g)?.length).toBeGreaterThan(40);
}, 220_000);

test('what the command does not know is refused', () => {
  expect(run('--cases', 'many').status).toBe(64);
});

test('a case follows from its seed and its number, whatever was made before', () => {
  const cases = new Cases(ROOT, catalogsIn(ROOT));
  // In this one a list once came to hold itself: the same empty list was put in twice.
  const first = cases.make(20_261_123, 24_511);
  for (let number = 0; number < 300; number += 1) cases.make(1, number);
  expect(cases.make(20_261_123, 24_511)).toEqual(first);
  expect(new Cases(ROOT, catalogsIn(ROOT)).make(1, 299)).toEqual(cases.make(1, 299));
});

test('a file of migrations may hold U+FFFD, and it is read back', () => {
  const folder = fuzzFolder(ROOT);
  const migration = { path: 'migrations/backend/expand/V9__new.sql', bytes: Buffer.from('SELECT 1; -- a\ufffdb\n') };
  expect(probe({ bytes: readFileSync(join(ROOT, 'services.json')), migration }, folder)).toMatchObject({
    kind: 'clean',
  });
  rmSync(folder, { recursive: true });
});

test('the examples of every strategy and router are clean, what they have for Terraform as well', () => {
  const folder = fuzzFolder(ROOT);
  const bytes = readFileSync(join(ROOT, 'docs/examples/services.json'));
  expect(probe({ bytes }, folder)).toMatchObject({ kind: 'clean' });
  rmSync(folder, { recursive: true });
});

test('a failing input becomes a small one that fails as well', () => {
  const json = Buffer.from(JSON.stringify({ a: [1, 2, { bad: 1, more: 'x' }], b: { c: 3 } }));
  expect(minimised(json, (bytes) => bytes.includes('"bad"')).toString()).toBe('{"a":[{"bad":1}]}');
  const text = Buffer.from(`${'x'.repeat(5_000)}bad${'y'.repeat(5_000)}`);
  expect(minimised(text, (bytes) => bytes.includes('bad')).toString()).toBe('bad');
});
