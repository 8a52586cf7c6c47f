import { type Likeness, likenessOf, type Said } from '../../lib/alike/likeness';
import { Names } from '../../lib/alike/names';
import { Twins } from '../../lib/alike/twins';

const NAMES = new Names(['shop', 'cart', 'mail', 'blog', 'mail-x', 'web-shop', 'web-cart', 'host']);

interface Case {
  readonly key: string;
  readonly settings: object;
  readonly version?: string;
  readonly order?: string;
  readonly shared?: string;
  readonly files?: readonly string[];
}

const said = ({ key, settings, version = '1.2.0', order = '' }: Case): Said => ({
  key,
  version,
  order,
  values: [settings],
  text: JSON.stringify([settings]),
});

/** What is found by comparison with one service, and how often it had to be found out. */
function beside(one: Case, other: Case): { readonly found: Likeness | undefined; readonly worked: number } {
  const twins = new Twins();
  let worked = 0;
  const likeness = (given: Case) => {
    const { shared = '', files = [] } = given;
    const texts = () => {
      worked += 1;
      return files;
    };
    return twins.likenessOf(said(given), NAMES, { shared, folder: files.join(), texts });
  };
  likeness(one);
  worked = 0;
  return { found: likeness(other), worked };
}

const plain = ({ shape, words }: Likeness) => ({ shape, words });

const url = (key: string, to: string): Case => ({
  key,
  settings: { config: { URL: `http://${to}:80`, OWN: `${key}.example` } },
});

test.each<[string, Case, Case]>([
  ['their keys', url('shop', 'mail'), url('cart', 'blog')],
  ['their versions', url('shop', 'mail'), { ...url('shop', 'mail'), version: '10.0.1' }],
  ['identifiers', url('web-shop', 'mail'), { key: 'web-cart', settings: url('web-cart', 'blog').settings }],
  [
    'migrations that do not name them',
    { ...url('web-shop', 'mail'), files: ['V1__a.sql', 'SELECT 1'] },
    { ...url('web-cart', 'mail'), files: ['V1__a.sql', 'SELECT 1'] },
  ],
])('services that differ in %s are recognised', (_, one, other) => {
  const { found, worked } = beside(one, other);
  expect([found, worked]).toEqual([plain(likenessOf(said(other), NAMES, ['', ...(other.files ?? [])]) as Likeness), 0]);
});

test.each<[string, Case, Case]>([
  ['whose key stands in what all say', url('shop', 'mail'), url('http', 'mail')],
  ['whose key is a part of what all say', url('mail', 'blog'), url('exam', 'blog')],
  [
    'whose key stands across a word and what follows it',
    { key: 'shop', settings: { a: 'mailx' } },
    { key: 'ailx', settings: { a: 'mailx' } },
  ],
  ['that speaks of nobody', url('shop', 'mail'), url('cart', 'post')],
  ['that speaks of somebody with a longer name', url('shop', 'mail'), url('cart', 'mail-x')],
  ['that says more', url('shop', 'mail'), { key: 'cart', settings: { config: { URL: 'http://mail:80' }, more: 1 } }],
  ['that says less', { key: 'cart', settings: { a: 'cart', b: 1 } }, { key: 'shop', settings: { a: 'shop' } }],
  ['of another sort of version', url('shop', 'mail'), { ...url('cart', 'mail'), version: 'v1.2.0' }],
  ['that stands otherwise to its releases', url('shop', 'mail'), { ...url('cart', 'mail'), order: '1' }],
  ['of another release', url('shop', 'mail'), { ...url('cart', 'mail'), shared: 'other' }],
  ['with other migrations', url('shop', 'mail'), { ...url('cart', 'mail'), files: ['V1__a.sql', 'SELECT 1'] }],
  [
    'that sorts a list otherwise',
    { key: 'shop', settings: { hosts: ['shop.a', 'm.a'] } },
    { key: 'cart', settings: { hosts: ['cart.a', 'm.a'] } },
  ],
  ['that is sorted otherwise among the others', url('shop', 'mail'), url('blog', 'mail')],
  [
    'that its migrations name',
    { ...url('web-shop', 'mail'), files: ['web_cart'] },
    { ...url('web-cart', 'mail'), files: ['web_cart'] },
  ],
  [
    'that is like one that its migrations name',
    { ...url('web-shop', 'mail'), files: ['web_shop'] },
    { ...url('web-cart', 'mail'), files: ['web_shop'] },
  ],
  ['that has no dash in its key', url('web-shop', 'mail'), url('webxshop', 'mail')],
])('a service %s is looked at by itself', (_, one, other) => {
  const { found, worked } = beside(one, other);
  const own = likenessOf(said(other), NAMES, [other.shared ?? '', ...(other.files ?? [])]);
  expect([found, worked > 0]).toEqual([own && plain(own), true]);
});

test('a name that YAML reads as something else is no word, whoever it is like', () =>
  expect(beside(url('x', 'mail'), url('n', 'mail')).found).toBeUndefined());

test('a field with the name of a service is found beside a service that has none', () => {
  const one = (key: string): Case => ({ key, settings: { config: { cart: key } } });
  expect([beside(one('blog'), one('shop')).worked, beside(one('blog'), one('cart')).found]).toEqual([0, undefined]);
});

test('many shapes are known at once, and the last one that was met is tried first', () => {
  const twins = new Twins();
  let worked = 0;
  const meet = (key: string, replicas: number) =>
    twins.likenessOf(said({ key, settings: { replicas } }), NAMES, {
      shared: '',
      folder: '',
      texts: () => {
        worked += 1;
        return [];
      },
    });
  for (let i = 0; i < 40; i += 1) meet('shop', i);
  worked = 0;
  for (let i = 0; i < 40; i += 1) meet('cart', i);
  expect(worked).toBe(0);
  meet('shop', 40);
  worked = 0;
  meet('shop', 39);
  expect(worked).toBe(0);
  meet('shop', 0);
  expect(worked).toBeGreaterThan(0);
});
