import { renderEnvironment, renderService } from '../../charts/render';
import { catalogFromText, type ReadCatalog } from '../../lib/catalog/read';
import type { Diagnostic } from '../../lib/diagnostic/diagnostic';
import { valueAt } from '../../lib/diagnostic/path';
import { readBack } from './read-back';

/** What became of a catalog: what is wrong with it, or the objects of every file, as a reader of the YAML sees them. */
export interface Outcome {
  readonly errors: readonly Diagnostic[];
  readonly files: ReadonlyMap<string, readonly unknown[]>;
}

export function outcomeOf(catalog: unknown, root: string): Outcome {
  const read: ReadCatalog = catalogFromText('services.json', JSON.stringify(catalog), root);
  const files = read.releases.flatMap(({ platform, environment, services }) => [
    ...renderEnvironment(platform, environment),
    ...services.flatMap((service) => renderService(platform, environment, service)),
  ]);
  const found = [...read.diagnostics, ...files.flatMap(({ findings }) => findings)];
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { errors, files: new Map() };
  // What is no YAML is for people: test/charts/runbook.test.ts.
  const manifests = files.filter(({ path }) => path.endsWith('.yaml'));
  return { errors, files: new Map(manifests.map(({ path, text }) => [path, readBack(text).map(readValue)])) };
}

function readValue(read: ReturnType<typeof readBack>[number]): unknown {
  if ('why' in read) throw new Error(read.why);
  return withParsed(read.value);
}

/** Its queries name the versions by variables, where gates have an argument; its panels stand in the order of the gates' names. */
function dashboardIn(text: string): unknown {
  const { panels, ...rest } = JSON.parse(text.replaceAll(/\$(canary|stable)/g, '{{args.canary-hash}}'));
  const placed = panels.map(({ id: _, gridPos: __, ...panel }: { id: number; gridPos: object; title: string }) => [
    panel.title,
    panel,
  ]);
  return { ...rest, panels: Object.fromEntries(placed) };
}

/** A dashboard is a text in a ConfigMap; what stands in it is looked at as what it says. */
function withParsed(value: unknown): unknown {
  const data = valueAt(value, ['data']);
  if (valueAt(value, ['kind']) !== 'ConfigMap' || typeof data !== 'object' || data === null) return value;
  const parsed = Object.entries(data).map(([name, text]) => [name, name.endsWith('.json') ? dashboardIn(text) : text]);
  return { ...Object(value), data: Object.fromEntries(parsed) };
}

/**
 * Every object that has something to do with a token: those that were read with the token, with a text in its place, and those
 * that were read with the text. They are the same if the text stands exactly where the token stood.
 */
export function replacedAndRead(before: Outcome, after: Outcome, token: string, text: string) {
  const put = (one: string) => withoutHashes(one).replaceAll(token, () => text);
  const pairs = [...before.files].map(([path, objects]) => {
    const now = after.files.get(path.replaceAll(token, () => text)) ?? [];
    const touched = (object: unknown) => jsonOf(object).includes(token);
    const replaced = objects.filter((one) => touched(one) || !now.includes(one)).map((one) => withTexts(one, put));
    const read = now
      .filter((one) => touched(one) || !objects.includes(one))
      .map((one) => withTexts(one, withoutHashes));
    return [path, unordered(replaced), unordered(read)] as const;
  });
  return {
    replaced: pairs.map(([path, replaced]) => [path, replaced]),
    read: pairs.map(([path, , read]) => [path, read]),
    files: [before.files.size, after.files.size] as const,
  };
}

const texts = new WeakMap<object, string>();

/** The objects are read once for many comparisons. */
function jsonOf(object: unknown): string {
  const known = typeof object === 'object' && object !== null ? texts.get(object) : undefined;
  if (known !== undefined) return known;
  const text = JSON.stringify(object);
  if (typeof object === 'object' && object !== null) texts.set(object, text);
  return text;
}

/** A copy of a JSON value with every text in it changed, names of fields too. */
export function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  return fromEntries(Object.entries(value).map(([key, member]) => [change(key), withTexts(member, change)]));
}

/** As Object.fromEntries, which never takes `__proto__` for anything but a name. */
const fromEntries = (entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries);

/** A copy with the items of every list in one order: many are sorted by names that change. */
export function unordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return fromEntries(Object.entries(value).map(([key, member]) => [key, unordered(member)]));
  const items = value.map((item) => [JSON.stringify(item), unordered(item)] as const);
  return items.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Every text of a JSON value, names of fields too, each once. */
export function textsOf(value: unknown): ReadonlySet<string> {
  const texts = new Set<string>();
  withTexts(value, (text) => {
    texts.add(text);
    return text;
  });
  return texts;
}

/** Names that carry the hash of a content: they change with it. */
export const withoutHashes = (text: string): string =>
  text
    .replaceAll(/-(config|secrets|expand|backfill|contract)-[0-9a-f]{10}(?![0-9a-z])/g, '-$1-#')
    .replace(/^cutover-[0-9a-f]{10}$/, '#');

/**
 * The shape of a text in PromQL, jq, SQL or an address: what is neither a letter, a digit nor a joint of names. A value that
 * leaves its place changes it.
 */
export const shapeOf = (text: string): string => text.replaceAll(/[A-Za-z0-9_.\-/]+/g, 'w');
