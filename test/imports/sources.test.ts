import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { KINDS, type KindList } from '../../imports/tools/kinds';
import { readSources } from '../../imports/tools/sources';

const CONFIG = 'imports: [k8s@1.0.0, "widgets:=https://example.com/v1.2.3/all.yaml"]';
const DEFINITIONS = JSON.stringify({ definitions: { Note: { type: 'object' } } });
const WIDGETS = 'kind: CustomResourceDefinition\nmetadata: { name: widgets.example.com }\n';
const LIST: KindList = {
  typedBuiltIns: [],
  custom: [
    { source: 'widgets', crd: 'widgets.example.com', apiVersion: 'example.com/v1', kind: 'Widget', typed: false },
  ],
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

test('a folder and the network give the same sources', async () => {
  writeFileSync(join(folder, 'v1.0.0-definitions.json'), DEFINITIONS);
  writeFileSync(join(folder, 'widgets.example.com.yaml'), WIDGETS);
  writeFileSync(join(folder, 'others.example.com.yaml'), 'not: [read');
  const local = await readSources(CONFIG, LIST, { crds: folder, kubernetes: folder });

  const asked: string[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (address) => {
    asked.push(String(address));
    return new Response(String(address).endsWith('.json') ? DEFINITIONS : `kind: Service\n---\n${WIDGETS}`);
  });
  expect(await readSources(CONFIG, LIST, undefined)).toEqual(local);
  expect(asked).toEqual([expect.stringContaining('/v1.0.0/_definitions.json'), 'https://example.com/v1.2.3/all.yaml']);
  expect([...local.crds.keys()]).toEqual(['widgets.example.com']);
});

test('an address that does not answer stops the import', async () => {
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response('', { status: 404, statusText: 'Not Found' }));
  await expect(readSources(CONFIG, LIST, undefined)).rejects.toThrow('_definitions.json: 404 Not Found');
});

test('definitions of another version than the pinned one are not taken', async () => {
  writeFileSync(join(folder, 'v1.1.0-definitions.json'), DEFINITIONS);
  await expect(readSources(CONFIG, LIST, { crds: folder, kubernetes: folder })).rejects.toThrow(
    'no definitions of v1.0.0',
  );
});

test('cdk8s.yaml pins a source with a version for every kind of the list, and no other', () => {
  const config: { readonly imports: readonly string[] } = parse(
    readFileSync(join(__dirname, '../../cdk8s.yaml'), 'utf8'),
  );
  const [kubernetes, ...named] = config.imports;
  expect(kubernetes).toMatch(/^k8s@\d+\.\d+\.\d+$/);
  const sources = named.map((spec) => spec.split(':='));
  expect(sources.map(([name]) => name).sort()).toEqual([...new Set(KINDS.custom.map(({ source }) => source))].sort());
  for (const [, address] of sources) expect(address).toMatch(/^https:\/\/.*\/v?\d+\.\d+\.\d+\/.*\.yaml$/);
});
