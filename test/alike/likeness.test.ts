import { type Likeness, likenessOf, type Said } from '../../lib/alike/likeness';
import { Names } from '../../lib/alike/names';

const NAMES = ['shop', 'cart', 'mail', 'blog', 'web-shop', 'web-cart', 'checkout', 'n'];

/** The likeness of a service of which this is said. */
function of(key: string, settings: object, more: Partial<Said> & { readonly files?: readonly string[] } = {}) {
  const { files = [], version = '1.2.0', order = '' } = more;
  const values = [settings];
  return likenessOf({ key, version, values, text: JSON.stringify(values), order }, new Names(NAMES), files);
}

const shapeOf = (one: Likeness | undefined) => one?.shape ?? 'none';

test('the words are the key, what its version is made of, its identifier, and who it speaks of', () => {
  const digest = '0123456789abcdef'.repeat(4);
  const config = { URL: 'http://mail:80', HOST: 'web-shop.example.com', TABLE: 'web_shop' };
  expect(of('web-shop', { config }, { version: `1.2.0@sha256:${digest}` })?.words).toEqual([
    'web-shop',
    '1.2.0',
    digest,
    'web_shop',
    'mail',
  ]);
});

test.each<[string, Likeness | undefined, Likeness | undefined]>([
  ['in their keys', of('shop', { replicas: 3 }), of('cart', { replicas: 3 })],
  [
    'in where their keys stand',
    of('shop', { routing: { hosts: ['shop.example.com', 'www.shop.example.com'] } }),
    of('cart', { routing: { hosts: ['cart.example.com', 'www.cart.example.com'] } }),
  ],
  ['in a callee whose name contains theirs', of('shop', { a: 'web-shop' }), of('cart', { a: 'web-cart' })],
  ['in whom they call', of('shop', { config: { A: 'http://mail' } }), of('cart', { config: { A: 'http://blog' } })],
  ['in their versions', of('shop', {}, { version: '1.2.0' }), of('cart', {}, { version: '10.20.30' })],
  ['in commits', of('shop', {}, { version: 'a1b2c3d' }), of('cart', {}, { version: 'd000000' })],
  [
    'in the tables of their migrations',
    of('web-shop', {}, { files: ['V1__a.sql', 'CREATE TABLE web_shop ();'] }),
    of('web-cart', {}, { files: ['V1__a.sql', 'CREATE TABLE web_cart ();'] }),
  ],
])('alike are services that differ %s', (_, one, other) => {
  expect(one).toBeDefined();
  expect(one?.shape).toBe(other?.shape);
  expect(one?.words).not.toEqual(other?.words);
});

test.each<[string, Likeness | undefined, Likeness | undefined]>([
  ['a setting', of('shop', { replicas: 3 }), of('cart', { replicas: 4 })],
  ['a text', of('shop', { config: { A: 'x' } }), of('cart', { config: { A: 'y' } })],
  ['the name of a field', of('shop', { config: { A: 'x' } }), of('cart', { config: { B: 'x' } })],
  ['the length of their keys', of('shop', {}), of('checkout', {})],
  ['a callee that is none', of('shop', { config: { A: 'mail' } }), of('cart', { config: { A: 'post' } })],
  ['whether their keys are identifiers as they are', of('web-a', {}), of('web0a', {})],
  ['the sort of their versions', of('shop', {}, { version: '1.2.0' }), of('cart', {}, { version: 'v1.2.0' })],
  ['versions of no sort', of('shop', {}, { version: 'main-1' }), of('cart', {}, { version: 'main-2' })],
  ['versions that may be numbers', of('shop', {}, { version: '1.2' }), of('cart', {}, { version: '1.3' })],
  ['which releases are behind them', of('shop', {}, { order: '1' }), of('cart', {}, { order: '-1' })],
  ['their migrations', of('shop', {}, { files: ['V1__a.sql', 'x'] }), of('cart', {}, { files: ['V1__a.sql', 'y'] })],
  [
    'how a list is sorted with their keys in it',
    of('shop', { routing: { hosts: ['shop.example.com', 'mmm.example.com'] } }),
    of('cart', { routing: { hosts: ['cart.example.com', 'mmm.example.com'] } }),
  ],
  [
    'how they are sorted among those whom they speak of',
    of('shop', { config: { A: 'mail' } }),
    of('cart', { config: { A: 'mail' } }),
  ],
  [
    'a table that is named after a key of one word, which SQL may know',
    of('shop', {}, { files: ['V1__a.sql', 'CREATE TABLE shop ();'] }),
    of('cart', {}, { files: ['V1__a.sql', 'CREATE TABLE cart ();'] }),
  ],
])('unlike are services that differ in %s', (_, one, other) => {
  expect(shapeOf(one)).not.toBe(shapeOf(other));
});

test.each<[string, Likeness | undefined]>([
  ['a name that YAML reads as something else', of('n', {})],
  ['a callee with such a name', of('shop', { config: { A: 'http://n:80' } })],
  ['a field whose name is the service’s', of('shop', { config: { shop: 'x' } })],
  ['a callee whose name is a part of its own', of('web-shop', { config: { A: 'shop' } })],
  ['more to say than a megabyte', of('shop', { config: { A: 'x'.repeat(1_000_001) } })],
  ['a migration with the mark that gaps have', of('shop', {}, { files: ['V1__a.sql', '\u0001'] })],
])('like no other is a service with %s', (_, one) => expect(one).toBeUndefined());

test('a text that looks like a list does not hide one', () => {
  const lists = (key: string) => of(key, { a: 'foo["', hosts: [`${key}.example.com`, 'mmm.example.com', '"],[x'] });
  expect(shapeOf(lists('shop'))).not.toBe(shapeOf(lists('cart')));
  const sorted = (key: string) => of(key, { a: 'foo["', hosts: [`${key}.example.com`, 'aaa.example.com', '"],[x'] });
  expect(shapeOf(sorted('shop'))).toBe(shapeOf(sorted('cart')));
});

test('what is said at length is read through once', () => {
  const long = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`V${i}`, 'a'.repeat(60_000)]));
  const quotes = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`Q${i}`, 'a"['.repeat(20_000)]));
  const lists = Array.from({ length: 300 }, (_, i) => [`a${i}`, 'a'.repeat(300), '["', i]);
  const before = process.cpuUsage();
  of('a', { config: long });
  of('a', { config: quotes });
  of('a', { lists, flat: lists.flat().map(String) });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(2);
});

test('who speaks of many is like no other', () => {
  const names = Array.from({ length: 2000 }, (_, i) => `other-${1000 + i}`);
  const said = (services: readonly string[]) => ({
    key: 'shop',
    version: '1.2.0',
    order: '',
    values: [services],
    text: JSON.stringify([services]),
  });
  expect(likenessOf(said(names), new Names(names), [])).toBeUndefined();
  expect(likenessOf(said(names.slice(0, 20)), new Names(names), [])).toBeDefined();
});
