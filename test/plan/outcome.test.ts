import * as fc from 'fast-check';
import { outcomeOf } from '../../lib/plan/outcome';
import type { Verdicts } from '../../lib/plan/verdicts';

const gate = (name: string, ...moments: readonly (readonly [number, number, number?])[]): Verdicts => ({
  gate: name,
  moments: moments.map(([atSeconds, aborts, pauses = 0]) => ({ atSeconds, aborts, pauses })),
});

test('two gates at the same time: one of them, or both', () => {
  const { aborted, promoted, decisions } = outcomeOf([gate('a', [60, 0.5]), gate('b', [60, 0.2])]);
  expect(aborted).toEqual({ value: expect.closeTo(0.6), low: expect.closeTo(0.5), high: expect.closeTo(0.7) });
  expect(promoted).toBeCloseTo(0.4);
  expect(decisions).toEqual([{ atSeconds: 60, aborted: expect.closeTo(0.6), paused: 0 }]);
});

test('the same gate at two steps sees other requests: independent, and no bound needed', () => {
  const { aborted } = outcomeOf([gate('a', [60, 0.5]), gate('a', [120, 0.5])]);
  expect(aborted).toEqual({ value: 0.75, low: 0.75, high: 0.75 });
});

test('what pauses first keeps a later gate from aborting', () => {
  const { aborted, paused } = outcomeOf([gate('a', [60, 0, 0.5]), gate('b', [120, 1])]);
  expect([aborted.value, paused]).toEqual([0.5, 0.5]);
});

test('no gate: promoted', () => {
  expect(outcomeOf([])).toEqual({
    aborted: { value: 0, low: 0, high: 0 },
    byGate: [],
    paused: 0,
    promoted: 1,
    decisions: [],
  });
});

const moments = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 6 })
  .map((list) => {
    const sum = list.reduce((total, [, chance]) => total + chance, 0);
    return list.map(([at, chance]): readonly [number, number] => [at, sum > 1 ? chance / sum : chance]);
  });

test('chances sum up to 1 and lie within their bounds, whatever the order of the gates', () => {
  fc.assert(
    fc.property(fc.array(moments, { maxLength: 4 }), (gates) => {
      const asked = gates.map((list, i) => gate(`g${i}`, ...list));
      const { aborted, paused, promoted, decisions } = outcomeOf(asked);
      expect(aborted.value + paused + promoted).toBeCloseTo(1, 9);
      expect(aborted.low).toBeLessThanOrEqual(aborted.value + 1e-12);
      expect(aborted.high).toBeGreaterThanOrEqual(aborted.value - 1e-12);
      expect(decisions.map(({ atSeconds }) => atSeconds)).toEqual(
        [...decisions.map(({ atSeconds }) => atSeconds)].sort((a, b) => a - b),
      );
      expect(outcomeOf([...asked].reverse()).aborted.value).toBeCloseTo(aborted.value, 9);
    }),
  );
});
