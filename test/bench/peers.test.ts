import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { differences, readObjects } from './equal';
import { writeFile } from './files';
import { helm } from './peers/helm';
import { jsonnet } from './peers/jsonnet';
import type { PeerInput } from './peers/peer';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cutover-bench-test-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const input: PeerInput = {
  equivalent: {
    shapes: {
      web: {
        derived: [],
        folders: new Map([
          [
            'bench/services',
            {
              kind: 'list',
              items: [
                {
                  kind: 'map',
                  entries: [
                    ['kind', { kind: 'constant', value: 'Rollout' }],
                    ['name', { kind: 'value', name: 'key', type: 'string' }],
                    ['replicas', { kind: 'value', name: 'replicas', type: 'number' }],
                    ['query', { kind: 'text', parts: [{ name: 'key' }, '-{{args.hash}}'] }],
                  ],
                },
              ],
            },
          ],
        ]),
      },
      api: { derived: [], folders: new Map() },
    },
    environment: new Map([['bench/platform/namespace', [{ kind: 'Namespace' }]]]),
  },
  services: [{ shape: 'web', values: { key: 'web-1', replicas: 3 } }],
};

test('a Helm template quotes texts, leaves numbers, and keeps the braces of others from Helm', () => {
  expect(helm.source(input).get('chart/templates/web.yaml')).toBe(
    [
      '{{- range $service := .Values.web }}',
      '---',
      'kind: Rollout',
      'name: {{ $service.key | quote }}',
      'replicas: {{ $service.replicas }}',
      'query: {{ $service.key }}-{{ "{{" }}args.hash}}',
      '{{- end }}',
      '',
    ].join('\n'),
  );
});

test('a Jsonnet program has a comprehension for each file of a service', () =>
  expect(jsonnet.source(input).get('program.jsonnet')).toContain(
    `+ { ['bench/services/' + s.key + '.yaml']: documents([{"kind": "Rollout", "name": s.key, "replicas": s.replicas, "query": s.key + "-{{args.hash}}"}]) for s in services.web }`,
  ));

describe('objects are compared', () => {
  const place = (name: string, text: string) => {
    writeFile(path.join(folder, name), text);
    return readObjects(path.join(folder, name));
  };
  const ours = place('ours/a/b.yaml', 'kind: A\nmetadata: { name: a }\nspec: { list: [1, 2] }\n---\nkind: B\n');

  test('across formats, files and orders', () => {
    const theirs = place('theirs.json', '[{"kind":"B"},{"spec":{"list":[1,2]},"kind":"A","metadata":{"name":"a"}}]');
    expect(differences(ours, theirs)).toEqual([]);
  });

  test('and the first difference is told by its path', () => {
    const theirs = place('wrong.yaml', 'kind: A\nmetadata: { name: a }\nspec: { list: [1, "2"] }\n---\nkind: C\n');
    expect(differences(ours, theirs)).toEqual([
      'is missing:  B  ',
      'is too many:  C  ',
      'differs:  A  a.spec.list.1: 2 is "2"',
    ]);
  });

  test('a twin counts', () => {
    const theirs = place(
      'twins.yaml',
      'kind: A\nmetadata: { name: a }\nspec: { list: [1, 2] }\n---\nkind: B\n---\nkind: B\n',
    );
    expect(differences(ours, theirs)).toHaveLength(1);
  });
});
