import { hashed } from '../../lib/alike/content-hash';
import { filledIn, patternOf, type Sample, standsIn } from '../../lib/alike/pattern';

/** A service that is rendered to these texts; every content that a text wants the hash of is listed before. */
const sample = (words: readonly string[], texts: readonly string[], contents: readonly string[] = []): Sample => ({
  words,
  texts,
  hashes: contents.map(hashed),
});

const shop = sample(['shop', '1.2.0'], ['name: shop-canary\nimage: r/shop:1.2.0\n']);
const cart = sample(['cart', '1.10.0'], ['name: cart-canary\nimage: r/cart:1.10.0\n']);

function filled(one: Sample, other: Sample, words: readonly string[]) {
  const pattern = patternOf(one, other);
  return pattern && filledIn(pattern, words);
}

test('the words of a third stand where those of two stood', () => {
  expect(filled(shop, cart, ['mail', '2.0.0'])).toEqual(['name: mail-canary\nimage: r/mail:2.0.0\n']);
});

test('what both have is text, also where it is a word of one of them', () => {
  const [one, other] = [sample(['api'], ['apiVersion: v1\nname: api']), sample(['web'], ['apiVersion: v1\nname: web'])];
  expect(filled(one, other, ['log'])).toEqual(['apiVersion: v1\nname: log']);
});

test('a word that is the same in both is text', () => {
  const [one, other] = [sample(['shop', 'mail'], ['shop calls mail']), sample(['cart', 'mail'], ['cart calls mail'])];
  expect(patternOf(one, other)).toMatchObject({ texts: [{ gaps: [0] }] });
});

test('what stands between the words is known, also in the middle of something longer', () => {
  const texts = (word: string) => [`${word}: web-canary\nb: 1.2.0-rc web-canary/x-ray\n`];
  const pattern = patternOf(sample(['shop'], texts('shop')), sample(['cart'], texts('cart')));
  const has = (word: string) => pattern && standsIn(pattern.between, word);
  for (const word of ['web', 'canary', 'web-canary', 'b', '1.2.0', 'rc', 'x-ray', 'ray'])
    expect([word, has(word)]).toEqual([word, true]);
  for (const word of ['shop', 'canaryx', 'canary-b', 'web-canary-x', 'z'.repeat(100)])
    expect([word, has(word)]).toEqual([word, false]);
});

test.each<[string, Sample]>([
  ['another text', sample(['cart', '1.10.0'], ['name: cart-stable\nimage: r/cart:1.10.0\n'])],
  ['more of it', sample(['cart', '1.10.0'], ['name: cart-canary\nimage: r/cart:1.10.0\n# \n'])],
  ['another order', sample(['cart', '1.10.0'], ['image: r/cart:1.10.0\nname: cart-canary\n'])],
  ['one more text', sample(['cart', '1.10.0'], [...cart.texts, 'x'])],
  ['a word in upper case', sample(['cart', '1.10.0'], ['name: CART-canary\nimage: r/cart:1.10.0\n'])],
  ['one more hash', sample(['cart', '1.10.0'], cart.texts, ['cart'])],
])('no pattern where the other has %s', (_, other) => expect(patternOf(shop, other)).toBeUndefined());

describe('hashes of contents with words in them', () => {
  const withHash = (word: string): Sample => {
    const config = hashed(`{"URL":"${word}:80"}`);
    const job = hashed(`["${config.hash}","${word}"]`);
    return { words: [word], hashes: [config, job], texts: [`${word}-${config.hash}: ${word}-${job.hash}`] };
  };

  test('are taken anew, also of contents with hashes in them', () => {
    expect(filled(withHash('shop'), withHash('cart'), ['mail'])).toEqual(withHash('mail').texts);
  });

  test('a hash that nobody recorded leaves no pattern', () => {
    const [one, other] = [withHash('shop'), withHash('cart')];
    expect(patternOf({ ...one, hashes: [] }, { ...other, hashes: [] })).toBeUndefined();
  });
});

describe('a hash that stands alone', () => {
  /** As YAML has it: a text that could be read as a number in quotes. */
  const alone = (word: string): Sample => {
    const { text, hash } = hashed(word);
    return {
      words: [word],
      hashes: [{ text, hash }],
      texts: [`hash: ${/^\d*e?\d+$/.test(hash) ? `"${hash}"` : hash}\n`],
    };
  };
  const numbers = Array.from({ length: 5000 }, (_, i) => `w${String(i).padStart(4, '0')}`).filter((word) =>
    /^\d*e?\d+$/.test(hashed(word).hash),
  );
  const [number = '', another = ''] = numbers;

  test('is not filled in where it looks like a number', () => {
    expect(filled(alone('shop'), alone('cart'), ['mail'])).toEqual(alone('mail').texts);
    expect(filled(alone('shop'), alone('cart'), [number])).toBeUndefined();
  });

  test('gives no pattern where it does in one of the two, or in both', () => {
    expect(numbers.length).toBeGreaterThan(20);
    expect(patternOf(alone('shop'), alone(number))).toBeUndefined();
    expect(patternOf(alone(number), alone(another))).toBeUndefined();
  });

  test('is filled in where something stands beside it', () => {
    const beside = (word: string): Sample => ({ ...alone(word), texts: [`name: x-${hashed(word).hash}\n`] });
    expect(filled(beside('shop'), beside(number), [another])).toEqual(beside(another).texts);
  });
});
