import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The file that a command name stands for, with links resolved; undefined when no folder of the list has it. */
export function findCommand(name: string, folders: readonly string[] = pathFolders()): string | undefined {
  for (const folder of folders) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return realpathSync(file);
    } catch {
      // Not here: the next folder may have it.
    }
  }
  return undefined;
}

function pathFolders(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

/**
 * `describe` when nothing is missing, else `describe.skip` and one printed line that says what is.
 *
 * With CUTOVER_REQUIRE_TOOLS set a missing command is an error: a CI that installs the commands must not turn green
 * because an installation step was lost.
 */
export function describeWith(missing: readonly string[]): jest.Describe {
  if (missing.length === 0) {
    return describe;
  }
  const line = `not installed: ${missing.join(', ')}`;
  if (process.env.CUTOVER_REQUIRE_TOOLS !== undefined) {
    throw new Error(`${line} (CUTOVER_REQUIRE_TOOLS is set)`);
  }
  console.warn(`tests skipped, ${line}`);
  return describe.skip;
}
