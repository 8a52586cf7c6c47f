import type { SchemaError } from '@cdk8s/imports/compile';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic';
import { showValue } from '../diagnostic/format';
import { pathFromPointer, valueAt } from '../diagnostic/path';
import { IGNORE_ANNOTATION, IGNORE_CODES, withoutIgnored } from './ignore';
import { childPath, type KubeObject, nameOf, parsePath } from './object';
import { groupOf, type ManifestRule, type ReportObject, rulesByKinds } from './rule';
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

/** How objects are checked. */
export interface CheckOptions {
  /** Whether what is not among the objects is missing, and a kind without a schema a fault. */
  readonly closed: boolean;
  readonly validatorOf?: typeof objectValidator;
  /** What the schema looks at, where the object that rules read was made from it. */
  readonly writtenAs?: (object: KubeObject) => unknown;
}

/** The findings of objects that are released together, without those that an object ignores. */
export function findingsIn(
  objects: readonly KubeObject[],
  { closed, validatorOf = objectValidator, writtenAs = (object) => object }: CheckOptions,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const object of objects) {
    checkSchema(object, writtenAs(object), validatorOf(object.apiVersion, object.kind), closed, found);
  }
  const group = groupOf(objects, closed);
  let rule: ManifestRule | undefined;
  // One function for all rules: most tell nothing, and there are more rules than objects.
  const report: ReportObject = (object, path, message, { hint, value = valueAt(object, parsePath(path)) } = {}) => {
    if (rule === undefined) return;
    const { code, severity } = rule;
    found.push({ code, severity, object, path, message, hint: hint ?? rule.hint, value });
  };
  for (rule of rulesFor(group)) rule.check(group, report);
  return objects.some(hasIgnore) ? withoutThoseIgnored(objects, found) : found;
}

const rulesFor = rulesByKinds(MANIFEST_RULES);

const hasIgnore = ({ metadata }: KubeObject): boolean => metadata.annotations?.[IGNORE_ANNOTATION] !== undefined;

function withoutThoseIgnored(objects: readonly KubeObject[], all: readonly Finding[]): readonly Finding[] {
  const { found, faults } = withoutIgnored(objects, all, isManifestCode);
  const told = faults.map(({ code, object, path, message }): Finding => {
    const { severity, hint } = IGNORE_CODES[code];
    return { code, severity, object, path, message, hint, value: valueAt(object, parsePath(path)) };
  });
  return [...found, ...told];
}

/** Whether a rule over objects has the code. */
export const isManifestCode = (code: string): boolean =>
  code === SCHEMA_RULE.code || MANIFEST_RULES.some((rule) => rule.code === code);

function toDiagnostic(file: string, { code, severity, object, path, message, hint, value }: Finding): Diagnostic {
  const shown = showValue(value);
  return {
    code,
    severity,
    path: `${file} ${nameOf(object)} ${path}`,
    message,
    hint,
    subject: { file, object: nameOf(object), path },
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

function checkSchema(
  object: KubeObject,
  written: unknown,
  validate: ReturnType<typeof objectValidator>,
  closed: boolean,
  found: Finding[],
): void {
  if (validate?.(written)) return;
  const { code, severity } = SCHEMA_RULE;
  const hint = closed ? SCHEMA_RULE.hint : SCHEMA_RULE.openHint;
  if (validate === undefined) {
    const message = `there is no schema for ${object.apiVersion} ${object.kind}`;
    if (closed) found.push({ code, severity, object, path: 'kind', message, hint, value: undefined });
    return;
  }
  for (const error of validate.errors ?? []) {
    const parent = pathFromPointer(written, error.instancePath);
    const unknown = error.keyword === 'additionalProperties' ? error.params.additionalProperty : undefined;
    const at = typeof unknown === 'string' ? [...parent, unknown] : parent;
    const path = childPath('', ...at) || '(root)';
    found.push({ code, severity, object, path, message: schemaMessage(error), hint, value: valueAt(written, at) });
  }
}

function schemaMessage({ keyword, params }: SchemaError): string {
  switch (keyword) {
    case 'additionalProperties':
      return `the field ${JSON.stringify(params.additionalProperty)} is not known here`;
    case 'required':
      return `the field ${JSON.stringify(params.missingProperty)} is missing`;
    case 'type':
      return `must be of type ${[params.type].flat().join(' or ')}`;
    case 'enum':
      return `must be one of ${JSON.stringify(params.allowedValues)}`;
  }
  const detail = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return `breaks "${keyword}" of the schema (${detail.join(', ')})`;
}
