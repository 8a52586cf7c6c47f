import { hoursOf } from '../../lib/plan/hours';
import { timelineOf } from '../../lib/plan/timeline';
import { sampleScope } from '../tools/catalog';

const { service, platform } = sampleScope('frontend');
const day = (hourly: (hour: number) => number) => Array.from({ length: 24 }, (_, hour) => hourly(hour));
const hours = (requestsPerSecondByHour: readonly number[] | undefined) =>
  hoursOf({ ...service, requestsPerSecondByHour }, timelineOf(service), platform);

test('nothing is told by the hour where the traffic is the same all day, or not stated so', () => {
  expect(hours(undefined)).toEqual([]);
  expect(hours(day(() => 120))).toEqual([]);
});

test('hours that follow each other with the same traffic are one line, and all 24 are told', () => {
  const found = hours(day((hour) => (hour < 6 ? 1 : hour < 22 ? 120 : 30)));
  expect(found.map(({ fromHour, toHour, requestsPerSecond }) => [fromHour, toHour, requestsPerSecond])).toEqual([
    [0, 6, 1],
    [6, 22, 120],
    [22, 24, 30],
  ]);
});

test('a quiet hour is not enough for gates that a busy one is enough for', () => {
  const [quiet, busy] = hours(day((hour) => (hour < 6 ? 1 : 120)));
  expect([quiet?.enough, busy?.enough]).toEqual([false, true]);
  expect(quiet?.falseAlarm).toBeGreaterThan(service.objectives.falseAlarmRisk);
  expect(quiet?.caughtErrors).toBeLessThan(busy?.caughtErrors ?? 0);
  expect(busy?.caughtLatency).toBeGreaterThan(0.95);
});

test('nothing is judged without objectives', () => {
  const objectives = { ...service.objectives, maxErrorRate: undefined, maxLatencySeconds: undefined };
  const plans = hoursOf(
    { ...service, objectives, requestsPerSecondByHour: day((hour) => 10 + hour) },
    timelineOf(service),
    platform,
  );
  expect(plans.map(({ enough }) => enough)).toEqual(day(() => 0).map(() => undefined));
});
