import { App, JsonPatch, Testing } from 'cdk8s';
import { EnvironmentChart } from '../../charts/environment-chart';
import { Manifest } from '../../charts/manifest';
import { renderEnvironment, renderService } from '../../charts/render';
import { ServiceChart } from '../../charts/service-chart';
import { serviceObjects } from '../../charts/service-objects';
import { toYamlDocuments } from '../../lib/manifest/yaml';
import { sampleReleases, sampleScope } from '../tools/catalog';

const HEADER = 'Rendered by Cutover from services.json and migrations/. Do not edit: run `npm run synth`.';
const releases = sampleReleases();
const all = releases.flatMap(({ platform, environment, services }) =>
  services.map((service) => [environment.name, service.key, { platform, environment, service }] as const),
);

test.each(all)('%s %s: the chart renders what synth writes', (_environment, _key, scope) => {
  const chart = new ServiceChart(Testing.app(), 'service', { scope });
  const { text } = renderService(scope.platform, scope.environment, scope.service)[1] ?? { text: '' };
  expect(toYamlDocuments(Testing.synth(chart), HEADER)).toBe(text);
});

test.each(releases.map((release) => [release.environment.name, release] as const))(
  '%s: the Argo CD chart renders what synth writes',
  (_name, { platform, environment, services }) => {
    const chart = new EnvironmentChart(new App(), 'argocd', { scope: { platform, environment }, services });
    const files = [
      ...renderEnvironment(platform, environment),
      ...services.flatMap((service) => renderService(platform, environment, service).slice(0, 1)),
    ];
    const first = `# ${HEADER}\n`;
    const documents = files.flatMap(({ text }) => text.replace(first, '').split(/^---\n/m));
    expect(toYamlDocuments(chart.toJson(), HEADER)).toBe(`${first}${documents.join('---\n')}`);
  },
);

describe('a Manifest', () => {
  const scope = sampleScope('frontend');
  const manifest = () => {
    const object = serviceObjects(scope).find((one) => one.kind === 'Service');
    if (object === undefined) throw new Error('no Service');
    const chart = new ServiceChart(new App(), 'service', { scope });
    return { object, manifest: new Manifest(chart, 'copy', object) };
  };

  test('is its literal until it is touched', () => {
    const one = manifest();
    expect(one.manifest.toJson()).toBe(one.object);
  });

  test('can be patched as any other object of cdk8s', () => {
    const one = manifest();
    one.manifest.addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
    expect(one.manifest.toJson().spec.clusterIP).toBe('None');
    expect(one.object.spec).not.toHaveProperty('clusterIP');
  });

  test('takes labels', () => {
    const one = manifest();
    one.manifest.metadata.addLabel('team', 'web');
    expect(one.manifest.toJson().metadata.labels).toMatchObject({ team: 'web', 'app.kubernetes.io/part-of': 'tbyte' });
  });
});
