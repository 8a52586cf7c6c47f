import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalog } from '../../lib/catalog/read';
import { VERDICTS } from '../../lib/release/state';
import { subjectOf } from '../../lib/release/subject';
import { formatState } from '../../lib/release/text';
import { removeWorkspaces } from '../catalog/minimal';
import { ROOT } from '../tools/root';
import { RECORDINGS, releaseFolder, SCENARIOS } from './command';
import { stateAt } from './moments';
import { readRecording } from './replay';

/** Moments of the recordings by the version of etcd, and what must be said of each. */
const MOMENTS: readonly (readonly [
  scenario: string,
  version: number,
  verdict: string,
  phase: string,
  step: number,
  weight: number | undefined,
  reasons: string,
])[] = [
  ['good', 20254, 'promoted', 'Healthy', 9, 0, ''],
  ['good', 20322, 'progressing', 'Progressing', 9, 0, 'notObserved'],
  ['good', 20340, 'progressing', 'Progressing', 1, 0, 'waitingForDestinationRuleSwitch notReady'],
  ['good', 20402, 'progressing', 'Paused', 2, 10, ''],
  ['good', 20800, 'progressing', 'Paused', 6, 50, ''],
  ['good', 21000, 'progressing', 'Paused', 8, 75, ''],
  ['good', 99999, 'promoted', 'Healthy', 9, 0, ''],
  ['analysis-failed', 21484, 'progressing', 'Paused', 2, 10, ''],
  ['analysis-failed', 21497, 'progressing', 'Paused', 2, 10, 'gateFailed'],
  ['analysis-failed', 99999, 'aborted', 'Degraded', 1, 0, 'gateFailed'],
  ['reverted-after-abort', 21504, 'aborted', 'Degraded', 1, 0, 'gateFailed'],
  ['reverted-after-abort', 21570, 'progressing', 'Progressing', 1, 0, 'notObserved'],
  ['reverted-after-abort', 99999, 'promoted', 'Healthy', 9, 0, ''],
  ['image-pull-error', 21700, 'progressing', 'Progressing', 1, 0, 'waitingForDestinationRuleSwitch imagePull'],
  ['image-pull-error', 22200, 'stuck', 'Progressing', 1, 0, 'imagePull waitingForDestinationRuleSwitch'],
  ['image-pull-error', 22281, 'aborted', 'Progressing', 1, 0, ''],
  ['image-pull-error', 22319, 'aborted', 'Degraded', 1, 0, ''],
  ['image-pull-error', 99999, 'promoted', 'Healthy', 9, 0, ''],
  ['invalid-spec', 22501, 'stuck', 'Degraded', 9, undefined, 'invalidSpec'],
  ['invalid-spec', 22640, 'progressing', 'Progressing', 9, 0, 'notObserved'],
  ['invalid-spec', 99999, 'promoted', 'Healthy', 9, 0, ''],
];

test.each(MOMENTS)('%s at %i: %s', (scenario, version, verdict, phase, step, weight, reasons) => {
  const state = stateAt(scenario, version);
  expect({
    verdict: state.verdict,
    phase: state.phase,
    step: state.step?.number,
    weight: state.weight?.routed,
    reasons: state.reasons.map(({ kind }) => kind).join(' '),
  }).toEqual({ verdict, phase, step, weight, reasons });
});

test('a good release is never called stuck, aborted or degraded, whenever somebody looks', () => {
  const seen = readRecording(join(RECORDINGS, 'good')).map(
    ({ version }) => stateAt('good', Math.max(version, 20254)).verdict,
  );
  expect(new Set(seen)).toEqual(new Set(['promoted', 'progressing']));
});

test.each(SCENARIOS)('%s: every moment has a verdict and only known reasons', (scenario) => {
  for (const { version, object } of readRecording(join(RECORDINGS, scenario))) {
    if (object.kind !== 'Rollout') continue;
    const { verdict, reasons } = stateAt(scenario, version);
    expect(VERDICTS).toContain(verdict);
    expect(reasons.filter(({ blocking }) => blocking).length > 0).toBe(verdict === 'stuck');
  }
});

test('the failing gate is told with its numbers and by its limit', () => {
  const [gate] = stateAt('analysis-failed', 21497).gates;
  expect(gate).toMatchObject({
    name: 'success-rate',
    place: 'background',
    verdict: 'failed',
    why: '2 measurements failed, and only 1 may',
    passesWhen: 'len(result) == 0 || isNaN(result[0]) || result[0] >= 0.95',
    taken: { successful: 1, failed: 2 },
    limits: { failures: 1, inconclusive: 3, consecutiveErrors: 3 },
  });
  expect(gate?.measurements.map(({ value }) => value)).toEqual(['[1]', '[0.734999219838073]', '[0.7273442481760287]']);
});

test('a canary that never becomes ready is late after its deadline, though the controller does not say so (B2)', () => {
  const before = stateAt('good', 20340, 100);
  expect([before.verdict, before.reasons.map(({ kind }) => kind)]).toEqual([
    'progressing',
    ['waitingForDestinationRuleSwitch', 'notReady'],
  ]);
  const after = stateAt('good', 20340, 125);
  expect([after.verdict, after.phase, after.reasons[0]?.kind]).toEqual(['stuck', 'Progressing', 'deadlinePassed']);
  expect(after.reasons[0]?.message).toMatch(
    /^no progress for 12\d s, and the deadline is 120 s: shop-7cf9896855 has 0 of 1 pods$/,
  );
});

test('the refusal of the controller is told in the words of the catalog', () => {
  expect(stateAt('invalid-spec', 22501).reasons[0]?.message).toBe(
    'services.web.routing: there is no VirtualService "nope" beside the Rollout',
  );
});

test('time left is what the steps still take, less what has passed of this one', () => {
  // Pauses of 25, 15, 15 and 15 s.
  expect(stateAt('good', 20340).timeLeft).toEqual({ seconds: 70, from: 'steps', atLeast: true });
  const paused = stateAt('good', 20402).timeLeft?.seconds ?? 0;
  expect(paused).toBeLessThanOrEqual(70);
  expect(stateAt('good', 20402, 10).timeLeft?.seconds).toBe(paused - 10);
  expect(stateAt('analysis-failed', 99999).timeLeft).toBeUndefined();
});

test('the document shows what is told of the recording', () => {
  const subject = subjectOf(openCatalog(join(catalog(), 'services.json')).releases, ASKED, undefined);
  const text = formatState(subject, stateAt('analysis-failed', 99999));
  expect(readFileSync(join(ROOT, 'docs/how-to/watch-a-release.md'), 'utf8')).toContain(`\`\`\`text\n${text}\`\`\``);
});

const ASKED = { service: 'web', environment: 'production', namespace: undefined, rollout: undefined };
const catalog = () => releaseFolder('http://nowhere');
afterAll(removeWorkspaces);
