import { decodeUtf8 } from '../files/utf8';
import type { CatalogFacts, RecalledCatalog, Stretches } from '../incremental/catalog-memory';
import { type Change, changeBetween } from './change';
import type { Known } from './known-services';
import { parseJson } from './parse';
import type { CatalogInput, ServiceSettings } from './schema/catalog';
import { type Slices, writtenIn } from './slices';
import { isCatalog } from './validator';

/** A catalog of which all but a small change is known from an earlier run. */
export interface Reopened {
  /** With one of its services; the others are read when they are asked for. */
  readonly catalog: CatalogInput;
  readonly known: Known;
  /** Where its services stand now; undefined where nothing has changed. */
  readonly slices: Slices | undefined;
  /** What is said of a service, as it is written. */
  readonly writtenOf: (key: string) => string | undefined;
}

/**
 * Reads of a catalog what has changed since a run that found nothing wrong with it as a whole: versions, or the settings of one
 * service that no rule between services looks at. Undefined where more has changed, or where it is faulty: then all of it is
 * to be read, which also tells what is wrong.
 */
export function reopen({ text: old, facts }: RecalledCatalog, now: Buffer): Reopened | undefined {
  const change = changeBetween(old, now);
  const slices = change === undefined ? facts : moved(facts, change);
  const place = change === undefined ? 'nowhere' : placeOf(facts, change);
  if (place === undefined) return undefined;
  const writtenOf = writtenIn(now, slices);
  const some = typeof place === 'number' ? place : 0;
  const catalog = readStrictly(around(stretchesOf(now), slices, some));
  if (catalog === undefined) return undefined;
  const changed = place === 'nowhere' ? [] : changedSince(around(old, facts, some), catalog);
  if (changed === undefined) return undefined;
  const own = typeof place === 'number' ? [facts.keys[place] ?? ''] : [];
  return {
    catalog,
    known: {
      releases: facts.releases,
      changed: new Set([...changed, ...own]),
      keys: facts.keys,
      read: readerOf(writtenOf, catalog),
    },
    slices: change && slices,
    writtenOf,
  };
}

/** The index of the service within whose value the change lies, `around` where it lies outside of the object of all services. */
function placeOf({ bounds, start, end }: CatalogFacts, change: Change): number | 'around' | undefined {
  if (change.oldEnd <= start || change.start >= end) return 'around';
  for (let i = 0; i < bounds.length; i += 2) {
    if (change.start >= (bounds[i] ?? 0) && change.oldEnd <= (bounds[i + 1] ?? 0)) return i / 2;
  }
  return undefined;
}

/** The slices after a change: what begins or ends behind it has moved. */
function moved({ keys, bounds, start, end }: CatalogFacts, change: Change): Slices {
  const by = change.newEnd - change.oldEnd;
  const move = (at: number): number => (at >= change.oldEnd && at > change.start ? at + by : at);
  return { keys, bounds: bounds.map(move), start: move(start), end: move(end) };
}

/** Reads one service. All are of a catalog without faults, or were looked at since. */
function readerOf(writtenOf: Reopened['writtenOf'], around: CatalogInput): (key: string) => ServiceSettings {
  const bare = { ...around, environments: withoutVersions(around) };
  return (key) => {
    const value: unknown = { ...bare, services: { [key]: JSON.parse(writtenOf(key) ?? '') } };
    const settings = isCatalog(value) ? value.services?.[key] : undefined;
    if (settings === undefined) throw new TypeError(`${key} is not what it was when it was found right`);
    return settings;
  };
}

const boundsOf = ({ bounds }: Slices, index: number): readonly [number, number] => [
  bounds[2 * index] ?? 0,
  bounds[2 * index + 1] ?? 0,
];

const stretchesOf = (bytes: Uint8Array): Stretches => ({
  length: bytes.length,
  stretch: (from, to) => bytes.subarray(from, to),
});

/** A catalog with one of its services only; nothing where that is none. */
function around(text: Stretches, slices: Slices, index: number): Buffer {
  const key = slices.keys[index];
  if (key === undefined) return Buffer.alloc(0);
  const [from, to] = boundsOf(slices, index);
  // Copied, as a stretch is there until the next one.
  const part = (start: number, end: number): Buffer => Buffer.from(text.stretch(start, end));
  return Buffer.concat([
    part(0, slices.start),
    Buffer.from(`{${JSON.stringify(key)}:`),
    part(from, to),
    Buffer.from('}'),
    part(slices.end, text.length),
  ]);
}

function readStrictly(bytes: Uint8Array): CatalogInput | undefined {
  try {
    const text = decodeUtf8(bytes);
    if (text === undefined) return undefined;
    const { known, diagnostics } = parseJson('', text, isCatalog);
    return diagnostics.length === 0 ? known : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The services that have another version than in the bytes of an earlier run; undefined where more has changed. That run has found
 * them right, so that nothing is looked for in them; damaged ones are another catalog, or none.
 */
function changedSince(old: Buffer, catalog: CatalogInput): readonly string[] | undefined {
  try {
    const earlier: CatalogInput = JSON.parse(old.toString('utf8'));
    return outlineOf(earlier) === outlineOf(catalog) ? changedVersions(earlier, catalog) : undefined;
  } catch {
    return undefined;
  }
}

/** Everything but the versions themselves and what only concerns the one service; equal outlines have the same faults as a whole. */
function outlineOf(catalog: CatalogInput): string {
  const services = Object.entries(catalog.services ?? {}).map(
    ([key, { name, enabled, routing, strategy, migrations }]) => [
      key,
      name,
      enabled,
      routing,
      strategy?.kind,
      Object.entries(strategy?.abTest?.variants ?? {}).map(([variant, settings]) => [variant, settings !== null]),
      Boolean(migrations),
    ],
  );
  const environments = Object.entries(catalog.environments ?? {}).map(([name, { versions, ...rest }]) => [
    name,
    rest,
    Object.keys(versions ?? {}),
  ]);
  return JSON.stringify([{ ...catalog, services: undefined, environments: undefined }, services, environments]);
}

function withoutVersions({ environments }: CatalogInput): NonNullable<CatalogInput['environments']> {
  const entries = Object.entries(environments ?? {}).map(([name, environment]) => [
    name,
    { ...environment, versions: {} },
  ]);
  return Object.fromEntries(entries);
}

/** The services whose version is another one in some environment. */
function changedVersions(before: CatalogInput, after: CatalogInput): readonly string[] {
  return Object.entries(after.environments ?? {}).flatMap(([name, { versions }]) => {
    const old = before.environments?.[name]?.versions;
    return Object.entries(versions ?? {}).flatMap(([key, version]) => (old?.[key] === version ? [] : [key]));
  });
}
