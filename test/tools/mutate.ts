import type { Path } from '../../lib/diagnostic/path';

/** Random numbers that a seed decides: the same on every machine (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

export interface Mutant {
  readonly text: string;
  /** What was done, in words, for a failing test. */
  readonly story: readonly string[];
}

/** A text made from a JSON value with a few changes that keep most of its structure; the value is not changed. */
export function mutate(value: unknown, random: Random): Mutant {
  const story: string[] = [];
  const root: { value: unknown } = { value: structuredClone(value) };
  const changes = 1 + random.below(4);
  for (let i = 0; i < changes; i += 1) {
    const places = placesIn(root, []);
    if (places.length === 0) break;
    const place = random.pick(places);
    const [name, change] = random.pick(CHANGES);
    story.push(`${name} at ${JSON.stringify(place.path)}`);
    change(place, random, places);
  }
  const text = JSON.stringify(root.value, null, random.pick([0, 2])) ?? 'null';
  if (random.next() < 0.9) return { text, story };
  const at = random.below(text.length);
  const [name, cut] = random.pick(TEXT_CHANGES);
  return { text: cut(text, at, random), story: [...story, `${name} at ${at}`] };
}

/** A member of an object or a list. */
interface Place {
  readonly parent: object;
  readonly key: string;
  readonly path: Path;
}

function placesIn(parent: object, path: Path): readonly Place[] {
  return Object.entries(parent).flatMap(([key, member]) => {
    const here = [...path, key];
    const below = typeof member === 'object' && member !== null ? placesIn(member, here) : [];
    return [{ parent, key, path: here }, ...below];
  });
}

const get = ({ parent, key }: Place): unknown => Reflect.get(parent, key);

function set({ parent }: Place, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

type Change = (place: Place, random: Random, places: readonly Place[]) => void;

const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e9,
  1e308,
  '',
  ' ',
  '0',
  'x'.repeat(300),
  'latest',
  '../../etc/passwd',
  '{{args.canary-hash}}',
  '"}) or vector(1) #',
  "'; DROP TABLE users; --",
  '$(reboot)',
  'é🚀\u0000\u202e',
  [],
  {},
  [[]],
  [null],
  { '': 1 },
];
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'a.b',
  'UPPER',
  'x'.repeat(70),
  'services',
  'production',
  'web',
];

/** A value of its own: later changes may be made inside of it. */
const strange = (random: Random): unknown => structuredClone(random.pick(STRANGE));

const CHANGES: readonly (readonly [string, Change])[] = [
  ['a strange value', (place, random) => set(place, place.key, strange(random))],
  ['nothing', ({ parent, key }) => void Reflect.deleteProperty(parent, key)],
  [
    'a number near to it',
    (place, random) => {
      const value = get(place);
      set(place, place.key, typeof value === 'number' ? random.pick([value * 10, -value, value + 1, value / 3, 0]) : 7);
    },
  ],
  [
    'letters swapped',
    (place, random) => {
      const value = get(place);
      if (typeof value === 'string') set(place, place.key, swapped(value, random));
      else renamed(place, swapped(place.key, random));
    },
  ],
  ['another name', (place, random) => renamed(place, random.pick(NAMES))],
  ['a name swapped', (place, random) => renamed(place, swapped(place.key, random))],
  ['one more member', (place, random) => set(place, random.pick(NAMES), strange(random))],
  [
    'the value of another place',
    (place, random, places) => set(place, place.key, structuredClone(get(random.pick(places)))),
  ],
  [
    'its items in another order, or twice',
    (place, random) => {
      const value = get(place);
      if (Array.isArray(value))
        set(place, place.key, random.pick([value.toReversed(), [...value, ...value], value.slice(1)]));
    },
  ],
];

function renamed(place: Place, name: string): void {
  const value = get(place);
  if (Array.isArray(place.parent)) return;
  Reflect.deleteProperty(place.parent, place.key);
  set(place, name, value);
}

function swapped(text: string, random: Random): string {
  const at = random.below(Math.max(1, text.length - 1));
  return `${text.slice(0, at)}${text.charAt(at + 1)}${text.charAt(at)}${text.slice(at + 2)}`;
}

const TEXT_CHANGES: readonly (readonly [string, (text: string, at: number, random: Random) => string])[] = [
  ['a character less', (text, at) => text.slice(0, at) + text.slice(at + 1)],
  [
    'a character more',
    (text, at, random) => text.slice(0, at) + random.pick(['"', '{', '}', ',', ':', '\\', '\u0000']) + text.slice(at),
  ],
  ['the end', (text, at) => text.slice(0, at)],
  ['a part twice', (text, at, random) => text.slice(0, at) + text.slice(Math.max(0, at - random.below(40)))],
];
