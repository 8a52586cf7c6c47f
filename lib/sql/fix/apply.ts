import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Fix, FixedFile } from './fix';

type Fixed = Extract<Fix, { readonly kind: 'fixed' }>;

/**
 * Writes what a file becomes, and says what was done. New files must not be there yet; the file itself is replaced in one
 * step, last, so that an interruption leaves it as it was. A text says why nothing was written.
 */
export function applyFix({ path: old, files }: Fixed): readonly string[] | string {
  const fresh = files.flatMap(({ path: file, text, conf }) => [
    ...(file === old ? [] : [{ file, text }]),
    ...(conf === undefined || isThere(`${file}.conf`, conf) ? [] : [{ file: `${file}.conf`, text: conf }]),
  ]);
  const lies = fresh.find(({ file }) => fs.existsSync(file));
  if (lies !== undefined) return `${lies.file} is there already`;
  for (const { file, text } of fresh) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text, { flag: 'wx' });
  }
  const own = files.find((file) => file.path === old);
  if (own === undefined) fs.rmSync(old);
  else replace(own);
  return [
    ...(own === undefined ? [`removed ${old}`] : [`changed ${old}`]),
    ...fresh.map(({ file }) => `wrote ${file}`),
  ];
}

/** A .conf that already says what it should may stay. */
const isThere = (file: string, conf: string): boolean =>
  fs.existsSync(file) &&
  /^\s*executeInTransaction\s*=\s*false\s*$/im.test(fs.readFileSync(file, 'utf8')) &&
  conf !== '';

function replace({ path: file, text }: FixedFile): void {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, text, { flag: 'wx' });
  fs.renameSync(temporary, file);
}

/** What a text from the standard input becomes: SQL again, each file under its name. */
export function printFix({ files }: Fixed): string {
  const [only] = files;
  if (files.length === 1 && only !== undefined && only.conf === undefined) return only.text;
  return files
    .map(
      ({ path: file, text, conf }) =>
        `-- ${file}${conf === undefined ? '' : `, with ${file}.conf: executeInTransaction=false`}\n${text}`,
    )
    .join('\n');
}
