import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOf, type ReleasePlan } from '../../lib/plan/release-plan';
import { ROOT, releasesOf, sampleScope } from '../tools/catalog';

const scope = sampleScope('frontend');
const plan = planOf(scope.service, scope);

function caughtBeforeAll({ detection }: ReleasePlan, kind: 'errors' | 'latency', size: number): number {
  const found = detection?.regressions.find(({ regression }) =>
    regression.kind === 'errors'
      ? kind === 'errors' && regression.points === size
      : kind === 'latency' && regression.times === size,
  );
  if (found === undefined) throw new Error(`no plan for ${kind} ${size}`);
  return found.caughtBeforeAll;
}

describe('the frontend of the sample in production, with the traffic that the catalog says', () => {
  test('is promoted in 8 to 12 min', () => {
    expect(plan.promotionSeconds.median).toBeGreaterThanOrEqual(8 * 60);
    expect(plan.promotionSeconds.p95).toBeLessThanOrEqual(12 * 60);
    expect(plan.waitsForPerson).toBe(0);
  });

  test('has all requests back on the stable version in less than 30 s', () => {
    expect(plan.rollbackSeconds).toBeLessThan(30);
    for (const { rollbackSeconds } of plan.detection?.regressions ?? [])
      if (rollbackSeconds !== undefined) expect(rollbackSeconds.worst).toBeLessThan(30);
  });

  test.each([
    ['errors', 10],
    ['latency', 2],
  ] as const)('catches at least 95 of 100 regressions before 100 %% (%s, %d)', (kind, size) => {
    expect(caughtBeforeAll(plan, kind, size)).toBeGreaterThanOrEqual(0.95);
  });

  test('stops a good release no more often than its objectives accept, bounds included', () => {
    expect(plan.detection?.falseAlarm.high).toBeLessThanOrEqual(scope.service.objectives.falseAlarmRisk);
  });

  test('would need at most 20 % more pods with lowOverhead, at its peak and on the average', () => {
    const { fastRollback, lowOverhead } = plan.optimizations ?? {};
    expect(fastRollback?.pods.surgePercent).toBe(100);
    expect(lowOverhead?.pods.surgePercent).toBeLessThanOrEqual(20);
    expect(lowOverhead?.pods.meanExtraPercent).toBeLessThanOrEqual(20);
    expect(lowOverhead?.rollbackSeconds).toBeGreaterThan(fastRollback?.rollbackSeconds ?? 0);
  });

  test('sees less with a tenth of the traffic', () => {
    const text = readFileSync(join(ROOT, 'services.json'), 'utf8');
    const less = text.replace('"requestsPerSecond": 120', '"requestsPerSecond": 12');
    expect(less).not.toBe(text);
    const release = releasesOf(less).find(({ environment }) => environment.name === 'production');
    const service = release?.services.find(({ key }) => key === 'frontend');
    if (release === undefined || service === undefined) throw new Error('no frontend');
    const tenth = planOf(service, release);
    expect(caughtBeforeAll(tenth, 'errors', 5)).toBeLessThan(caughtBeforeAll(plan, 'errors', 5));
    expect(caughtBeforeAll(tenth, 'latency', 1.5)).toBeLessThan(0.5);
    expect(tenth.detection?.falseAlarm.value).toBeGreaterThan(plan.detection?.falseAlarm.value ?? 1);
  });

  test('of all strategies the canary fails the fewest requests, and every one keeps its pods serving', () => {
    const found = plan.comparison.flatMap((one) => (one.refused === undefined ? [one] : []));
    const failed = found.map(({ risk }) => risk?.failedRequests ?? 0);
    expect(found.find(({ chosen }) => chosen)?.risk?.failedRequests).toBe(Math.min(...failed));
    expect(found.map(({ downtimeSeconds }) => downtimeSeconds)).toEqual(found.map(() => 0));
    expect(Math.min(...found.map(({ leastCapacityPercent }) => leastCapacityPercent))).toBeGreaterThanOrEqual(100);
  });
});
