import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { faults } from '../imports/validate';
import { ROOT, sampleReleases } from '../tools/catalog';

const read = (name: string) => parse(readFileSync(join(ROOT, 'docs/bootstrap', name), 'utf8'));

test('the ServiceMonitor is one, and Prometheus finds it as it finds the PodMonitors', () => {
  const monitor = read('argo-rollouts-metrics.yaml');
  expect(faults(monitor)).toEqual([]);
  expect(monitor.metadata.labels).toEqual(sampleReleases()[0]?.platform.prometheus.labels);
});

test('the patch of argocd-cm sets the health of Applications and nothing else', () => {
  const patch = read('argocd-cm.yaml');
  expect(Object.keys(patch)).toEqual(['data']);
  expect(Object.keys(patch.data)).toEqual(['resource.customizations.health.argoproj.io_Application']);
});
