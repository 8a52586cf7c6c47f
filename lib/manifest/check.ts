import type { Diagnostic } from '../diagnostic/diagnostic';
import { showValue } from '../diagnostic/format';
import { formatPath, pathFromPointer, valueAt } from '../diagnostic/path';
import { type KubeObject, nameOf } from './object';
import { groupOf } from './rule';
import { MANIFEST_RULES } from './rules';
import { objectValidator } from './validators';

/**
 * Every fault of the objects of one file: first each object against the schema of its kind, then the rules over all of
 * them. `file` is where they are written, for the message.
 */
export function checkObjects(file: string, objects: readonly KubeObject[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const object of objects) checkSchema(file, object, found);
  const group = groupOf(objects);
  for (const rule of MANIFEST_RULES) {
    rule.check(group, (object, path, message) =>
      found.push({
        code: rule.code,
        severity: rule.severity,
        path: `${file} ${nameOf(object)} ${path}`,
        message,
        hint: rule.hint,
      }),
    );
  }
  return found;
}

/** What the schema rule says in documents; it has no list of its own because the schemas are data. */
export const SCHEMA_RULE = {
  code: 'MAN001',
  severity: 'error',
  title:
    'An object that the API server would refuse: it breaks the schema of its kind, or has a field that the kind does not know',
  hint: 'correct the value in the catalog; if it does not come from there, this is a fault of Cutover',
} as const;

function checkSchema(file: string, object: KubeObject, found: Diagnostic[]): void {
  const tell = (path: string, message: string, value?: unknown): void => {
    const shown = showValue(value);
    found.push({
      code: SCHEMA_RULE.code,
      severity: SCHEMA_RULE.severity,
      path: `${file} ${nameOf(object)} ${path}`,
      message,
      hint: SCHEMA_RULE.hint,
      ...(shown === undefined ? {} : { value: shown }),
    });
  };
  const validate = objectValidator(object.apiVersion, object.kind);
  if (validate === undefined) tell('kind', `there is no schema for ${object.apiVersion} ${object.kind}`);
  if (validate === undefined || validate(object)) return;
  for (const error of validate.errors ?? []) {
    const path = pathFromPointer(object, error.instancePath);
    const detail = Object.entries(error.params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    tell(formatPath(path), `breaks "${error.keyword}" of the schema (${detail.join(', ')})`, valueAt(object, path));
  }
}
