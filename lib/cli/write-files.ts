import * as fs from 'node:fs';
import * as path from 'node:path';

/** A file by its name, beside the others. */
export interface NamedFile {
  readonly name: string;
  readonly text: string;
}

/** What was made: one text, or a document with files beside it, of which the first is the document. */
export type Made = string | readonly NamedFile[];

/** Writes what was made to a file, or where there are several, to a folder; says what was written, or what is wrong. */
export function writeFiles(
  made: Made,
  format: string,
  out: string,
): { readonly told: string } | { readonly wrong: string } {
  const files = typeof made === 'string' ? [{ name: path.basename(out), text: made }] : made;
  const folder = typeof made === 'string' ? path.dirname(out) : out;
  try {
    fs.mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) fs.writeFileSync(path.join(folder, name), text);
    const document = typeof made === 'string' ? out : path.join(out, files[0]?.name ?? '');
    return { told: `${document}: ${format}, ${files.length} ${files.length === 1 ? 'file' : 'files'}\n` };
  } catch (error) {
    return { wrong: `${out} cannot be written: ${error instanceof Error ? error.message : String(error)}` };
  }
}
