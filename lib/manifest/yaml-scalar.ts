import { OPTIONS } from './yaml-options';

/**
 * `yaml`, loaded when a string first needs it: loading costs more than rendering a few services, and most runs never get there.
 * A `require` inside a function is the form that stays lazy in a bundle (esbuild runs the module at the first call) and in Jest.
 */
export const loadYaml = (): typeof import('./stock-yaml') => require('./stock-yaml') as typeof import('./stock-yaml');

/** Certainly plain: begins as a word, path, flag or variable, no `: ` or ` #` inside, nothing that YAML 1.1 reads otherwise. */
const PLAIN =
  /^(?!(?:y|n|yes|no|on|off|true|false|null|-?e[-+]?\d+|\.inf|\.nan)$)(?:[a-z/_$(]|--?[a-z]|\.[a-df-z][a-z])(?:[!-9;-~]|:(?=[!-~])| (?=[ !"$-~]))*$/i;

/** Certainly plain too: durations, quantities, percentages, versions and addresses. */
const MEASURE = /^\d+(?:(?:\.\d+)?(?:[KMGT]i?|ms|[smhd%])|(?:\.\d+){2,})$/;

/** Certainly plain too: image references and address ranges, which a slash tells from numbers and times. */
const WITH_SLASH = /^(?!\d{4}-)\d[\w.@:-]*\/(?:[\w./@-]|:(?=\w))*\w$/;

/** Certainly quoted: the empty string, a lone dot, plain numbers, booleans. */
const BARE_VALUE = /^(?:-?\d+|\d*\.\d+|true|false|\.|)$/;

/** Certainly quoted, by which quotes depends on the quotes inside: begins with an indicator, or has `: ` or ` #` inside. */
const QUOTED = /^(?=[ -~]*$)(?:[,[\]{}#&*!|>%@`]|[a-zA-Z].*(?:: | #))/;

/** Of strings with a line break: certainly a literal block without an indentation indicator. */
const LITERAL = /^[!-~][\t\n -~]*[!-~]\n?$/;

/** Longer strings are left to `yaml`: rare, and a regular expression may not be asked about megabytes. */
const LONGEST_FAST = 65_536;

const quickly = (value: string): string | undefined => {
  if (value.length > LONGEST_FAST) return undefined;
  if (PLAIN.test(value) || MEASURE.test(value) || WITH_SLASH.test(value)) return value;
  if (BARE_VALUE.test(value)) return `"${value}"`;
  if (!QUOTED.test(value) || value.includes("'")) return undefined;
  if (value.includes('"')) return `'${value}'`;
  return value.includes('\\') ? undefined : `"${value}"`;
};

const LINE_START = /\n(?!\n|$)/g;

/** Moves the lines after the first to the right; empty lines stay empty. */
const indented = (text: string, by: string): string => text.replace(LINE_START, `\n${by}`);

const literal = (value: string, indent: string): string =>
  value.endsWith('\n')
    ? `|\n${indent}${indented(value.slice(0, -1), indent)}`
    : `|-\n${indent}${indented(value, indent)}`;

/** Asks stock `yaml` how it writes a string that stands alone in a sequence, or as the key there. */
const oracle = (asKey: boolean): ((value: string) => string) => {
  const yaml = loadYaml();
  const string = new yaml.Scalar('');
  const document = new yaml.Document([asKey ? new yaml.Pair(string, new yaml.Scalar(0)) : string], OPTIONS);
  return (value) => {
    string.value = value;
    return document.toString(OPTIONS).slice('- '.length, -'\n'.length);
  };
};

/** Characters that a memory of answers may hold. */
const MOST_HELD = 4_000_000;

/** Remembers answers up to a number of characters, then starts anew: a run may see millions of strings. */
const remembered = (answer: (value: string) => string): ((value: string) => string) => {
  const known = new Map<string, string>();
  let held = 0;
  return (value) => {
    const old = known.get(value);
    if (old !== undefined) return old;
    const text = answer(value);
    held += value.length + text.length;
    if (held > MOST_HELD) {
      known.clear();
      held = value.length + text.length;
    }
    known.set(value, text);
    return text;
  };
};

let askValue: ((value: string) => string) | undefined;
let askKey: ((value: string) => string) | undefined;

/** Text of a string as a value whose further lines, if it has any, begin with `indent` (two spaces or more). */
export const valueText = (value: string, indent: string): string => {
  const text = quickly(value);
  if (text !== undefined) return text;
  if (value.length <= LONGEST_FAST && value.includes('\n') && LITERAL.test(value)) return literal(value, indent);
  askValue ??= remembered(oracle(false));
  return indented(askValue(value), indent.slice('  '.length));
};

/** Text of a string as a key, on one line, without its colon. */
export const keyText = (key: string): string => {
  const text = quickly(key);
  if (text !== undefined) return text;
  askKey ??= remembered(oracle(true));
  const asked = askKey(key);
  return asked.startsWith('? ') ? asked.slice(2, -'\n  : 0'.length) : asked.slice(0, -': 0'.length);
};
