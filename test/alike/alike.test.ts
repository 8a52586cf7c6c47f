import { Alike } from '../../lib/alike/alike';
import { NotAlike } from '../../lib/alike/shape';

/** What a service with these words is rendered to; `render` may depend on more than where they stand. */
type Render = (word: string, other?: string) => string;
const plain: Render = (word) => `kind: Service\nname: ${word}-canary\n`;

function learned(words: readonly string[], render: Render = plain): Alike {
  const alike = new Alike();
  for (const word of words) alike.learn(likeness(word), { texts: [render(word)], hashes: [] });
  return alike;
}

const likeness = (...words: string[]) => ({ shape: 'one', words });
const told = (alike: Alike, ...words: string[]) => alike.textsOf(likeness(...words))?.[0];

test('two are rendered, the third is told', () => {
  expect(told(learned(['shop']), 'mail')).toBeUndefined();
  expect(told(learned(['shop', 'cart']), 'mail')).toBe(plain('mail'));
});

test('shapes are apart', () => {
  expect(learned(['shop', 'cart']).textsOf({ shape: 'another', words: ['mail'] })).toBeUndefined();
});

test('what was not seen to vary is rendered, and then known to', () => {
  const alike = learned(['shop-1', 'shop-2']);
  expect([told(alike, 'shop-3'), told(alike, 'cart-3')]).toEqual([plain('shop-3'), undefined]);
  alike.learn(likeness('cart-3'), { texts: [plain('cart-3')], hashes: [] });
  expect(told(alike, 'mail-4')).toBe(plain('mail-4'));
});

test('another length is rendered, and then known to occur', () => {
  const alike = learned(['1.2.0', '3.4.5']);
  expect(told(alike, '1.20.0')).toBeUndefined();
  alike.learn(likeness('1.20.3'), { texts: [plain('1.20.3')], hashes: [] });
  expect(told(alike, '7.10.2')).toBe(plain('7.10.2'));
});

test('a length between two that are rendered is known to occur, if each of its characters was seen to vary', () => {
  const alike = learned(['1.0.0', '3.204.7']);
  expect(told(alike, '2.31.8')).toBe(plain('2.31.8'));
  expect([told(alike, '1.0'), told(alike, '1.1000.0'), told(learned(['1.0.0', '1.000.0']), '1.10.0')]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

test('a word that was the same in both is found when it differs', () => {
  const both: Render = (word, other = '') => `${word} calls ${other}`;
  const alike = new Alike();
  const learn = (word: string, other: string) =>
    alike.learn(likeness(word, other), { texts: [both(word, other)], hashes: [] });
  learn('shop', 'mail');
  learn('cart', 'mail');
  expect([told(alike, 'menu', 'mail'), told(alike, 'menu', 'auth')]).toEqual([both('menu', 'mail'), undefined]);
  learn('blog', 'auth');
  expect(told(alike, 'menu', 'auth')).toBe(both('menu', 'auth'));
});

test.each(['name', 'kind', 'canary', 'a'])('a service called "%s", which stands in the text, is rendered', (word) => {
  const alike = learned([word, 'cart'].map((one) => one.replace(word, 'x'.repeat(word.length))));
  for (const one of ['yyyyyy', 'zzzz', 'q', 'vvvv']) alike.learn(likeness(one), { texts: [plain(one)], hashes: [] });
  expect(told(alike, word)).toBeUndefined();
});

test('what depends on more than the place of a word is found at the next that is rendered', () => {
  const truncated: Render = (word) => `name: ${word}\nshort: ${word.slice(0, 2)}\n`;
  const alike = learned(['shop-1', 'shop-2'], truncated);
  expect(told(alike, 'shop-3')).toBe(truncated('shop-3'));
  expect(() => alike.learn(likeness('cart-3'), { texts: [truncated('cart-3')], hashes: [] })).toThrow(NotAlike);
});

test('services of one shape that never agree are rendered for ever', () => {
  const unlike: Render = (word) => `name: ${word} ${word.toUpperCase()}\n`;
  const words = ['shop', 'cart', 'mail', 'blog', 'menu', 'chat', 'news'];
  const alike = learned(words, unlike);
  for (const word of words) expect(told(alike, word)).toBeUndefined();
});

test('shapes that were not asked for go when there is much text in memory', () => {
  const alike = learned(['shop', 'cart']);
  const long: Render = (word) => `name: ${word} ${'x'.repeat(100_000)}`;
  const learn = (shape: string) => {
    for (const word of ['shop', 'cart']) alike.learn({ shape, words: [word] }, { texts: [long(word)], hashes: [] });
  };
  for (let i = 0; i < 150; i += 1) learn(`shape ${i}`);
  expect(told(alike, 'mail')).toBe(plain('mail'));
  for (let i = 0; i < 158; i += 1) learn(`shape ${i}`);
  expect(told(alike, 'mail')).toBe(plain('mail'));
  for (let i = 0; i < 200; i += 1) learn(`shape ${i}`);
  expect(told(alike, 'mail')).toBeUndefined();
  expect(alike.textsOf({ shape: 'shape 199', words: ['mail'] })).toEqual([long('mail')]);
});
