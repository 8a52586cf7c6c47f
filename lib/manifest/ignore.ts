import { childPath, type KubeObject } from './object';

/** The annotation with which an object says which findings of its own are meant: `MAN033: the gateway is not ours`. */
export const IGNORE_ANNOTATION = 'cutover.dev/lint-ignore';

/** What can be wrong with an ignore. */
export const IGNORE_CODES = {
  LINT020: {
    severity: 'error',
    title: 'An ignore that does not say `<code>: <reason>`: it ignores nothing',
    hint: `write ${IGNORE_ANNOTATION}: "MAN033: why it is meant", one for each line`,
  },
  LINT021: {
    severity: 'error',
    title: 'An ignore of a code that there is not',
    hint: 'correct the code; docs/rules.md lists them',
  },
  LINT022: {
    severity: 'warning',
    title: 'An ignore that ignores nothing: the object has no such finding',
    hint: 'remove it, so that it does not hide a later finding',
  },
} as const;

export type IgnoreCode = keyof typeof IGNORE_CODES;

/** One fault of an ignore. */
export interface IgnoreFault {
  readonly code: IgnoreCode;
  readonly object: KubeObject;
  readonly path: string;
  readonly message: string;
}

const PATH = childPath('metadata.annotations', IGNORE_ANNOTATION);

/** One ignore ends with its line, or with a semicolon that another code follows. */
const SEPARATOR = /\n|;\s*(?=[A-Z]+\d+\s*:)/;

interface Ignore {
  readonly object: KubeObject;
  readonly code: string;
  used: boolean;
}

/**
 * Takes out the findings that their objects ignore, and tells what is wrong with the ignores: one without a code or a reason,
 * one of an unknown code, one that nothing needs.
 */
export function withoutIgnored<F extends { readonly code: string; readonly object: KubeObject }>(
  objects: readonly KubeObject[],
  found: readonly F[],
  known: (code: string) => boolean,
): { readonly found: readonly F[]; readonly faults: readonly IgnoreFault[] } {
  const faults: IgnoreFault[] = [];
  const ignores = new Map<KubeObject, Ignore[]>();
  for (const object of objects) {
    const text = object.metadata.annotations?.[IGNORE_ANNOTATION];
    if (text !== undefined) ignores.set(object, readIgnores(object, text, known, faults));
  }
  if (ignores.size === 0) return { found, faults };
  const left = found.filter(({ code, object }) => {
    const ignore = ignores.get(object)?.find((one) => one.code === code);
    if (ignore !== undefined) ignore.used = true;
    return ignore === undefined;
  });
  for (const { object, code, used } of [...ignores.values()].flat()) {
    if (!used) faults.push({ code: 'LINT022', object, path: PATH, message: `the object has no finding ${code}` });
  }
  return { found: left, faults };
}

function readIgnores(
  object: KubeObject,
  text: unknown,
  known: (code: string) => boolean,
  faults: IgnoreFault[],
): Ignore[] {
  const ignores = new Map<string, Ignore>();
  const parts = typeof text === 'string' ? text.split(SEPARATOR).map((part) => part.trim()) : [''];
  if (parts.every((part) => part === '')) {
    faults.push({ code: 'LINT020', object, path: PATH, message: 'the ignore names no code' });
  }
  for (const part of parts.filter((one) => one !== '')) {
    const [, code, reason] = /^([A-Za-z]+\d+)\s*:?\s*(.*)$/.exec(part) ?? [];
    if (code === undefined || !reason) {
      const message = code === undefined ? `"${part}" names no code` : `the ignore of ${code} gives no reason`;
      faults.push({ code: 'LINT020', object, path: PATH, message });
    } else if (!known(code)) {
      faults.push({ code: 'LINT021', object, path: PATH, message: `there is no rule ${code}` });
    } else ignores.set(code, { object, code, used: false });
  }
  return [...ignores.values()];
}
