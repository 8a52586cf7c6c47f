import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Json } from './pattern';

/** The files of a folder, by path without suffix. */
export type Files = ReadonlyMap<string, { readonly text: string; readonly objects: readonly Json[] }>;

/** Everything that stands in a file or, by path, in all files below a folder: YAML documents or one JSON list a file. */
export function readFiles(place: string): Files {
  const names = fs.statSync(place).isDirectory()
    ? fs
        .readdirSync(place, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.(yaml|json)$/.test(entry.name))
        .map((entry) => path.relative(place, path.join(entry.parentPath, entry.name)))
    : [''];
  return new Map(
    names.sort().map((name) => {
      const file = path.join(place, name);
      const text = fs.readFileSync(file, 'utf8');
      return [name.replace(/\.(yaml|json)$/, ''), { text, objects: parse(file, text) }];
    }),
  );
}

function parse(name: string, text: string): readonly Json[] {
  if (name.endsWith('.json')) return JSON.parse(text);
  return parseAllDocuments(text)
    .map((document): Json => {
      if (document.errors[0]) throw document.errors[0];
      return document.toJS();
    })
    .filter((object) => object !== null);
}

export function writeFile(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
