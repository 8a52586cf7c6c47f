/** The functions that take a closure, with the number of what they take. */
export const PREDICATES: ReadonlySet<string> = new Set([
  ...['all', 'none', 'any', 'one', 'filter', 'map', 'count', 'find', 'findIndex', 'findLast', 'findLastIndex'],
  ...['groupBy', 'reduce'],
]);

/** The other functions of expr 1.15. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...['len', 'type', 'abs', 'ceil', 'floor', 'round', 'int', 'float', 'string', 'trim', 'trimPrefix', 'trimSuffix'],
  ...['upper', 'lower', 'split', 'splitAfter', 'replace', 'repeat', 'join', 'indexOf', 'lastIndexOf', 'hasPrefix'],
  ...['hasSuffix', 'max', 'min', 'sum', 'mean', 'median', 'toJSON', 'fromJSON', 'toBase64', 'fromBase64', 'now'],
  ...['duration', 'date', 'first', 'last', 'get', 'take', 'keys', 'values', 'toPairs', 'fromPairs', 'sort', 'sortBy'],
]);

/** What Argo Rollouts adds for conditions: the measurement, and functions (utils/evaluate/evaluate.go). */
export const ENVIRONMENT: ReadonlySet<string> = new Set([
  ...['result', 'asInt', 'asFloat', 'isNaN', 'isInf', 'isNil', 'default'],
]);
