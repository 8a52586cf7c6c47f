import * as fc from 'fast-check';
import { attribute, bucketsOf, longest, probeReports } from '../../lib/rehearse/measure';
import type { Probe, Sample } from '../../lib/rehearse/probes/model';

const READ: Probe = { version: '1.0.0', name: 'find', kind: 'read', sql: 'SELECT 1', parameters: [] };
const WRITE: Probe = { ...READ, name: 'save', kind: 'write' };
const sample = (probe: Probe, startedMs: number, ms: number, sqlState?: string): Sample => ({
  probe,
  startedMs,
  ms,
  failure: sqlState === undefined ? undefined : { sqlState, message: `failed with ${sqlState}` },
});

test('a probe is told with its calls, its waits, and its failures by their SQLSTATE', () => {
  const samples = [
    sample(READ, 0, 1),
    sample(READ, 10, 30, '42703'),
    sample(WRITE, 20, 5),
    sample(READ, 50, 2, '42703'),
    sample(READ, 60, 3, '0A000'),
  ];
  expect(probeReports(samples)).toEqual([
    {
      version: '1.0.0',
      probe: 'find',
      kind: 'read',
      calls: 4,
      longestMs: 30,
      medianMs: 2,
      failures: [
        { sqlState: '42703', message: 'failed with 42703', count: 2, firstMs: 40 },
        { sqlState: '0A000', message: 'failed with 0A000', count: 1, firstMs: 63 },
      ],
    },
    { version: '1.0.0', probe: 'save', kind: 'write', calls: 1, longestMs: 5, medianMs: 5, failures: [] },
  ]);
  expect([longest(samples, 'read'), longest(samples, 'write'), longest([], 'read')]).toEqual([30, 5, 0]);
});

test('a wait belongs to the statement that it shares most of its time with', () => {
  const alter = { name: 'ALTER', startedMs: 100, endedMs: 110 };
  const update = { name: 'UPDATE', startedMs: 110, endedMs: 900 };
  const waits = [sample(READ, 0, 50), sample(READ, 105, 700), sample(WRITE, 90, 14), sample(WRITE, 901, 5)];
  const shares = attribute(waits, [update, alter]);
  expect(shares.get(update)).toEqual([waits[1]]);
  expect(shares.get(alter)).toEqual([waits[2]]);
});

const anySample = fc.record({
  probe: fc.constantFrom(READ, WRITE),
  startedMs: fc.integer({ min: 0, max: 1000 }),
  ms: fc.integer({ min: 0, max: 400 }),
  failure: fc.constantFrom(undefined, { sqlState: '42703', message: 'gone' }),
});
const anySpans = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 8 }).map((lengths) =>
  lengths.map((length, i) => {
    const startedMs = lengths.slice(0, i).reduce((sum, one) => sum + one, 100);
    return { startedMs, endedMs: startedMs + length };
  }),
);

test('no wait is told twice, and none of a call that ran during a statement is lost', () => {
  fc.assert(
    fc.property(fc.array(anySample, { maxLength: 40 }), anySpans, (samples, spans) => {
      const told = [...attribute(samples, spans).values()].flat();
      const during = samples.filter(({ startedMs, ms }) =>
        spans.some((span) => startedMs <= span.endedMs && startedMs + ms >= span.startedMs),
      );
      expect(new Set(told).size).toBe(told.length);
      expect(new Set(told)).toEqual(new Set(during));
    }),
  );
});

test('the timeline has the longest wait and every failure of its span', () => {
  fc.assert(
    fc.property(fc.array(anySample, { maxLength: 40 }), (samples) => {
      const buckets = bucketsOf(samples, { startedMs: 0, endedMs: 1400 }, 100);
      const most = (pick: 'readMs' | 'writeMs') => Math.max(0, ...buckets.map((one) => one[pick]));
      expect(buckets).toHaveLength(14);
      expect([most('readMs'), most('writeMs')]).toEqual([longest(samples, 'read'), longest(samples, 'write')]);
      expect(buckets.reduce((sum, one) => sum + one.failures, 0)).toBe(samples.filter((one) => one.failure).length);
    }),
  );
});

test('a call that waits for long fills every part of the timeline that it waits in', () => {
  const buckets = bucketsOf([sample(WRITE, 150, 200)], { startedMs: 0, endedMs: 500 }, 100);
  expect(buckets.map(({ writeMs }) => writeMs)).toEqual([0, 200, 200, 200, 0]);
});
