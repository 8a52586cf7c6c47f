import * as fs from 'node:fs';
import { fingerprint } from './fingerprint';

/** What was kept in a file, or undefined where it is not there or not what was written. */
export function readSealed<T>(file: string): T | undefined {
  // Nothing is thrown for a first run, which costs as much as reading what a later one finds.
  if (!fs.existsSync(file)) return undefined;
  try {
    const text = fs.readFileSync(file, 'latin1');
    const end = text.indexOf('\n');
    const content = text.slice(end + 1);
    if (text.slice(0, end) !== fingerprint(content)) return undefined;
    const value: T = JSON.parse(content);
    return value;
  } catch {
    return undefined;
  }
}

/** Characters beyond ASCII, which JSON may as well escape: a text of one byte a character is read and hashed without being decoded. */
const BEYOND_ASCII = /[^\0-\x7f]/g;

const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Writes a value beside its old self and replaces it; a reader sees the old one or the new one. */
export function writeSealed(file: string, value: unknown): void {
  // Always the same name, so that what a killed run left is taken over. Two runs at once may mix: the seal tells.
  const temporary = `${file}.new`;
  try {
    const text = JSON.stringify(value).replace(BEYOND_ASCII, escaped);
    fs.writeFileSync(temporary, `${fingerprint(text)}\n`);
    // Behind it, and not together, which would be one more copy of what may be megabytes.
    fs.writeFileSync(temporary, text, { flag: 'a' });
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
