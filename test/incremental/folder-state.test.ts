import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshotOf } from '../../lib/files/snapshot';
import type { Files } from '../../lib/incremental/file-table';
import { fingerprint } from '../../lib/incremental/fingerprint';
import { folderState } from '../../lib/incremental/folder-state';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cutover-folder-'));
  mkdirSync(join(root, 'sql/expand'), { recursive: true });
  writeFileSync(join(root, 'sql/expand/V1__a.sql'), 'SELECT 1;');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const stateOf = (folder: string, known?: Files) => folderState(root, folder, known, (path) => snapshotOf(root, path));
const file = () => join(root, 'sql/expand/V1__a.sql');

test('a folder as it was is taken over unread', () => {
  const first = stateOf('sql');
  expect(stateOf('sql', first)).toBe(first);
});

test.each<[string, () => void]>([
  ['its text', () => writeFileSync(file(), 'SELECT 2;')],
  [
    'its text, at the same size and time',
    () => {
      writeFileSync(file(), 'SELECT 3;');
      utimesSync(file(), 5, 5);
    },
  ],
  ['a new file', () => writeFileSync(join(root, 'sql/expand/V2__b.sql'), '')],
  ['a new folder', () => mkdirSync(join(root, 'sql/contract'))],
  ['another name', () => renameSync(file(), join(root, 'sql/expand/V3__a.sql'))],
  [
    'a link',
    () => {
      renameSync(file(), join(root, 'elsewhere'));
      symlinkSync(join(root, 'elsewhere'), file());
    },
  ],
])('%s changes the fingerprint', (_what, change) => {
  const first = stateOf('sql');
  change();
  const second = stateOf('sql', first);
  // A new empty folder holds nothing yet; all else is another content.
  if (_what !== 'a new folder') expect(second.mark).not.toBe(first.mark);
  expect(second).not.toBe(first);
});

test('a folder that is not there has a fingerprint of its own', () => {
  expect(stateOf('none').mark).not.toBe(stateOf('sql').mark);
});

test('no two lists of parts run into each other', () => {
  expect(fingerprint('ab', 'c')).not.toBe(fingerprint('a', 'bc'));
  expect(fingerprint('ab')).not.toBe(fingerprint('ab', ''));
});
