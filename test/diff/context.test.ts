import { compareSides } from '../../lib/diff/diff';
import { readSides } from '../../lib/diff/input/read';
import { openSides } from '../../lib/diff/input/sides';
import { inFolder } from '../lint/tools';
import { edited } from './corpus/case';
import { CONFIG, DESTINATION_RULE, ROLLOUT, SERVICE } from './corpus/manifests';
import { verdictOf } from './tools';

type Files = Readonly<Record<string, string>>;

function compare(before: Files, after: Files): readonly string[] {
  const side = (name: string, files: Files) =>
    Object.entries(files).map(([file, text]) => [`${name}/${file}`, text] as const);
  return inFolder(Object.fromEntries([...side('old', before), ...side('new', after)]), (folder) => {
    const sides = openSides(`${folder}/old`, `${folder}/new`);
    if (!('before' in sides)) throw new Error('the folders are there');
    const compared = compareSides(readSides(sides));
    expect(compared.faults).toEqual([]);
    return verdictOf(compared);
  });
}

/** So many files that nobody asks for. */
const many = (folder: string): Files =>
  Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`${folder}/other-${i}.yaml`, CONFIG.replace('web-config', `config-${i}`)]),
  );

const withoutCanary = edited(DESTINATION_RULE, ['    - name: canary\n      labels:\n        app: web\n', '']);
const DROPPED = 'changed DestinationRule/web: error DIF071 spec.subsets[name=canary]';

test('what refers to an object is found in another file, in a small tree and beside it in a large one', () => {
  const files = { 'web/rollout.yaml': ROLLOUT, 'web/rule.yaml': DESTINATION_RULE };
  const changed = { ...files, 'web/rule.yaml': withoutCanary };
  expect(compare(files, changed)).toEqual([DROPPED]);
  expect(compare({ ...files, ...many('others') }, { ...changed, ...many('others') })).toEqual([DROPPED]);
});

test('the same names in two folders are two environments', () => {
  const files = {
    'staging/web.yaml': ROLLOUT,
    'staging/rule.yaml': DESTINATION_RULE,
    'production/web.yaml': SERVICE,
    'production/rule.yaml': DESTINATION_RULE,
  };
  // Nobody in production uses the subset.
  expect(compare(files, { ...files, 'production/rule.yaml': withoutCanary })).toEqual([
    'changed DestinationRule/web: info DIF180 spec.subsets[name=canary]',
  ]);
  expect(compare(files, { ...files, 'staging/rule.yaml': withoutCanary })).toEqual([DROPPED]);
});

test('an object that moves to another file is the same', () => {
  expect(compare({ 'a/web.yaml': SERVICE }, { 'b/web.yaml': SERVICE })).toEqual([
    'moved Service/web: info DIF190 (root)',
  ]);
  expect(compare({ 'a.yaml': SERVICE }, { 'b.yaml': edited(SERVICE, ['    app: web', '    app: shop']) })).toEqual([
    'changed Service/web: warning DIF083 spec.selector.app',
  ]);
});

test('long lists and hostile names take no time', () => {
  const list = (from: number, length: number) => Array.from({ length }, (_, i) => `    - item-${from + i}`).join('\n');
  const text = (items: string) =>
    `apiVersion: example.org/v1\nkind: Thing\nmetadata:\n  name: x\nspec:\n  list:\n${items}\n`;
  const began = performance.now();
  expect(compare({ 'a.yaml': text(list(0, 20_000)) }, { 'a.yaml': text(list(10_000, 20_000)) })).toEqual([
    'changed Thing/x: info DIF180 spec.list[0]',
  ]);
  const renamed = (prefix: string) =>
    Object.fromEntries(
      Array.from({ length: 800 }, (_, i) => [`${prefix}/${i}.yaml`, CONFIG.replace('web-config', `${prefix}-${i}`)]),
    );
  expect(compare(renamed('old'), renamed('new'))).toHaveLength(800);
  expect(performance.now() - began).toBeLessThan(60_000);
});
