import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lintManifests } from '../../lib/lint/lint';
import type { LintFinding } from '../../lib/lint/report';

/** Lints one text as a file. */
export const lintText = (text: string, file = 'a.yaml'): readonly LintFinding[] => lintManifests([{ file, text }]);

/** `<code> <line>:<column> <object> <path>`: what most tests ask about a finding. */
export const brief = ({ code, line, column, object, path }: LintFinding): string =>
  [code, `${line}:${column}`, object, path].filter(Boolean).join(' ');

/** Calls with a folder that has the files, and removes it. */
export function inFolder<T>(files: Readonly<Record<string, string | Buffer>>, use: (folder: string) => T): T {
  const folder = folderOf(files);
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same for what takes a while. */
export async function inFolderAsync(
  files: Readonly<Record<string, string | Buffer>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = folderOf(files);
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
