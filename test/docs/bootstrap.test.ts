import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { rootApplication } from '../../charts/environment-objects';
import { faults } from '../imports/validate';
import { ROOT, sampleReleases } from '../tools/catalog';

const read = (name: string) => parse(readFileSync(join(ROOT, 'docs/bootstrap', name), 'utf8'));

test.each(['argo-rollouts-metrics.yaml', 'argocd-metrics.yaml'])(
  'the ServiceMonitor of %s is one, and Prometheus finds it as it finds the PodMonitors',
  (name) => {
    const monitor = read(name);
    expect(faults(monitor)).toEqual([]);
    expect(monitor.metadata.labels).toEqual(sampleReleases()[0]?.platform.prometheus.labels);
  },
);

test('the patch of argocd-cm sets the health of Applications and nothing else', () => {
  const patch = read('argocd-cm.yaml');
  expect(Object.keys(patch)).toEqual(['data']);
  expect(Object.keys(patch.data)).toEqual(['resource.customizations.health.argoproj.io_Application']);
});

test('the ApplicationSet gives the root Application that is rendered, so that nobody undoes the other', () => {
  const set = read('catalogs.yaml');
  expect([set.kind, set.spec.goTemplate]).toEqual(['ApplicationSet', true]);
  for (const { platform, environment } of sampleReleases()) {
    // What a file of the list says of the sample.
    const { name, argocd } = platform;
    const listed: Readonly<Record<string, string>> = {
      platform: name,
      project: argocd.project,
      environment: environment.name,
      repository: argocd.repository,
    };
    const filled = JSON.stringify(set.spec.template).replaceAll(/\{\{ \.(\w+) \}\}/g, (_, key) => listed[key] ?? '?');
    const { metadata, spec } = rootApplication({ platform, environment });
    expect(JSON.parse(filled)).toEqual({ metadata, spec });
  }
});
