import { printable } from '../diagnostic/format';
import type { Gate } from './gates';
import type { Measurement } from './read/analysis-run';
import type { Reason } from './reasons';
import type { ReleaseState, Verdict } from './state';
import type { TimeLeft } from './steps';
import type { ReleaseSubject } from './subject';
import type { VersionState } from './versions';
import type { WeightState } from './weight';

/** How a release is called in the first line. */
export function titleOf({ service, namespace, rollout, known }: ReleaseSubject): string {
  const where = known === undefined ? '' : ` in ${known.environment.name}`;
  return `${service}${where} (Rollout ${namespace}/${rollout})`;
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  promoted: 'promoted',
  aborted: 'ABORTED',
  degraded: 'DEGRADED',
  progressing: 'progressing',
  stuck: 'STUCK',
  unknown: 'unknown',
};

/** The state of a release as lines for a terminal. */
export function formatState(subject: ReleaseSubject, state: ReleaseState): string {
  const { verdict, versions } = state;
  const rows: (readonly [string, string])[] = [
    ['phase', [state.phase, state.message].filter((text) => text !== '').join(': ')],
    ['step', stepText(state)],
    ['weight', verdict === 'promoted' ? '' : weightText(state.weight)],
    ['stable', versionText(versions.stable)],
    ['new', versionText(versions.canary)],
    ...state.gates.flatMap(gateRows),
    ...state.reasons.flatMap(reasonRows),
    ...state.migrations.map(({ name, state: job }) => ['migrate', `${name}: ${job}`] as const),
    ['argocd', applicationText(state)],
    ['others', subject.alsoRollouts.length === 0 ? '' : `--rollout ${subject.alsoRollouts.join(', ')}`],
    ...state.unread.map(({ resource, why }) => ['unread', `${resource}: ${why}`] as const),
  ];
  const revision = state.revision === undefined ? '' : `, revision ${state.revision}`;
  const lines = rows.filter(([, text]) => text !== '').map(([name, text]) => `  ${name.padEnd(9)}${text}`);
  return [`${titleOf(subject)}${revision}: ${VERDICT_WORDS[verdict]}`, ...lines]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function stepText({ step, timeLeft }: ReleaseState): string {
  if (step === undefined) return timeLeftText(timeLeft);
  const at = step.number > step.of ? `all ${step.of} done` : `${step.number} of ${step.of}: ${step.what}`;
  return [at, timeLeftText(timeLeft)].filter((text) => text !== '').join('; ');
}

function timeLeftText(left: TimeLeft | undefined): string {
  if (left === undefined) return '';
  return `${left.atLeast ? 'at least ' : 'about '}${durationText(left.seconds)} left, by the ${left.from}`;
}

/** `95 s`, `12 min`: as coarse as it is read. */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function weightText(weight: WeightState | undefined): string {
  if (weight === undefined) return '';
  const { asked, set, routed, router } = weight;
  return [
    `${asked} % asked`,
    set === undefined ? '' : `${set} % set`,
    routed === undefined ? '' : `${routed} % in the ${router}`,
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function versionText(version: VersionState | undefined): string {
  if (version === undefined) return '';
  const { pods, images, hash, revision } = version;
  const counts = [
    `${pods.ready} of ${pods.desired} pods ready`,
    pods.leaving > 0 ? `${pods.leaving} leaving` : '',
    `${pods.restarts} restarts`,
  ];
  const name = revision === undefined ? hash : `${hash}, revision ${revision}`;
  return `${counts.filter((text) => text !== '').join(', ')}  ${images.join(', ')} (${name})`;
}

function gateRows(gate: Gate): (readonly [string, string])[] {
  const dry = gate.decides ? '' : ' (dry run: it decides nothing)';
  const conditions = [
    gate.passesWhen === undefined ? '' : `passes when ${gate.passesWhen}`,
    gate.failsWhen === undefined ? '' : `fails when ${gate.failsWhen}`,
  ].filter((text) => text !== '');
  const answers = gate.measurements.map(measurementText);
  return [
    ['gate', `${gate.name}, ${gate.place}: ${gate.verdict}${dry}: ${gate.why}`],
    ...(answers.length === 0 ? [] : [['', `  ${answers.join('; ')}`] as const]),
    ...conditions.map((text) => ['', `  ${text}`] as const),
  ];
}

function measurementText({ at, phase, value, message }: Measurement): string {
  const time = at === undefined ? '' : `${new Date(at).toISOString().slice(11, 19)} `;
  return `${time}${phase}${value === undefined ? '' : ` ${value}`}${message === undefined ? '' : ` (${message})`}`;
}

function reasonRows({ code, blocking, message, next }: Reason): (readonly [string, string])[] {
  return [
    [blocking ? 'stuck' : 'note', `${code} ${message}`],
    ['', `  next: ${next}`],
  ];
}

function applicationText({ application }: ReleaseState): string {
  if (application === undefined) return '';
  const { name, sync, health, revision, syncing } = application;
  const at = revision === undefined ? '' : ` at ${revision.slice(0, 9)}`;
  return `${name}: ${sync}, ${health}${at}${syncing === undefined ? '' : `, applies ${syncing.slice(0, 9)}`}`;
}

/** One line for a pipe, printed where something of it changes. */
export function formatLine(state: ReleaseState): string {
  const { verdict, step, weight, versions, reasons, gates } = state;
  const parts = [
    VERDICT_WORDS[verdict],
    step === undefined || step.number > step.of ? '' : `step ${step.number} of ${step.of}, ${step.what}`,
    weight === undefined || verdict === 'promoted' ? '' : `weight ${weight.routed ?? weight.set ?? weight.asked} %`,
    versions.canary === undefined ? '' : `new ${versions.canary.pods.ready} of ${versions.canary.pods.desired} ready`,
    ...gates.map(
      ({ name, verdict: gate, taken }) => `gate ${name} ${gate} (${taken.successful} passed, ${taken.failed} failed)`,
    ),
    ...reasons.map(({ code, message }) => `${code} ${message}`),
  ];
  return printable(parts.filter((part) => part !== '').join('; '));
}
