import { formatPath, type Path, pathFromPointer } from '../diagnostic/path';
import type { ObjectGroup } from '../manifest/rule';
import type { Change, Field } from './change';
import { type IgnoreRule, ignoreRulesFor } from './ignore-rules';
import type { Filter } from './jq/model';
import { parseJq } from './jq/parse';
import { placesOf } from './jq/places';

/**
 * A change with the fields marked that Argo CD takes for no difference. It applies whole objects: when something else of the object
 * differs, what is ignored is applied too, so that only a change of nothing else does nothing. With RespectIgnoreDifferences it stays as
 * it is on the cluster, all but the status (3.5.1, controller/sync.go: normalizeTargetResources).
 */
export function withIgnored(change: Change, group: ObjectGroup): Change {
  const { before, after } = change;
  if (before === undefined || after === undefined) return change;
  const { rules, respected } = ignoreRulesFor(group, after.object);
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
  const alone = fields.every(({ idle, ignored }) => idle !== undefined || ignored);
  const isIdle = ({ ignored, at }: Field): boolean =>
    ignored === true && (alone || (respected && at.after[0] !== 'status'));
  return { ...change, fields: fields.map((field) => (isIdle(field) ? { ...field, idle: 'ignored' } : field)) };
}

/** The places in a value that a rule ignores. */
function ignoredIn(value: unknown, { jsonPointers, jqPathExpressions }: IgnoreRule): readonly Path[] {
  const pointers = jsonPointers.map((pointer) => pathFromPointer(value, pointer));
  const jq = jqPathExpressions.flatMap((expression) => {
    const filter = filterOf(expression);
    return filter === undefined ? [] : placesOf(filter, value);
  });
  return [...pointers, ...jq];
}

/** The filter of an expression, parsed once: many objects have the same rules. */
export function filterOf(expression: string): Filter | undefined {
  if (!FILTERS.has(expression)) FILTERS.set(expression, parseJq(expression));
  return FILTERS.get(expression);
}

const FILTERS = new Map<string, Filter | undefined>();
