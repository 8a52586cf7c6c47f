import type { Severity } from '../diagnostic/diagnostic';
import { compareText } from '../diagnostic/format';
import { type ChangeKind, objectOf } from './change';
import type { Comparison } from './diff';
import type { JudgedChange } from './judge';
import { shownSeconds } from './release';
import { DIFF_RULES } from './rules';
import { rowOf } from './service-of';

/** What happens to one service. */
export interface ServiceSummary {
  /** Its name, behind that of its environment where there are folders. */
  readonly service: string;
  readonly severity: Severity;
  /** How many objects of it have each effect, by code. */
  readonly effects: Readonly<Record<string, number>>;
}

/** A comparison in a few numbers. */
export interface Summary {
  /** For people, in one line. */
  readonly text: string;
  readonly objects: Readonly<Record<ChangeKind, number>>;
  readonly effects: Readonly<Record<Severity, number>>;
  /** Half of the times the longest of the releases that start is over by then; 0 where none does. */
  readonly expectedSeconds: number;
  /** And in 95 of 100 cases by then. */
  readonly expectedP95Seconds: number;
  /** Those with the worst effects first. */
  readonly services: readonly ServiceSummary[];
  readonly files: Comparison['files'];
}

/** Counts what was found. */
export function summaryOf({ changes, files, faults }: Comparison): Summary {
  const objects = { added: 0, removed: 0, changed: 0, moved: 0 };
  const effects = { error: 0, warning: 0, info: 0 };
  let expectedSeconds = 0;
  let expectedP95Seconds = 0;
  for (const { change, effects: found } of changes) {
    objects[change.kind] += 1;
    for (const { severity, seconds } of found) {
      effects[severity] += 1;
      expectedSeconds = Math.max(expectedSeconds, seconds?.median ?? 0);
      expectedP95Seconds = Math.max(expectedP95Seconds, seconds?.p95 ?? 0);
    }
  }
  const told = textOf(changes, files, expectedSeconds);
  const text = faults.some(({ severity }) => severity === 'error') ? `${told}; not everything could be compared` : told;
  return { text, objects, effects, expectedSeconds, expectedP95Seconds, services: servicesOf(changes), files };
}

/** `3 services roll out, 1 loses its fast rollback, expected 11 min`. What is worst comes first behind the releases. */
function textOf(changes: readonly JudgedChange[], files: Comparison['files'], expectedSeconds: number): string {
  if (changes.length === 0) {
    return files.changed === 0
      ? 'nothing differs'
      : `no object differs; ${files.changed} file${files.changed === 1 ? '' : 's'} in form or comments only`;
  }
  const phrases = new Map<
    string,
    { readonly one: string; readonly many: string; readonly rank: number; readonly objects: Set<JudgedChange> }
  >();
  for (const judged of changes) {
    for (const { code, severity } of judged.effects) {
      const counted = COUNTED.get(code);
      if (counted === undefined) continue;
      const [one, many] = counted;
      const phrase = phrases.get(one) ?? {
        one,
        many,
        rank: code === ROLLS_OUT ? -1 : RANKS[severity],
        objects: new Set(),
      };
      phrase.objects.add(judged);
      phrases.set(one, phrase);
    }
  }
  const sorted = [...phrases.values()].sort(
    (a, b) => a.rank - b.rank || b.objects.size - a.objects.size || compareText(a.one, b.one),
  );
  const told = sorted
    .slice(0, LONGEST)
    .map(({ one, many, objects }) => `${objects.size} ${objects.size === 1 ? one : many}`);
  if (sorted.length > LONGEST) told.push(`${sorted.length - LONGEST} more effects`);
  if (expectedSeconds > 0) told.push(`expected ${shownSeconds(expectedSeconds)}`);
  return told.length === 0 ? `${changes.length} object${changes.length === 1 ? '' : 's'} differ` : told.join(', ');
}

const LONGEST = 6;
const ROLLS_OUT = 'DIF020';
const RANKS = { error: 0, warning: 1, info: 2 } as const;
const COUNTED = new Map(
  DIFF_RULES.flatMap(({ code, counted }) => (counted === undefined ? [] : [[code, counted] as const])),
);

function servicesOf(changes: readonly JudgedChange[]): readonly ServiceSummary[] {
  const rows = new Map<string, { severity: Severity; readonly effects: Record<string, number> }>();
  for (const { change, effects } of changes) {
    const service = rowOf(change);
    const row = rows.get(service) ?? { severity: 'info', effects: {} };
    rows.set(service, row);
    for (const code of new Set(effects.map((effect) => effect.code))) row.effects[code] = (row.effects[code] ?? 0) + 1;
    for (const { severity } of effects) if (RANKS[severity] < RANKS[row.severity]) row.severity = severity;
  }
  return [...rows]
    .map(([service, { severity, effects }]) => ({ service, severity, effects }))
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity] || compareText(a.service, b.service));
}

/** Changes by their services, in the order of the summary. */
export function byService(changes: readonly JudgedChange[]): ReadonlyMap<string, readonly JudgedChange[]> {
  const groups = new Map<string, JudgedChange[]>(servicesOf(changes).map(({ service }) => [service, []]));
  for (const judged of changes) groups.get(rowOf(judged.change))?.push(judged);
  return groups;
}

/** How an object is named in lists: with its namespace, and the name that it had. */
export function titleOf({ change }: JudgedChange): string {
  const { kind, metadata } = objectOf(change);
  const old = change.before?.object.metadata.name;
  const renamed = old !== undefined && old !== metadata.name ? ` (was ${old})` : '';
  return `${kind}/${metadata.name}${renamed}`;
}
