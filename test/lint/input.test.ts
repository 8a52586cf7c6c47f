import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lintManifests } from '../../lib/lint/lint';
import { readSources } from '../../lib/lint/sources';
import { brief, inFolder, lintText } from './tools';

const service = (name: string, spec = '{}') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec: ${spec}\n`;
const noStdin = (): Buffer => {
  throw new Error('nobody asked for it');
};
const bomb = [
  'a0: &a0 [1,1,1,1,1,1,1,1,1]',
  ...[1, 2, 3, 4, 5, 6].map((n) => `a${n}: &a${n} [${Array(9).fill(`*a${n - 1}`)}]`),
];

describe('what is given', () => {
  test.each<[string, string, readonly string[]]>([
    ['broken YAML', 'a: [1\nb: 2\n', ['LINT004 2:1']],
    ['a key that stands twice', `${service('x')}kind: Pod\n`, ['LINT005 6:1']],
    ['aliases that explode', bomb.join('\n'), ['LINT006 1:1']],
    ['a template', 'a: b\n{{- if .Values.x }}\nb: {{ .Values.y }}\n{{ end }}\n', ['LINT007 2:1']],
    ['an object without a name', 'apiVersion: v1\nkind: Service\nmetadata:\n  labels: {}\n', ['LINT008 3:1']],
    ['an object without a version', 'kind: Service\nmetadata: {name: x}\n', ['LINT008 1:1']],
    ['another YAML', 'a: 1\n', ['LINT009 1:1', 'LINT010 1:1']],
    ['nothing', '# nothing\n', ['LINT010 1:1']],
    ['a scalar', 'hello', ['LINT009 1:1', 'LINT010 1:1']],
    ['a kustomization', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n', ['LINT010 1:1']],
  ])('%s', (_, text, expected) => expect(lintText(text).map(brief)).toEqual(expected));

  test('nesting without end is told, not thrown', () => {
    const codes = lintText('['.repeat(50_000)).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.every((code) => code === 'LINT004' || code === 'LINT006')).toBe(true);
  });

  test('several documents, and lists, each with its own lines', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    metadata: {name: b}\n    spec:\n      prots: []\n';
    expect(lintText(`${service('a', '{prots: []}')}---\n${list}`).map(brief)).toEqual([
      'MAN001 5:8 Service/a spec.prots',
      'MAN001 14:7 Service/b spec.prots',
    ]);
  });

  test('JSON with tabs, CRLF and a byte order mark', () => {
    const json =
      '{\n\t"apiVersion": "v1",\n\t"kind": "Service",\n\t"metadata": {"name": "x"},\n\t"spec": {"prots": []}\n}';
    expect(lintText(json, 'a.json').map(brief)).toEqual(['MAN001 5:11 Service/x spec.prots']);
    expect(lintText(service('x', '\r\n  prots: []').replaceAll(/\r?\n/g, '\r\n')).map(brief)).toEqual([
      'MAN001 6:3 Service/x spec.prots',
    ]);
  });

  test('what YAML 1.1 reads as a boolean is one, and a date is none', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n  labels:\n    a: y\n  annotations:\n    b: 2001-01-01\n    c: 1:20\n    d: "on"\n';
    expect(lintText(text).map(brief)).toEqual(['MAN001 6:5 Service/x metadata.labels.a']);
  });

  test('aliases and merged maps lead to where the value is written', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n  labels: &l\n    a: "1"\n    b: 2\n  annotations:\n    <<: *l\n';
    expect(lintText(text).map(brief)).toEqual([
      'MAN001 7:5 Service/x metadata.annotations.b',
      'MAN001 7:5 Service/x metadata.labels.b',
    ]);
  });

  test('a kind without a schema is fine', () => {
    expect(lintText('apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\nspec: {a: 1}\n')).toEqual([]);
  });

  test('metadata of a wrong type is told by the schema, and does not disturb the rules', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: x, labels: [1], annotations: {a: 1}}\n';
    expect(lintText(text).map(({ code }) => code)).toEqual(['MAN001', 'MAN001']);
  });
});

describe('paths', () => {
  test('folders are read with everything below them, in order; other files are not', () => {
    inFolder(
      { 'b/y.yml': service('y'), 'a.yaml': service('a'), 'b/x.json': '{}', 'c.txt': '', '.git/z.yaml': '' },
      (folder) => {
        const { sources, findings } = readSources([folder], noStdin);
        expect(sources.map(({ file }) => file.slice(folder.length + 1))).toEqual(['a.yaml', 'b/x.json', 'b/y.yml']);
        expect(findings).toEqual([]);
      },
    );
  });

  test('a file is read once, and a circle of links ends', () => {
    inFolder({ 'a/x.yaml': service('x') }, (folder) => {
      symlinkSync(folder, join(folder, 'a/loop'));
      const { sources } = readSources([folder, join(folder, 'a/x.yaml')], noStdin);
      expect(sources).toHaveLength(1);
    });
  });

  test('what is not there, no text or too large is told', () => {
    const huge = Buffer.alloc(10 * 1024 * 1024 + 1, 32);
    inFolder(
      { 'binary.yaml': Buffer.from([0, 255]), 'latin1.yaml': Buffer.from([0xe9]), 'huge.yaml': huge },
      (folder) => {
        const { sources, findings } = readSources([join(folder, 'no'), folder], noStdin);
        expect(sources).toEqual([]);
        expect(findings.map(({ code }) => code)).toEqual(['LINT001', 'LINT002', 'LINT003', 'LINT002']);
      },
    );
  });

  test('- is the standard input', () => {
    const { sources } = readSources(['-'], () => Buffer.from(service('x')));
    expect(sources).toEqual([{ file: '<stdin>', text: service('x') }]);
  });
});

describe('what is released together', () => {
  const broken = service('x', '{prots: []}');

  test('the same name in two folders is two environments', () => {
    const sources = ['prod/x.yaml', 'staging/x.yaml'].map((file) => ({ file, text: service('x') }));
    expect(lintManifests(sources)).toEqual([]);
  });

  test('the same name twice in one folder is an error', () => {
    const sources = ['a/x.yaml', 'a/y.yaml'].map((file) => ({ file, text: service('x') }));
    expect(lintManifests(sources).map(({ code, file }) => [code, file])).toEqual([['MAN002', 'a/y.yaml']]);
  });

  test('what environments share is told once', () => {
    const sources = [
      { file: 'shared.yaml', text: broken.replace('name: x', 'name: z') },
      { file: 'prod/x.yaml', text: service('x') },
      { file: 'staging/x.yaml', text: service('x') },
    ];
    expect(lintManifests(sources).map(({ code, file }) => [code, file])).toEqual([['MAN001', 'shared.yaml']]);
  });

  test('a patch of a kustomization is no whole object', () => {
    const kustomization =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{path: p.yaml}]\n';
    const sources = [
      { file: 'o/kustomization.yaml', text: kustomization },
      { file: 'o/p.yaml', text: broken },
    ];
    expect(lintManifests(sources).map(({ code, file }) => [code, file])).toEqual([['LINT011', 'o/p.yaml']]);
  });
});

test('nothing that is given makes it throw', () => {
  const words = [
    'apiVersion: v1',
    'kind: Rollout',
    'kind: Service',
    'metadata:',
    '  name: x',
    '  annotations: 1',
    'spec:',
  ];
  const odd = [
    '  strategy: {canary: {steps: [1, null, {pause: 1}]}}',
    '  strategy: [',
    '---',
    '- a',
    '&a',
    '*a',
    '? b',
    '!!binary x',
    '\t',
    '{{ x }}',
    '<<: *a',
  ];
  const line = fc.oneof(fc.constantFrom(...words, ...odd), fc.string({ maxLength: 20 }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      for (const finding of lintText(lines.join('\n'))) expect(finding.line).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
