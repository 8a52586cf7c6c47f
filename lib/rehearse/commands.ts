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
