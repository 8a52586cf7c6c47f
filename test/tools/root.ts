import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's root: above the tests, and above the bundle of a command that is made of them. */
export const ROOT = above(__dirname);

function above(folder: string): string {
  if (existsSync(join(folder, 'cdk8s.yaml')) || folder === dirname(folder)) return folder;
  return above(dirname(folder));
}
