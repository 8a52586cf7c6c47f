import type { Severity } from '../../diagnostic/diagnostic';
import { nameOf } from '../../manifest/object';
import { objectOf } from '../change';
import type { Comparison } from '../diff';
import type { JudgedChange } from '../judge';
import { summaryOf } from '../summary';
import { shownField } from './shown';

/** The comparison as JSON: `{ summary, changes, diagnostics }`; every key is always there. */
export function formatJson(comparison: Comparison): string {
  const { faults } = comparison;
  const diagnostics = faults.map(({ code, severity, file, line, column, message, hint }) => ({
    ...{ code, severity, file, line, column, message, hint },
  }));
  const document = { summary: summaryOf(comparison), changes: comparison.changes.map(toRow), diagnostics };
  return `${JSON.stringify(document, null, 2)}\n`;
}

export interface JsonEffect {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

function toRow({ change, effects }: JudgedChange) {
  const object = objectOf(change);
  const { apiVersion, kind, metadata } = object;
  const { file, line } = (change.after ?? change.before)?.placeOf([]) ?? { file: '', line: 1 };
  return {
    object: nameOf(object),
    kind: change.kind,
    identity: { apiVersion, kind, namespace: metadata.namespace ?? null, name: metadata.name },
    file,
    line,
    fields: change.fields.map((field) => shownField(object, field)),
    effects: effects.map(
      ({ code, severity, path, message, hint }): JsonEffect => ({ code, severity, path, message, hint }),
    ),
  };
}
