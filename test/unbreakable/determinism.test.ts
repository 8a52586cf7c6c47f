import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../tools/catalog';
import { findCommand } from '../tools/commands';
import { place, removePlaces, treeOf } from './place';
import { LAUNCH } from './run';

afterAll(removePlaces);

const committed = treeOf(join(ROOT, 'dist'));

/** Other versions of Node: named in CUTOVER_NODES, or on the PATH as node20, node22, node24. */
const nodes = [
  ...(process.env.CUTOVER_NODES ?? '').split(delimiter).filter((one) => one !== ''),
  ...['node20', 'node22', 'node24'].flatMap((name) => findCommand(name) ?? []),
];

function run(node: string, ...options: readonly string[]): void {
  const there = place();
  const { status, stderr } = spawnSync(node, [...options, LAUNCH, 'synth'], { cwd: there.folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(treeOf(there.dist)).toEqual(committed);
}

// Nobody must have several: a CI of one version runs the rest of the tests on that.
if (nodes.length === 0)
  console.warn('tests skipped, not installed: another Node (CUTOVER_NODES, or node22 on the PATH)');

(nodes.length > 0 ? describe : describe.skip)('every Node', () => {
  test.each(nodes.length > 0 ? nodes : ['none'])('%s gives the committed bytes, cold and warm', (node) => {
    run(node);
    run(node);
  });
});

test('the order in which folders are listed does not show', () => {
  const shuffle = join(__dirname, 'shuffle.cjs');
  run(process.execPath, '--require', shuffle);
});

test('the order in which migrations were made does not show, nor what was there before', () => {
  const there = place();
  const files = Object.entries(treeOf(join(there.folder, 'migrations')) ?? {}).reverse();
  for (const [path] of files) rmSync(join(there.folder, 'migrations', path));
  for (const [path, text] of files) writeFileSync(join(there.folder, 'migrations', path), text);
  const file = join(there.folder, 'services.json');
  const text = readFileSync(file, 'utf8');
  for (const one of [text.replaceAll('"replicas": 2', '"replicas": 3'), text]) {
    writeFileSync(file, one);
    expect(spawnSync(process.execPath, [LAUNCH, 'synth'], { cwd: there.folder }).status).toBe(0);
  }
  expect(treeOf(there.dist)).toEqual(committed);
});
