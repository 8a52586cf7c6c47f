import { formatPath, type Path, pathFromPointer } from '../diagnostic/path';
import { applicationOf, ignoreRulesIn, isForKind } from '../manifest/applications';
import { fieldAt, type KubeObject, listAt, textAt } from '../manifest/object';
import { oncePerGroup } from '../manifest/pods';
import type { ObjectGroup } from '../manifest/rule';
import type { Change, Field } from './change';
import { isRecord } from './compare/list-keys';
import { textsOf } from './fields';

/**
 * A change with the fields marked that the Application of the object takes for no difference. Argo CD applies whole objects: when something
 * else of the object differs, what is ignored is applied too, so that only a change of nothing else does nothing.
 */
export function withIgnored(change: Change, group: ObjectGroup): Change {
  const { before, after } = change;
  if (before === undefined || after === undefined) return change;
  const rules = rulesFor(group, after.object);
  if (rules.length === 0) return change;
  const [then, now] = [before, after].map(
    ({ written }) => new Set(rules.flatMap((rule) => ignoredIn(written, rule)).map(formatPath)),
  );
  const isIgnored = ({ after: value, moved, at }: Field): boolean => {
    const gone = (value === undefined || value === null) && !moved;
    const [paths, path] = gone ? [then, at.before] : [now, at.after];
    return path.some((_, i) => paths?.has(formatPath(path.slice(0, i + 1))));
  };
  const fields = change.fields.map((field): Field => (isIgnored(field) ? { ...field, ignored: true } : field));
  if (!fields.every(({ idle, ignored }) => idle !== undefined || ignored)) return { ...change, fields };
  return { ...change, fields: fields.map((field) => (field.ignored ? { ...field, idle: 'ignored' } : field)) };
}

/** The rules of the Application of an object, where the manifests tell which it is, and those of any that name the object. */
function rulesFor(group: ObjectGroup, object: KubeObject): readonly unknown[] {
  const application = applicationOf(group, object);
  const own = application === undefined ? [] : rulesIn(application);
  const named = rulesByName(group).get(object.metadata.name) ?? [];
  return [...new Set([...own, ...named])].filter(
    (rule) =>
      isForKind(rule, object) &&
      (textAt(rule, 'name') || object.metadata.name) === object.metadata.name &&
      (textAt(rule, 'namespace') || object.metadata.namespace) === object.metadata.namespace,
  );
}

const rulesIn = (application: KubeObject): readonly unknown[] =>
  ignoreRulesIn({ owner: application, spec: fieldAt(application, 'spec'), path: 'spec' }).map(({ rule }) => rule);

const rulesByName = oncePerGroup((group): ReadonlyMap<string, readonly unknown[]> => {
  const byName = new Map<string, unknown[]>();
  for (const rule of group.ofKind('Application').flatMap(rulesIn)) {
    const name = textAt(rule, 'name');
    if (name) byName.set(name, [...(byName.get(name) ?? []), rule]);
  }
  return byName;
});

/** The places in a value that a rule ignores. */
function ignoredIn(value: unknown, rule: unknown): readonly Path[] {
  const pointers = textsOf(listAt(rule, 'jsonPointers')).map((pointer) => pathFromPointer(value, pointer));
  const jq = textsOf(listAt(rule, 'jqPathExpressions')).flatMap((expression) => placesOf(value, expression));
  return [...pointers, ...jq];
}

type JqStep =
  | { readonly key: string | number }
  | { readonly each: true }
  | { readonly field: readonly string[]; readonly equals: string };

const TOKEN =
  /\s*(?:\|\s*)?(?:\.(?:([A-Za-z_][\w-]*)|"((?:[^"\\]|\\.)*)")|\.?\["((?:[^"\\]|\\.)*)"\]|\.?\[(-?\d+)\]|\.?(\[\])|select\(\s*((?:\.[A-Za-z_][\w-]*)+)\s*==\s*"((?:[^"\\]|\\.)*)"\s*\))\??\s*/y;

/** The steps of a path expression of jq; undefined for one that says more than fields, items and `select(.name == "…")`. */
function stepsOf(expression: string): readonly JqStep[] | undefined {
  const steps: JqStep[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const [whole, word, quoted, bracket, index, each, select, equals] = TOKEN.exec(expression) ?? [];
    if (whole === undefined || whole === '') return undefined;
    if (each !== undefined) steps.push({ each: true });
    else if (select !== undefined) steps.push({ field: select.slice(1).split('.'), equals: equals ?? '' });
    else if (index !== undefined) steps.push({ key: Number(index) });
    else steps.push({ key: word ?? quoted ?? bracket ?? '' });
  }
  return steps;
}

interface Located {
  readonly value: unknown;
  readonly path: Path;
}

function placesOf(root: unknown, expression: string): readonly Path[] {
  const steps = stepsOf(expression);
  if (steps === undefined) return [];
  let at: readonly Located[] = [{ value: root, path: [] }];
  for (const step of steps) at = at.flatMap((one) => follow(one, step));
  return at.map(({ path }) => path);
}

function follow({ value, path }: Located, step: JqStep): readonly Located[] {
  if ('each' in step)
    return Array.isArray(value) ? value.map((item: unknown, i) => ({ value: item, path: [...path, i] })) : [];
  if ('field' in step) return fieldAt(value, step.field.join('.')) === step.equals ? [{ value, path }] : [];
  const { key } = step;
  if (typeof key === 'number')
    return Array.isArray(value) && key >= 0 && key < value.length ? [{ value: value[key], path: [...path, key] }] : [];
  return isRecord(value) && Object.hasOwn(value, key) ? [{ value: value[key], path: [...path, key] }] : [];
}
