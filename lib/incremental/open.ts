import * as path from 'node:path';
import { fingerprint } from './fingerprint';
import { RenderIndex } from './render-index';

/** Where the index is kept and which program it is of; without both there is none. */
export interface CacheOptions {
  readonly directory: string | undefined;
  readonly build: string | undefined;
}

/**
 * The index of an output directory, or undefined when none is kept. It is found again by where the output lies from the cache; a
 * part of the output, such as one shard, has one of its own, because an index forgets what a run does not bring.
 */
export function openIndex({ directory, build }: CacheOptions, output: string, part = ''): RenderIndex | undefined {
  if (directory === undefined || build === undefined) return undefined;
  const place = path.relative(directory, path.resolve(output)).split(path.sep).join('/');
  return RenderIndex.open(
    path.join(
      directory,
      `index-${encodeURIComponent(fingerprint(part === '' ? place : `${place} ${part}`)).slice(0, 20)}`,
    ),
    build,
  );
}
