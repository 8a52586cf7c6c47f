/** The part of the output that a run brings: which services, whether what an environment's services share, which files. */
export interface Part {
  /** How people name it: `2/4`; '' for the whole. */
  readonly label: string;
  readonly ownsShared: boolean;
  readonly ownsService: (key: string) => boolean;
  /** Every path belongs to exactly one shard of a row, also that of a file which nothing renders any more. */
  readonly ownsPath: (path: string) => boolean;
}

export const WHOLE: Part = { label: '', ownsShared: true, ownsService: () => true, ownsPath: () => true };

/**
 * `<environment>/<folder>/<key>.yaml` or with another suffix, and what may lie below such a name, in every folder but those of what
 * services share. A key begins with a letter and has no dot.
 */
const FILE_OF_SERVICE = /^[^/]+\/(?!(?:platform|monitoring)\/)[^/]+\/([a-z][^/.]*)/;

/** What belongs to no service is the first one's. */
const SHARED = 1;

/**
 * Shard `index` of `count`, counted from 1. A service's shard follows from its key alone, so that a service that comes or goes
 * moves no other, and is the same in every environment, so that its migrations are read once.
 */
export function shard(index: number, count: number): Part {
  const ownsService = (key: string): boolean => shardOfKey(key, count) === index;
  return {
    label: `${index}/${count}`,
    ownsShared: index === SHARED,
    ownsService,
    ownsPath: (path) => {
      const key = FILE_OF_SERVICE.exec(path)?.[1];
      return key === undefined ? index === SHARED : ownsService(key);
    },
  };
}

/** The number of the shard that has a key. */
export const shardOfKey = (key: string, count: number): number => (mixed(fnv1a(key)) % count) + 1;

/** FNV-1a, 32 bits, over UTF-16 units. A cryptographic hash would take longer than all else that a service of another shard costs. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The last step of MurmurHash3: every bit decides over every bit, so that a remainder is spread as well as the whole. */
function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const SHARD = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/;

/** The part that the arguments of synth ask for, `help`, or in words what is wrong with them. */
export function partOf(words: readonly string[]): Part | 'help' | { readonly wrong: string } {
  if (words.length === 0) return WHOLE;
  if (words.includes('--help')) return 'help';
  const [option = '', ...values] = words.flatMap((word) =>
    word.startsWith('--shard=') ? word.split(/=(.*)/s, 2) : word,
  );
  if (option !== '--shard') return { wrong: `${option} is unknown` };
  const [value = '', ...more] = values;
  const [, index, count] = SHARD.exec(value)?.map(Number) ?? [];
  if (index === undefined || count === undefined || more.length > 0)
    return { wrong: `--shard ${values.join(' ')} is not understood: it takes one value such as 1/4` };
  if (index > count) return { wrong: `--shard ${value}: the last of ${count} shards is ${count}/${count}` };
  return shard(index, count);
}
