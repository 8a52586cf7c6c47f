import * as path from 'node:path/posix';
import { parse } from 'yaml';
import { listAt, textAt } from '../manifest/object';
import type { Source } from './sources';

const KUSTOMIZATION = /(^|\/)kustomization\.ya?ml$|(^|\/)Kustomization$/;

/** The files that kustomizations name as patches: parts of objects, which no rule can judge. */
export function patchFilesOf(sources: readonly Source[]): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { file, text } of sources.filter((source) => KUSTOMIZATION.test(source.file))) {
    const value = parseQuietly(text);
    const named = [
      ...listAt(value, 'patches').map((patch) => textAt(patch, 'path')),
      ...listAt(value, 'patchesJson6902').map((patch) => textAt(patch, 'path')),
      ...listAt(value, 'patchesStrategicMerge'),
    ];
    for (const name of named) if (typeof name === 'string') files.add(path.join(path.dirname(file), name));
  }
  return files;
}

function parseQuietly(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent', maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
