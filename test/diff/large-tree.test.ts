import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareSides } from '../../lib/diff/diff';
import { splitDocuments } from '../../lib/diff/input/documents';
import { readSides } from '../../lib/diff/input/read';
import type { Entry, Tree } from '../../lib/diff/input/tree';
import { inFolder } from '../lint/tools';
import { ACCESS } from './corpus/access';
import { ARGO } from './corpus/argo';
import { type Case, edited } from './corpus/case';
import { CONFIGURATION } from './corpus/configuration';
import { GATES } from './corpus/gates';
import {
  APPLICATION,
  AUTOSCALER,
  CONFIG,
  DEPLOYMENT,
  DESTINATION_RULE,
  ERRORS,
  ROLLOUT,
  SERVICE,
  VIRTUAL_SERVICE,
} from './corpus/manifests';
import { PODS } from './corpus/pods';
import { RELEASES } from './corpus/releases';
import { TRAFFIC } from './corpus/traffic';
import { verdictOf } from './tools';

type Files = Readonly<Record<string, string>>;

/** So many files that have nothing to do with anything, in a folder that is not small. */
const FILLERS = 100;

/** What is said of two trees, with so many other files in each; effects with their messages. */
function told(before: Files, after: Files, fillers: number): readonly string[] {
  return inFolder({ 'filler.yaml': CONFIG.replace('web-config', 'filler').replace(/web/g, 'other') }, (folder) => {
    const filler = join(folder, 'filler.yaml');
    const tree = (files: Files, side: string): Tree => {
      const entries = Object.entries(files).map(([path, text], i): Entry => {
        const file = join(folder, `${side}-${i}.yaml`);
        writeFileSync(file, text);
        return { path, file, bytes: Buffer.byteLength(text), id: undefined };
      });
      const others = Array.from({ length: fillers }, (_, i): Entry => {
        return { path: `all/filler-${i}.yaml`, file: filler, bytes: 0, id: undefined };
      });
      return {
        entries: new Map([...entries, ...others].map((entry) => [entry.path, entry])),
        single: false,
        faults: [],
      };
    };
    const compared = compareSides(readSides({ before: tree(before, 'before'), after: tree(after, 'after') }));
    const messages = compared.changes.flatMap(({ effects }) => effects.map(({ message }) => message));
    return [...verdictOf(compared), ...messages];
  });
}

/** The documents of two texts that differ, in a file, and those that do not, in files of their own in a large folder. */
function apart({ before, after }: Pick<Case, 'before' | 'after'>): readonly [Files, Files, number] {
  const [then, now] = [before, after].map((text) => splitDocuments(text).map((document) => document.text.trimEnd()));
  const same = (then ?? []).filter((text) => text.trim() !== '' && now?.includes(text));
  const files = Object.fromEntries(same.map((text, i) => [`all/same-${i}.yaml`, `${text}\n`]));
  const rest = (texts: readonly string[] = []) => texts.filter((text) => !same.includes(text)).join('\n---\n');
  return [{ ...files, 'changed.yaml': rest(then) }, { ...files, 'changed.yaml': rest(now) }, same.length];
}

const CASES: readonly Case[] = [...PODS, ...RELEASES, ...GATES, ...TRAFFIC, ...CONFIGURATION, ...ACCESS, ...ARGO];
const BESIDE = CASES.filter((one) => apart(one)[2] > 0);

test('enough cases have something beside what changes', () => expect(BESIDE.length).toBeGreaterThan(10));

test.each(BESIDE)('the same in a large tree: $name', (one) => {
  const [before, after] = apart(one);
  expect(told(before, after, FILLERS)).toEqual(told(before, after, 0));
});

const shifted = edited(VIRTUAL_SERVICE, ['weight: 100', 'weight: 80'], ['weight: 0', 'weight: 20']);
const named = (text: string, name: string): string => text.replace('\n  name: web\n', `\n  name: ${name}\n`);
const job = (service: string, phase: string): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: ${service}-${phase}-0a1b2c3d4e\n  namespace: shop\n  labels:\n    app: ${service}-migrate\nspec:\n  template:\n    spec: {}\n`;
const sql = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-sql\n  namespace: shop\n  labels:\n    app: web\ndata:\n  V2__x.sql: |\n    ${text}\n`;
const borrowing = ROLLOUT.replace(
  / {2}selector:[\s\S]*? {2}strategy:/,
  '  workloadRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: shop-pods\n  strategy:',
).replace(/ {2}template:[\s\S]*/, '');
const nested = edited(ERRORS, ['spec:\n', 'spec:\n  templates:\n    - templateName: slow\n']);
const slow = edited(
  ERRORS,
  ['\n  name: errors\n', '\n  name: slow\n'],
  ['count: 10', 'count: 50'],
  ['- name: errors', '- name: slow'],
);
const settings = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-cm\n  namespace: argocd\ndata:\n  resource.customizations.ignoreDifferences.all: |\n    jsonPointers:\n      - /spec/http\n`;
const asJson = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' } },
});

/** What rules look for at a distance: what changes, from what to what, and which effect the unchanged file makes. */
test.each<readonly [string, string, string, Files, string]>([
  [
    'the only Application of a namespace, of another name',
    VIRTUAL_SERVICE,
    shifted,
    { 'all/a.yaml': named(APPLICATION, 'shop') },
    'DIF191',
  ],
  [
    'one of two Applications, of which none is called like it',
    VIRTUAL_SERVICE,
    shifted,
    {
      'all/a.yaml': named(APPLICATION, 'shop').replace('dist/web', 'dist/shop'),
      'all/b.yaml': named(APPLICATION, 'pay').replace('dist/web', 'dist/pay'),
    },
    'DIF084',
  ],
  ['the settings of Argo CD', VIRTUAL_SERVICE, shifted, { 'all/a.yaml': settings }, 'DIF191'],
  ['the Rollout that drives a route', VIRTUAL_SERVICE, shifted, { 'all/a.yaml': ROLLOUT }, 'is driven by Rollout/web'],
  [
    'a subset that a Rollout uses',
    DESTINATION_RULE,
    edited(DESTINATION_RULE, ['    - name: canary\n      labels:\n        app: web\n', '']),
    { 'all/a.yaml': ROLLOUT },
    'DIF071',
  ],
  [
    'the templates of a Rollout, and those that they name',
    ROLLOUT,
    edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']),
    { 'all/a.yaml': nested, 'all/b.yaml': slow },
    'about 30 min 26 s',
  ],
  [
    'a Rollout that takes its pods from a Deployment',
    named(DEPLOYMENT, 'shop-pods'),
    edited(named(DEPLOYMENT, 'shop-pods'), ['web:1.4.0', 'web:1.5.0']),
    { 'all/a.yaml': borrowing, 'all/b.yaml': ERRORS },
    'about 10 min 26 s',
  ],
  [
    'an autoscaler',
    ROLLOUT,
    edited(ROLLOUT, ['  replicas: 5\n', '']),
    {
      'all/a.yaml': AUTOSCALER.replaceAll('kind: Deployment', 'kind: Rollout').replace(
        'apps/v1',
        'argoproj.io/v1alpha1',
      ),
    },
    '',
  ],
  ['who names what goes', CONFIG, '', { 'all/a.yaml': DEPLOYMENT }, 'Deployment/web names it'],
  [
    'who names what goes, in JSON',
    DESTINATION_RULE,
    '',
    { 'all/a.yaml': asJson, 'all/b.yaml': ROLLOUT },
    'Rollout/web',
  ],
  [
    'parts of a migration of the same service',
    sql('SELECT 1;'),
    sql('DROP TABLE users;'),
    { 'all/a.yaml': job('web', 'expand') },
    '',
  ],
  [
    'parts of a migration of another service',
    sql('SELECT 1;'),
    sql('DROP TABLE users;'),
    { 'all/a.yaml': job('pay', 'expand') },
    'DIF151',
  ],
  [
    'that two folders are two environments, though nothing that changes is in both',
    DESTINATION_RULE,
    edited(DESTINATION_RULE, ['    - name: canary\n      labels:\n        app: web\n', '']),
    {
      'all/production/a.yaml': SERVICE,
      'all/staging/a.yaml': SERVICE,
      'all/staging/b.yaml': ROLLOUT,
      'all/production/changed.yaml': '',
    },
    '',
  ],
])('a large tree finds %s', (_, before, after, beside, expected) => {
  const place = Object.keys(beside).find((path) => path.endsWith('changed.yaml')) ?? 'changed.yaml';
  const [then, now] = [before, after].map((text): Files => ({ ...beside, [place]: text }));
  const small = told(then ?? {}, now ?? {}, 0);
  expect(small.join('\n')).toContain(expected);
  expect(told(then ?? {}, now ?? {}, FILLERS)).toEqual(small);
});

test('a name is a word, and no part of one', () => {
  const beside = {
    'all/a.yaml': named(ROLLOUT, 'web').replaceAll('name: web', 'name: web-2').replaceAll('app: web', 'app: web-2'),
  };
  const one = { ...beside, 'changed.yaml': VIRTUAL_SERVICE };
  const other = { ...beside, 'changed.yaml': shifted };
  expect(told(one, other, FILLERS)).toEqual(told(one, other, 0));
  expect(told(one, other, FILLERS).join()).not.toContain('is driven by');
});
