/** What Go's regular expressions have and ECMAScript's have not, apart from the one flag that is translated below. */
const GO_ONLY = /\(\?[a-zA-Z-]+[:)]|\(\?P<|\\[AzQEC]|\[\[:/;
const IGNORE_CASE = '(?i)';

/**
 * A pattern of a definition, which is written for Go, as ECMAScript reads it. A construct that it would read otherwise is an
 * error: a pattern that silently means something else is worse than none.
 */
export function ecmaPattern(pattern: string, place: string): string {
  const translated = pattern.includes(IGNORE_CASE) ? ignoringCase(pattern.replace(IGNORE_CASE, '')) : pattern;
  if (GO_ONLY.test(translated))
    throw new Error(`${place}: pattern ${pattern}: translate it in imports/tools/patterns.ts`);
  new RegExp(translated, 'u');
  return translated;
}

/** Each letter in both cases; a pattern with a class or an escape of letters is left to a person. */
function ignoringCase(pattern: string): string {
  if (/\\[a-zA-Z]|\[/.test(pattern)) throw new Error(`pattern ${pattern}: (?i) with classes is not translated`);
  return pattern.replace(/[a-zA-Z]/g, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
