import { valueAt } from '../../lib/diagnostic/path';
import { mutate, Random } from '../tools/mutate';
import { Grower, vocabularyOf } from './grow';
import { HOSTILE } from './hostile';
import { CatalogSchema, placesOf } from './schema';

/** One input of the fuzzer: the catalog's bytes, and in words how they were made. */
export interface Case {
  readonly bytes: Buffer;
  /** What is put among the migrations meanwhile: a file, by its path. */
  readonly migration?: { readonly path: string; readonly bytes: Uint8Array };
  readonly story: readonly string[];
}

/** Makes cases from good catalogs; a seed and a number decide everything. */
export class Cases {
  readonly #catalogs: readonly unknown[];
  readonly #grower: Grower;

  constructor(repository: string, catalogs: readonly unknown[]) {
    this.#catalogs = catalogs;
    this.#grower = new Grower(new CatalogSchema(repository), vocabularyOf(catalogs));
  }

  make(seed: number, number: number): Case {
    const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
    const catalog: unknown = structuredClone(random.pick(this.#catalogs));
    const story: string[] = [];
    const growths = random.pick([0, 0, 1, 1, 1, 2, 5]);
    for (let i = 0; i < growths; i += 1) story.push(this.#grower.grow(catalog, random));
    if (random.next() < 0.25) story.push(poison(catalog, random));
    const mutant =
      random.next() < 0.4 ? mutate(catalog, random) : { text: JSON.stringify(catalog, null, 2), story: [] };
    const bytes = Buffer.from(mutant.text);
    story.push(...mutant.story);
    const made = random.next() < 0.1 ? scrambled(bytes, random, story) : { bytes, story };
    return random.next() < 0.1 ? { ...made, migration: migration(random) } : made;
  }
}

const POISONS = Object.entries(HOSTILE);

/** Puts a hostile text in the place of another text. */
function poison(catalog: unknown, random: Random): string {
  const places = placesOf(catalog).filter((path) => typeof valueAt(catalog, path) === 'string');
  if (places.length === 0) return 'nothing poisoned';
  const path = random.pick(places);
  const parent = valueAt(catalog, path.slice(0, -1));
  const [what, text] = random.pick(POISONS);
  if (typeof parent === 'object' && parent !== null) Reflect.set(parent, path.at(-1) ?? '', text);
  return `${what} at ${JSON.stringify(path)}`;
}

const NAMES = [
  'V9__new.sql',
  'V1__users.sql',
  'R__view.sql',
  'V9__new.sql.conf',
  'V1__users.sql.conf',
  'v9__x.sql',
  'V9__x.SQL',
];

/** A file that has the name of a migration or a hostile one, with SQL, something hostile or no text at all in it. */
function migration(random: Random): NonNullable<Case['migration']> {
  const hostile = () => random.pick(Object.values(HOSTILE));
  const named = hostile().replaceAll(/[\0/]/g, '').slice(0, 60);
  const name = random.pick([...NAMES, ...NAMES, named === '' || /^\.+$/.test(named) ? 'V' : named, `V9__${named}.sql`]);
  const folder = random.pick(['backend/expand', 'backend/backfill', 'backend/contract', 'backend', 'api/expand']);
  const bytes = random.pick([Buffer.from('SELECT 1;\n'), Buffer.from(hostile()), Buffer.from([0xff, 0xfe, 0x00])]);
  return { path: `migrations/${folder}/${name}`, bytes };
}

type Change = (bytes: Buffer, at: number, random: Random) => readonly Uint8Array[];

const CHANGES: readonly (readonly [string, Change])[] = [
  [
    'a bit flipped',
    (b, at, random) => [b.subarray(0, at), [(b[at] ?? 0) ^ (1 << random.below(8))], b.subarray(at + 1)].map(asBytes),
  ],
  ['a byte more', (b, at, random) => [b.subarray(0, at), [random.below(256)], b.subarray(at)].map(asBytes)],
  ['bytes less', (b, at, random) => [b.subarray(0, at), b.subarray(at + random.below(64))]],
  ['bytes twice', (b, at, random) => [b.subarray(0, at), b.subarray(Math.max(0, at - random.below(2_000)))]],
  ['bytes of another place', (b, at, random) => [b.subarray(0, at), b.subarray(random.below(b.length), b.length)]],
  ['brackets', (b, at, random) => [b.subarray(0, at), Buffer.from('[{"a":'.repeat(random.below(300))), b.subarray(at)]],
];

const asBytes = (part: Uint8Array | readonly number[]): Uint8Array => Uint8Array.from(part);

function scrambled(bytes: Buffer, random: Random, story: readonly string[]): Case {
  let changed = bytes;
  const told = [...story];
  for (let i = random.below(3); i >= 0; i -= 1) {
    const at = random.below(changed.length);
    const [what, change] = random.pick(CHANGES);
    changed = Buffer.concat(change(changed, at, random));
    told.push(`${what} at byte ${at}`);
  }
  return { bytes: changed, story: told };
}
