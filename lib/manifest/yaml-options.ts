import type { CreateNodeOptions, DocumentOptions, ParseOptions, ScalarTag, SchemaOptions, ToStringOptions } from 'yaml';

/**
 * What the readers of manifests (go-yaml v2 and v3, hence kubectl, Argo CD, kustomize) take for a number, although neither YAML
 * 1.2 nor the YAML 1.1 of `yaml` does: `_` anywhere, `0X`, `0B`, `0O`, signs before and behind the base.
 */
const NUMBER_IN_GO =
  /^(?=[-+.\d])[-+]?_*(?:0_*(?:[xX][\da-fA-F_]+|[oObB][-+\d_]+)|(?:\d[\d_]*(?:\.[\d_]*)?|\._*\d[\d_]*)(?:[eE][-+\d_]+)?)$/;

/**
 * What else is no string everywhere: the value key of YAML 1.1; document markers, which `yaml` quotes at some depths only; a date
 * with any time behind it (Go also reads `10:10:10,5`).
 */
const RESERVED = /^(?:=$|(?:---|\.\.\.|\d{4}-\d\d?-\d\d?[Tt ])[^\n]*$)/;

/**
 * What no reader may meet as it stands: controls and noncharacters (go-yaml refuses the file), line breaks of YAML 1.1 and the
 * byte order mark (read as something else), and marks that hide or reorder text in a review. A list, not `\p{Cf}`: that class
 * grows with Unicode, and a manifest may not change with the version of Node.
 */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it is about
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/;

/**
 * Blanks that cost readers: nothing but blanks, or a tab before the first text, go-yaml misreads or refuses as a literal block; a
 * tab in a single line PyYAML refuses, and nobody sees it.
 */
const BLANKS = /^[ \t\n]+$|^\n*\t|^[^\n\t]*\t[^\n]*$/;

const everyUnprintable = new RegExp(UNPRINTABLE, 'g');

/** The text with every character that a reader could refuse, misread or hide as `\uXXXX`. */
export const escapeUnprintable = (text: string): string =>
  text.replace(everyUnprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const MISREAD: readonly RegExp[] = [NUMBER_IN_GO, RESERVED, UNPRINTABLE, BLANKS];

/** Strings that are safe only between double quotes and on one line. JSON's escapes are YAML's too. */
const doubleQuoted: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => typeof value === 'string' && MISREAD.some((pattern) => pattern.test(value)),
  resolve: (text) => text,
  stringify: ({ value }) => escapeUnprintable(JSON.stringify(value)),
};

/**
 * How a manifest is written, by documented options of `yaml` alone: `YAML.stringify(value, OPTIONS)` is the definition of the
 * output, `toYaml` only gets there faster.
 *
 * - `version` 1.2 with `compat` 1.1: a plain string must be a string in both; 1.1 alone leaves `0o17` bare, 1.2 alone `yes`.
 * - `customTags`: what neither covers, see above.
 * - `doubleQuotedMinMultiLineLength`: a quoted string stays on its line, so that its text does not depend on its depth.
 * - `lineWidth` 0: no folding, so that a diff shows what changed; text of several lines is a literal block.
 * - `aliasDuplicateObjects` off: an object that occurs twice is written twice; anchors are noise in a review.
 */
export const OPTIONS = {
  version: '1.2',
  compat: 'yaml-1.1',
  customTags: (tags) => [doubleQuoted, ...tags],
  doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
  lineWidth: 0,
  aliasDuplicateObjects: false,
} as const satisfies DocumentOptions & SchemaOptions & ParseOptions & CreateNodeOptions & ToStringOptions;
