const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ...{ ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 },
};

const WHOLE = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** A release knows few durations, and asks for them often. */
const KNOWN = new Map<string, number | undefined>();

/** The seconds of a duration as Go's time.ParseDuration reads it, such as `1m30s`; undefined where it is none. */
export function goSeconds(text: string): number | undefined {
  if (!KNOWN.has(text)) KNOWN.set(text, parse(text));
  return KNOWN.get(text);
}

function parse(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit = ''] of text.matchAll(PART)) seconds += Number(amount) * (UNIT_SECONDS[unit] ?? 0);
  return text.startsWith('-') ? -seconds : seconds;
}
