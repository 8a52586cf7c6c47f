import fc from 'fast-check';
import { type Expr, ExprFault } from '../../../lib/manifest/expr/ast';
import { type Answer, answerOf } from '../../../lib/manifest/expr/evaluate';
import { unknownNames } from '../../../lib/manifest/expr/names';
import { parseExpr } from '../../../lib/manifest/expr/parser';
import answers from './answers.json';

/** The measurements of answers.json, which the Go engine gave (test/tools/expr/main.go says how). */
const RESULTS = [[], [Number.NaN], [0], [0.5], [99, 1], 0.5, Number.NaN];

function parsed(text: string): Expr | undefined {
  try {
    const expr = parseExpr(text);
    return unknownNames(expr).length === 0 ? expr : undefined;
  } catch (error) {
    if (error instanceof ExprFault) return undefined;
    throw error;
  }
}

const told = (text: string): readonly (Answer | 'refused')[] => {
  const expr = parsed(text);
  return RESULTS.map((result) => (expr === undefined ? 'refused' : answerOf(expr, result)));
};

/** What the compiler of Go refuses for the types of one measurement is an error here: both count as an Error. */
const asError = (answer: string): string => (answer === 'refused' ? 'error' : answer);

const cases = Object.entries(answers).map(([condition, row]) => [condition, row.split(' ')] as const);

describe('the engine of Argo Rollouts says the same of', () => {
  test.each(cases)('%j', (condition, expected) => {
    const ours = told(condition);
    const known = ours.map((answer, i) => (answer === 'unknown' ? (expected[i] ?? '') : answer));
    expect(known.map(asError)).toEqual(expected.map(asError));
  });
});

test('few answers are left open', () => {
  const open = cases.filter(([condition]) => told(condition).includes('unknown'));
  expect(open.length).toBeLessThan(cases.length / 10);
});

test('whatever is refused as syntax is refused by the engine, for every measurement', () => {
  const wrong = cases.filter(
    ([condition, row]) => parsed(condition) === undefined && row.some((one) => one !== 'refused'),
  );
  expect(wrong.map(([condition]) => condition)).toEqual([]);
});

test.each<[string, number, RegExp]>([
  ['result[0] >= 0.95 &&', 20, /ends too early/],
  ['result[0] > > 1', 12, /unexpected ">"/],
  ['(result[0] > 1', 14, /ends too early/],
  ["'abc", 0, /does not end/],
  ['result[0] => 1', 10, /unexpected/],
])('%j is refused at %d', (text, at, message) => {
  expect(() => parseExpr(text)).toThrow(message);
  try {
    parseExpr(text);
  } catch (error) {
    expect(error instanceof ExprFault && error.at).toBe(at);
  }
});

test('no text makes the parser fail in another way, or run for long', () => {
  const pieces = 'result[0] ( ) { } [ ] # . ?. ?? ? : ; , let not in .. ** && || 1 1. "a" \' // /* */ 0x é 😀 \\'.split(
    ' ',
  );
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(fc.oneof(soup, fc.string()), (one) => void told(one)),
    { numRuns: 2000 },
  );
  expect(parsed(`${'('.repeat(100_000)}1`)).toBeUndefined();
  expect(parsed(`${'!'.repeat(100_000)}true`)).toBeUndefined();
});
