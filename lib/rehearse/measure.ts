import type { Sample } from './probes/model';

/** A span of time in which something ran. */
export interface Span {
  readonly startedMs: number;
  readonly endedMs: number;
}

/** What one probe went through. */
export interface ProbeReport {
  readonly version: string;
  readonly probe: string;
  readonly kind: 'read' | 'write';
  readonly calls: number;
  readonly longestMs: number;
  readonly medianMs: number;
  readonly failures: readonly FailureReport[];
}

/** Calls that failed in the same way. */
export interface FailureReport {
  readonly sqlState: string | null;
  readonly message: string;
  readonly count: number;
  readonly firstMs: number;
}

/** Each probe with its calls, in the order of its version and name. */
export function probeReports(samples: readonly Sample[]): readonly ProbeReport[] {
  const byProbe = groupBy(samples, ({ probe }) => `${probe.version} ${probe.name}`);
  return [...byProbe.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const waits = own.map(({ ms }) => ms).sort((a, b) => a - b);
    const { version, name, kind } = first.probe;
    return [
      {
        version,
        probe: name,
        kind,
        calls: own.length,
        longestMs: waits.at(-1) ?? 0,
        medianMs: waits[Math.floor((waits.length - 1) / 2)] ?? 0,
        failures: failuresOf(own),
      },
    ];
  });
}

function failuresOf(samples: readonly Sample[]): readonly FailureReport[] {
  const failed = samples.flatMap(({ failure, startedMs, ms }) =>
    failure === undefined ? [] : [{ ...failure, atMs: startedMs + ms }],
  );
  const alike = groupBy(failed, ({ sqlState, message }) => sqlState ?? message);
  return [...alike.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { sqlState = null, message, atMs } = first;
    return [{ sqlState, message, count: own.length, firstMs: atMs }];
  });
}

/** The longest wait of a kind, 0 where there was none. */
export const longest = (samples: readonly Sample[], kind: 'read' | 'write'): number =>
  samples.reduce((most, { probe, ms }) => (probe.kind === kind && ms > most ? ms : most), 0);

/** How long two spans run at the same time. */
export const overlapMs = (a: Span, b: Span): number =>
  Math.min(a.endedMs, b.endedMs) - Math.max(a.startedMs, b.startedMs);

/**
 * The samples of each span: every one belongs to the span that it shares most of its time with, so that a wait is told once.
 * What shares none is left out.
 */
export function attribute<S extends Span>(samples: readonly Sample[], spans: readonly S[]): ReadonlyMap<S, Sample[]> {
  const byTime = [...spans].sort((a, b) => a.startedMs - b.startedMs);
  const result = new Map<S, Sample[]>(spans.map((span) => [span, []]));
  let from = 0;
  for (const sample of [...samples].sort((a, b) => a.startedMs - b.startedMs)) {
    const own = { startedMs: sample.startedMs, endedMs: sample.startedMs + sample.ms };
    while (from < byTime.length && (byTime[from]?.endedMs ?? 0) < own.startedMs) from += 1;
    let best: S | undefined;
    for (const span of byTime.slice(from)) {
      if (span.startedMs > own.endedMs) break;
      if (overlapMs(span, own) >= 0 && (best === undefined || overlapMs(span, own) > overlapMs(best, own))) best = span;
    }
    if (best !== undefined) result.get(best)?.push(sample);
  }
  return result;
}

/** The longest wait of each kind in equal parts of a span, for a timeline. */
export interface Bucket {
  readonly fromMs: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly failures: number;
}

/** Parts of `widthMs`; a call counts in every part that it waited in, and its failure in the one in which it ended. */
export function bucketsOf(
  samples: readonly Sample[],
  { startedMs, endedMs }: Span,
  widthMs: number,
): readonly Bucket[] {
  const count = Math.max(1, Math.ceil((endedMs - startedMs) / widthMs));
  const buckets = Array.from({ length: count }, (_, i) => ({
    fromMs: startedMs + i * widthMs,
    readMs: 0,
    writeMs: 0,
    failures: 0,
  }));
  const indexOf = (atMs: number): number => Math.floor((atMs - startedMs) / widthMs);
  for (const sample of samples) {
    const last = indexOf(sample.startedMs + sample.ms);
    for (let i = Math.max(0, indexOf(sample.startedMs)); i <= Math.min(last, count - 1); i += 1) {
      const bucket = buckets[i];
      if (bucket === undefined) continue;
      const field = sample.probe.kind === 'read' ? 'readMs' : 'writeMs';
      bucket[field] = Math.max(bucket[field], sample.ms);
    }
    const ended = buckets[Math.min(last, count - 1)];
    if (ended !== undefined && sample.failure !== undefined) ended.failures += 1;
  }
  return buckets;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const own = groups.get(key(item));
    if (own === undefined) groups.set(key(item), [item]);
    else own.push(item);
  }
  return groups;
}
