import type { Diagnostic, Severity } from '../diagnostic/diagnostic';
import { showValue } from '../diagnostic/format';
import { pathFromPointer } from '../diagnostic/path';
import { childPath, fieldAt, type KubeObject, nameOf } from './object';
import { concerns, groupOf } from './rule';
import { MANIFEST_RULES } from './rules';
import { objectValidator } from './validators';

/** What is wrong with an object, before it is told where the object stands. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly object: KubeObject;
  /** The dotted path in the object. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  /** What is wrong: what stands at the path, unless the rule names something else. */
  readonly value: unknown;
}

/**
 * Every fault of the objects of one file: first each object against the schema of its kind, then the rules over all of
 * them. `file` is where they are written, for the message.
 */
export function checkObjects(file: string, objects: readonly KubeObject[]): readonly Diagnostic[] {
  return findingsIn(objects, { closed: true }).map((finding) => toDiagnostic(file, finding));
}

/** The findings of objects that are released together. With `closed`, what is not among them is missing, and a kind without a schema a fault. */
export function findingsIn(
  objects: readonly KubeObject[],
  { closed }: { readonly closed: boolean },
): readonly Finding[] {
  const found: Finding[] = [];
  for (const object of objects) checkSchema(object, closed, found);
  const group = groupOf(objects, closed);
  for (const rule of MANIFEST_RULES) {
    if (!concerns(rule, group)) continue;
    const { code, severity } = rule;
    rule.check(group, (object, path, message, { hint = rule.hint, value = fieldAt(object, path) } = {}) =>
      found.push({ code, severity, object, path, message, hint, value }),
    );
  }
  return found;
}

function toDiagnostic(file: string, { code, severity, object, path, message, hint, value }: Finding): Diagnostic {
  const shown = showValue(value);
  return {
    code,
    severity,
    path: `${file} ${nameOf(object)} ${path}`,
    message,
    hint,
    ...(shown === undefined ? {} : { value: shown }),
  };
}

/** What the schema rule says in documents; it has no list of its own because the schemas are data. */
export const SCHEMA_RULE = {
  code: 'MAN001',
  severity: 'error',
  title:
    'An object that the API server would refuse: it breaks the schema of its kind, or has a field that the kind does not know',
  reason:
    'kubectl and Argo CD validate strictly: one unknown field or wrong type refuses the object, and with it the sync. With validation off the field is dropped without a word.',
  hint: 'correct the value in the catalog; if it does not come from there, this is a fault of Cutover',
  openHint: 'correct the field; `kubectl explain` tells the fields of a kind',
  source: 'the schemas of the versions in cdk8s.yaml (imports/schemas)',
} as const;

function checkSchema(object: KubeObject, closed: boolean, found: Finding[]): void {
  const { code, severity } = SCHEMA_RULE;
  const hint = closed ? SCHEMA_RULE.hint : SCHEMA_RULE.openHint;
  const tell = (path: string, message: string, value: unknown): void => {
    found.push({ code, severity, object, path, message, hint, value });
  };
  const validate = objectValidator(object.apiVersion, object.kind);
  if (validate === undefined) {
    if (closed) tell('kind', `there is no schema for ${object.apiVersion} ${object.kind}`, undefined);
    return;
  }
  if (validate(object)) return;
  for (const error of validate.errors ?? []) {
    const path = childPath('', ...pathFromPointer(object, error.instancePath)) || '(root)';
    const detail = Object.entries(error.params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    tell(path, `breaks "${error.keyword}" of the schema (${detail.join(', ')})`, fieldAt(object, path));
  }
}
