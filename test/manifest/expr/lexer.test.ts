import { ExprFault } from '../../../lib/manifest/expr/ast';
import { type Token, tokensOf } from '../../../lib/manifest/expr/lexer';
import answers from './answers.json';

/** The tokens without the end; undefined where the text has none. */
function written(text: string): readonly Token[] | undefined {
  try {
    return tokensOf(text).slice(0, -1);
  } catch (error) {
    if (error instanceof ExprFault) return undefined;
    throw error;
  }
}

test('letters beyond ASCII are letters, and brackets are none beside them', () => {
  const of = (text: string) => written(text)?.map(({ kind, value }) => `${kind} ${value}`);
  expect(of('größe1 > {Ж: [p]}')).toEqual([
    ...[
      'name größe1',
      'operator >',
      'bracket {',
      'name Ж',
      'operator :',
      'bracket [',
      'name p',
      'bracket ]',
      'bracket }',
    ],
  ]);
  expect([of('1ж'), of('1𝐀'), of('"ж" + 1')]).toEqual([undefined, undefined, ['string ж', 'operator +', 'number 1']]);
});

test('a remark beyond ASCII does not change what is before it', () => {
  for (const text of Object.keys(answers)) {
    // What a comment would end, or stand in.
    if (/["'/]/.test(text)) continue;
    expect([text, written(`${text} /* é */`)]).toEqual([text, written(text)]);
  }
});
