import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as charts from '../../charts/render';
import { catalogFromText, openCatalog } from '../../lib/catalog/read';
import { type LintOptions, runLint } from '../../lib/cli/lint';
import * as linter from '../../lib/sql/linter';
import { ROOT } from '../tools/catalog';
import { lintCatalogText } from '../tools/lint';
import { inFolderAsync } from './tools';

async function run(args: readonly string[], catalog?: LintOptions['catalog']) {
  const told = { out: '', err: '' };
  const exit = await runLint({
    arguments: args,
    catalog: catalog ?? (() => openCatalog(join(ROOT, 'services.json'))),
    outputDirectory: 'dist',
    charts: () => charts,
    linter: () => linter,
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
  });
  return { exit, ...told };
}

jest.setTimeout(60_000);

test('the sample lints clean, from the catalog and as committed', async () => {
  expect(await run([])).toEqual({ exit: 0, out: '0 errors, 0 warnings\n', err: '' });
  expect(await run([join(ROOT, 'dist'), '--format', 'json'])).toEqual({ exit: 0, out: '[]\n', err: '' });
  expect(lintCatalogText(readFileSync(join(ROOT, 'services.json'), 'utf8'))).toEqual([]);
});

test('a fault of the catalog has its line in the catalog', async () => {
  await inFolderAsync({}, async (folder) => {
    const text = readFileSync(join(ROOT, 'services.json'), 'utf8').replace(/"replicas": \d+/, '"replicas": "many"');
    const file = join(folder, 'services.json');
    writeFileSync(file, text);
    const { exit, out } = await run(['--format=json'], () => openCatalog(file));
    const findings = JSON.parse(out);
    const [found] = findings.filter(({ path }: { path: string }) => path.endsWith('replicas'));
    expect(exit).toBe(1);
    expect(found).toMatchObject({ file: 'services.json', object: null, severity: 'error' });
    expect(text.split('\n')[found.line - 1]).toContain('"replicas": "many"');
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });
});

test('a fault of a rendered object has its line in the file as it would be written', async () => {
  const { releases } = catalogFromText('services.json', readFileSync(join(ROOT, 'services.json'), 'utf8'), ROOT);
  const [release] = releases;
  if (release === undefined) throw new Error('the sample is faulty');
  const [service] = release.services;
  if (service === undefined) throw new Error('the sample is empty');
  const [, file] = charts.renderService(release.platform, release.environment, service);
  const text = file?.text ?? '';
  const name = /kind: Rollout\nmetadata:\n {2}name: (.*)/.exec(text)?.[1];
  const subject = { file: file?.path ?? '', object: `Rollout/${name}`, path: 'spec.strategy.canary.steps[1]' };
  const finding = { code: 'MAN004', severity: 'error', path: '', message: 'x', subject } as const;
  let said = '';
  await runLint({
    arguments: ['--format=json'],
    catalog: () => openCatalog(join(ROOT, 'services.json')),
    outputDirectory: 'dist',
    charts: () => ({
      ...charts,
      renderEnvironment: () => [],
      renderService: () => [{ path: subject.file, text, findings: [finding] }],
    }),
    linter: () => linter,
    out: (told) => {
      said += told;
    },
    err: () => undefined,
  });
  const findings = JSON.parse(said);
  expect(findings[0]).toMatchObject({ file: `dist/${subject.file}`, object: subject.object, path: subject.path });
  expect(text.split('\n')[findings[0].line - 1]).toBe('        - pause:');
});

test('an error exits 1, a warning 0', async () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {prots: []}\n';
  await inFolderAsync({ 'a.yaml': service, 'empty.yaml': '' }, async (folder) => {
    expect((await run([join(folder, 'a.yaml')])).exit).toBe(1);
    expect((await run([join(folder, 'empty.yaml')])).exit).toBe(0);
    expect((await run([join(folder, 'nothing')])).exit).toBe(1);
  });
});

test.each([['--format'], ['--format=xml'], ['--unknown']])('%s is a usage error', async (arg) => {
  const { exit, out, err } = await run([arg]);
  expect([exit, out]).toEqual([64, '']);
  expect(err).toContain('usage: npm run lint');
});

test('--help tells the usage', () => expect(run(['--help'])).resolves.toMatchObject({ exit: 0, err: '' }));
