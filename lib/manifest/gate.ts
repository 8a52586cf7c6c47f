import { allMetrics, type MetricAt } from './analysis';
import { type Expr, ExprFault } from './expr/ast';
import { type Answer, answerOf } from './expr/evaluate';
import { asksResult, numbersIn, unknownNames } from './expr/names';
import { parseExpr } from './expr/parser';
import type { Value } from './expr/value';
import { fieldAt, hasAt, textAt } from './object';
import { oncePerGroup } from './pods';

export const CONDITIONS = ['successCondition', 'failureCondition'] as const;
export type ConditionField = (typeof CONDITIONS)[number];

/** A condition that was read. */
export interface Condition {
  readonly text: string;
  /** Undefined where it is not known what it says: it has an argument in it, or is wrong. */
  readonly expr: Expr | undefined;
  /** What is wrong with it, for every measurement. */
  readonly fault: string | undefined;
  /** Whether it looks at what was measured. */
  readonly asks: boolean;
}

/** A metric with its conditions, and what is known about what it measures. */
export interface Gate extends MetricAt {
  readonly success: Condition | undefined;
  readonly failure: Condition | undefined;
  /** The condition that says what passes; undefined where there is none. */
  readonly decides: ConditionField;
  /** The text of a query of Prometheus; undefined for another provider. */
  readonly query: string | undefined;
  /** What Prometheus gives; undefined where that is not known. */
  readonly form: Form | undefined;
  /** What the conditions say, where the form of the measurement is known. */
  readonly profile: Profile | undefined;
}

/** Most queries give a list of numbers, some a single one. */
export type Form = 'vector' | 'scalar';

/** The gates of a group: metrics whose measurement a condition judges. Jobs, Kayenta and plugins judge themselves. */
export const gatesOf = oncePerGroup((group): readonly Gate[] => allMetrics(group).filter(isJudged).map(toGate));

const isJudged = ({ metric }: MetricAt): boolean =>
  !['provider.job', 'provider.kayenta', 'provider.plugin'].some((provider) => hasAt(metric, provider));

function toGate({ object, metric, path, name }: MetricAt): Gate {
  const success = conditionOf(fieldAt(metric, 'successCondition'));
  const failure = conditionOf(fieldAt(metric, 'failureCondition'));
  const query = textAt(metric, 'provider.prometheus.query');
  const decides = success === undefined && failure !== undefined ? 'failureCondition' : 'successCondition';
  const form = query === undefined ? undefined : formOf(query);
  const profile = form === undefined ? undefined : profileOf(success, failure, form);
  return { object, metric, path, name, success, failure, decides, query, form, profile };
}

/** Conditions repeat, in every service and in every gate. */
const READ = new Map<string, Condition>();

function conditionOf(text: unknown): Condition | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  let condition = READ.get(text);
  if (condition === undefined) {
    condition = { text, ...read(text) };
    READ.set(text, condition);
  }
  return condition;
}

function read(text: string): Omit<Condition, 'text'> {
  // An argument is put in as text, and may be anything.
  if (text.includes('{{')) return { expr: undefined, fault: undefined, asks: true };
  try {
    const expr = parseExpr(text);
    const [unknown] = unknownNames(expr);
    if (unknown !== undefined)
      return { expr: undefined, fault: `there is no "${unknown.name}" in a condition`, asks: true };
    return { expr, fault: undefined, asks: asksResult(expr) };
  } catch (error) {
    if (!(error instanceof ExprFault)) throw error;
    return { expr: undefined, fault: `${error.message}, at character ${error.at + 1}`, asks: true };
  }
}

/** How a gate judges a measurement; `unknown` where that cannot be told. */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'error' | 'unknown';

const answer = (condition: Condition | undefined, result: Value): Answer | undefined =>
  condition === undefined ? undefined : condition.expr === undefined ? 'unknown' : answerOf(condition.expr, result);

type Conditions = Pick<Gate, 'success' | 'failure'>;

/** Judges a measurement as EvaluateResult of Argo Rollouts does (utils/evaluate/evaluate.go). */
export function judge({ success, failure }: Conditions, result: Value): Verdict {
  const passes = answer(success, result);
  const fails = answer(failure, result);
  if (passes === 'unknown' || fails === 'unknown') return 'unknown';
  if (passes === 'error' || fails === 'error') return 'error';
  if (fails === 'true' || (fails === undefined && passes === 'false')) return 'fail';
  return passes === 'false' ? 'inconclusive' : 'pass';
}

/** What two conditions say together. */
export interface Profile {
  /** Of an empty vector. */
  readonly empty: Verdict;
  readonly nan: Verdict;
  /** Of every number that was tried, if it is the same of all. */
  readonly always: Verdict | undefined;
}

type Profiles = Map<Condition | undefined, Profile>;

const PROFILES: Readonly<Record<Form, Map<Condition | undefined, Profiles>>> = { vector: new Map(), scalar: new Map() };

/** What two conditions say of silence, of NaN and of numbers. Conditions repeat, so each pair is worked out once. */
function profileOf(success: Condition | undefined, failure: Condition | undefined, form: Form): Profile {
  let bySuccess = PROFILES[form].get(success);
  if (bySuccess === undefined) {
    bySuccess = new Map();
    PROFILES[form].set(success, bySuccess);
  }
  let profile = bySuccess.get(failure);
  if (profile === undefined) {
    profile = workOut({ success, failure }, form);
    bySuccess.set(failure, profile);
  }
  return profile;
}

function workOut(conditions: Conditions, form: Form): Profile {
  const one = (number: number): Value => (form === 'scalar' ? number : [number]);
  const many = (number: number): Value => Array<number>(MANY).fill(number);
  const verdicts = new Set<Verdict>();
  for (const number of trialNumbers(conditions)) {
    verdicts.add(judge(conditions, one(number)));
    if (form === 'vector') verdicts.add(judge(conditions, many(number)));
    // Of nearly every gate the first few numbers tell already that it can pass and fail.
    if (verdicts.size > 1) break;
  }
  const [always] = verdicts.size === 1 ? verdicts : [undefined];
  return { empty: judge(conditions, []), nan: judge(conditions, one(Number.NaN)), always };
}

/** A condition may want several series. */
const MANY = 20;

function formOf(query: string): Form | undefined {
  if (/^\s*\{\{[^}]*\}\}\s*$/.test(query)) return undefined;
  if (!/^\s*(?:(?:scalar|time|pi)\s*\(|[\d.\s()+\-*/^%]+$)/.test(query)) return 'vector';
  const bare = query.trim();
  return /^[\d(.+-]/.test(bare) || closesAtEnd(bare) ? 'scalar' : 'vector';
}

/** Whether the first parenthesis is closed by the last character. */
function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '(') depth += 1;
    if (text[i] === ')') depth -= 1;
    if (text[i] === ')' && depth === 0) return i === text.length - 1;
  }
  return false;
}

const NUMBERS = [
  ...[
    0, 1e9, 1e-6, 0.001, 0.01, 0.05, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1, 1.5, 2, 5, 10, 50, 95, 99, 99.9, 100, 500,
    1e3,
  ],
  ...[1e4, 1e6, -1, -1e6],
];

/** Numbers to try conditions with: usual ones, and those beside what they compare with. */
function trialNumbers({ success, failure }: Conditions): readonly number[] {
  const written = [success, failure].flatMap((one) => (one?.expr === undefined ? [] : numbersIn(one.expr)));
  const beside = (n: number) => [n, -n, n - 1, n + 1, n * 0.99, n * 1.01];
  return [...NUMBERS, ...written.slice(0, MANY).flatMap(beside)];
}
