import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from '../tools/catalog';
import { Workspace } from './workspace';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cutover-workspace-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Synthesises a catalog in which a field is called what no field is. */
function synth(root: string): { readonly status: number | null; readonly stderr: string } {
  const file = path.join(root, 'services.json');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"owner"', '"ownerr"'));
  const { status, stderr } = spawnSync(process.execPath, ['lib/cli/launch.cjs', 'synth'], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('the copy without checks finds nothing wrong, and the product does', () => {
  const product = new Workspace(ROOT, path.join(folder, 'product'), 2);
  const unchecked = new Workspace(ROOT, path.join(folder, 'unchecked'), 2);
  unchecked.leaveOutChecks();
  expect(synth(product.root)).toMatchObject({ status: 1, stderr: expect.stringContaining('ownerr') });
  expect(synth(unchecked.root)).toEqual({ status: 0, stderr: '' });
}, 60_000);
