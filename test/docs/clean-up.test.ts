import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rendered as render, sampleScope } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';
import { blockOf, DOCUMENTS } from './markdown';
import { Sandbox } from './sandbox';

interface Item {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

const scripts =
  DOCUMENTS.find(({ path }) => path === 'docs/how-to/clean-up.md')
    ?.fences.filter((fence) => blockOf(fence)?.kind === 'commands')
    .map(({ text }) => text) ?? [];

/** The sample's backend in staging, as a cluster would give it. */
const rendered: readonly Item[] = render(sampleScope('backend', 'staging'));

const ofKind = (...kinds: readonly string[]) => rendered.filter(({ kind }) => kinds.includes(kind));
const retained = ofKind('ConfigMap', 'ExternalSecret').filter(
  ({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-options'] === 'Prune=false',
);
const renamed = (item: Item, name: string): Item => ({ ...item, metadata: { ...item.metadata, name } });

/** What `kubectl` answers: the first release's objects, now unused, beside those of the running one. */
const answers = (workloads: readonly Item[]) => ({
  'replicasets,rollouts': workloads,
  'configmaps,externalsecrets': [
    ...ofKind('ConfigMap', 'ExternalSecret'),
    ...retained.map((item) => renamed(item, `${item.metadata.name}-old`)),
  ],
});

/** A stand-in that answers `get` from a file and writes down what it is asked to delete. */
const KUBECTL = `#!/usr/bin/env node
const fs = require('node:fs');
const [verb, what] = process.argv.slice(2);
if (verb === 'get') process.stdout.write(JSON.stringify({ items: JSON.parse(fs.readFileSync('answers.json', 'utf8'))[what] }));
else fs.appendFileSync('asked.txt', process.argv.slice(2).join(' ') + '\\n');
`;

describeWith(['jq'].filter((name) => findCommand(name) === undefined))('the commands of clean-up.md', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox(mkdtempSync(join(tmpdir(), 'documents-')));
    mkdirSync(join(sandbox.root, 'bin'));
    writeFileSync(join(sandbox.root, 'bin/kubectl'), KUBECTL);
    chmodSync(join(sandbox.root, 'bin/kubectl'), 0o755);
  });
  afterEach(() => rmSync(sandbox.root, { recursive: true, force: true }));

  const run = (workloads: readonly Item[]) => {
    writeFileSync(join(sandbox.root, 'answers.json'), JSON.stringify(answers(workloads)));
    writeFileSync(join(sandbox.root, 'asked.txt'), '');
    const ran = sandbox.run(scripts.join('\n'), `${join(sandbox.root, 'bin')}:${process.env.PATH}`);
    return { ...ran, asked: readFileSync(join(sandbox.root, 'asked.txt'), 'utf8') };
  };

  test('there is something to keep', () => {
    expect(scripts).toHaveLength(2);
    expect(retained.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'ExternalSecret']);
  });

  test('list and delete what no Rollout or ReplicaSet names, and nothing else', () => {
    const old = retained.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}-old`);
    const { status, output, asked } = run(ofKind('Rollout'));
    expect(status).toBe(0);
    expect(output).toBe(old.map((name) => `${name}\n`).join(''));
    expect(asked).toBe(`delete -n tbyte ${old.join(' ')}\n`);
  });

  test('delete nothing when no workload is seen', () => {
    const { output, asked } = run([]);
    expect({ output, asked }).toEqual({ output: '', asked: '' });
  });
});
