import { posix } from 'node:path';
import { parse } from 'yaml';
import { renderEnvironment, renderService } from '../../charts/render';
import { sampleReleases } from '../tools/catalog';

const PATHS = 'argocd.argoproj.io/manifest-generate-paths';

interface Application {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly source: { readonly path: string } };
}

const files = sampleReleases().flatMap(({ platform, environment, services }) => [
  ...renderEnvironment(platform, environment),
  ...services.flatMap((service) => renderService(platform, environment, service)),
]);
const applications = files
  .filter(({ path }) => path.includes('/apps/'))
  .map(({ text }): Application => parse(text))
  .filter(({ kind }) => kind === 'Application');

/** The Applications that Argo CD makes anew after a commit that changes a file (util/app/path/path.go: AppFilesHaveChanged). */
const concernedBy = (file: string): readonly string[] =>
  applications.flatMap(({ metadata, spec }) => {
    const path = posix.join(spec.source.path, metadata.annotations?.[PATHS] ?? '/every commit');
    return file === path || file.startsWith(`${path}/`) ? [metadata.name] : [];
  });

test('every Application says what it is made from', () => {
  expect(applications.length).toBeGreaterThan(10);
  expect(applications.filter(({ metadata }) => metadata.annotations?.[PATHS] === undefined)).toEqual([]);
});

test('a commit of one file concerns one Application: the one that applies it; a runbook concerns none', () => {
  for (const { path } of files) {
    const [environment, folder, name = ''] = path.split('/');
    if (folder === 'runbooks') {
      expect([path, concernedBy(`dist/${path}`)]).toEqual([path, []]);
      continue;
    }
    const owner = { apps: '', platform: '-platform', services: `-${posix.parse(name).name}` }[folder ?? ''];
    expect([path, concernedBy(`dist/${path}`)]).toEqual([path, [`tbyte-${environment}${owner}`]]);
  }
});

test('a commit of anything else concerns none', () => {
  for (const file of ['README.md', 'services.json', 'dist/production/services/frontend.yaml.orig'])
    expect(concernedBy(file)).toEqual([]);
});
