import { kindNameOf } from '../manifest/kinds';
import { type Change, type Effect, liveFields, objectOf } from './change';
import type { DiffRule, Scope, TellEffect } from './rule';
import { DIFF_RULES } from './rules';

/** A change and what it does on the cluster, the worst first. */
export interface JudgedChange {
  readonly change: Change;
  readonly effects: readonly Effect[];
}

/** What the changes of a scope do. Each effect of a field is told once. */
export function judge(scope: Scope): readonly JudgedChange[] {
  return scope.changes.map((change) => ({ change, effects: effectsOf(change, scope) }));
}

const SEVERITIES = { error: 0, warning: 1, info: 2 } as const;

function effectsOf(change: Change, scope: Scope): readonly Effect[] {
  const found = new Map<string, Effect>();
  let rule: DiffRule | undefined;
  let told = false;
  const tell: TellEffect = (at, message, { hint, severity, seconds } = {}) => {
    if (rule === undefined) return;
    const path = typeof at === 'string' ? at : at.path;
    const effect = {
      code: rule.code,
      severity: severity ?? rule.severity,
      message,
      hint: hint ?? rule.hint,
      path,
      ...(seconds === undefined ? {} : { seconds }),
    };
    const key = `${effect.code} ${path} ${message}`;
    if (!found.has(key)) found.set(key, effect);
    told ||= rule.beside === undefined;
  };
  const isIgnored = change.fields.some(({ idle }) => idle === 'ignored') && liveFields(change).length === 0;
  for (rule of rulesFor(kindNameOf(objectOf(change)))) {
    if (isIgnored && rule.ofIgnored === undefined) continue;
    if (rule.last === undefined || !told) rule.check(change, scope, tell);
  }
  return [...found.values()].sort(
    (a, b) => SEVERITIES[a.severity] - SEVERITIES[b.severity] || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}

const BY_KIND = new Map<string, readonly DiffRule[]>();

function rulesFor(kind: string): readonly DiffRule[] {
  const known = BY_KIND.get(kind);
  if (known !== undefined) return known;
  const asked = DIFF_RULES.filter(({ kinds }) => kinds === 'any' || kinds.some((one) => one === kind));
  const inOrder = [...asked.filter(({ last }) => !last), ...asked.filter(({ last }) => last)];
  BY_KIND.set(kind, inOrder);
  return inOrder;
}
