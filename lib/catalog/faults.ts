import type { Diagnostic } from '../diagnostic/diagnostic';
import { showValue } from '../diagnostic/format';
import { formatPath, type Path, valueAt } from '../diagnostic/path';
import { CATALOG_CODES, type CatalogCode } from './codes';
import { type Locator, locator } from './locate';

/** A finding about the catalog before it is told to anybody: its path is a value in the file. */
export interface Fault {
  readonly code: CatalogCode;
  readonly at: Path;
  readonly message: string;
  readonly hint?: string;
  /** What stands there, where that is not the catalog's own value at the path (a key, a file name). */
  readonly value?: unknown;
}

/** Takes a fault; rules are given one and never decide what happens with it. */
export type Report = (fault: Fault) => void;

/** The catalog file: its name as people know it, its text and, where it is JSON, its value. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
}

/** Faults as diagnostics with line, column and value; the same fault found in several environments is told once. */
export function toDiagnostics(faults: readonly Fault[], source: Source): readonly Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  let locate: Locator | undefined;
  for (const fault of faults) {
    const path = formatPath(fault.at);
    const id = JSON.stringify([fault.code, path, fault.message]);
    if (told.has(id)) continue;
    locate ??= locator(source.file, source.text);
    told.set(id, {
      code: fault.code,
      severity: CATALOG_CODES[fault.code].severity,
      path,
      message: fault.message,
      ...(fault.hint === undefined ? {} : { hint: fault.hint }),
      ...shown('value' in fault ? fault.value : valueAt(source.value, fault.at)),
      position: locate(fault.at),
    });
  }
  return [...told.values()];
}

function shown(value: unknown): { readonly value?: string } {
  const text = showValue(value);
  return text === undefined ? {} : { value: text };
}
