import { example } from '../example';
import { childPath, type KubeObject, mapAt, nameOf } from '../object';
import { podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const INJECT = 'sidecar.istio.io/inject';
const namespace = (labels: Readonly<Record<string, string>>): KubeObject =>
  example('Namespace', 'shop', {}, { labels });
const job = (labels: Readonly<Record<string, string>>): KubeObject =>
  example(
    'Job',
    'migrate-1a2b3c4d',
    {
      spec: {
        activeDeadlineSeconds: 600,
        backoffLimit: 1,
        template: { metadata: { labels }, spec: { restartPolicy: 'Never' } },
      },
    },
    { namespace: 'shop' },
  );

export const jobSidecar: ManifestRule = {
  code: 'MAN089',
  severity: 'warning',
  title: 'A Job that gets a sidecar: it may not end, and is late to the network',
  reason:
    'A classic sidecar outlives the Job, which then never completes. A native one ends with it, but a hook can be stuck on its finalizer, and no connection works before the proxy is up.',
  hint: `set the label ${INJECT}: "false" in the pod template`,
  source: 'Istio 1.30, sidecar injection; argo-cd#27407 (P49)',
  kinds: ['Job', 'CronJob'],
  examples: () => ({
    bad: [
      {
        objects: [namespace({ 'istio-injection': 'enabled' }), job({})],
        paths: [`spec.template.metadata.labels["${INJECT}"]`],
      },
      {
        objects: [namespace({ 'istio.io/rev': 'stable' }), job({})],
        paths: [`spec.template.metadata.labels["${INJECT}"]`],
      },
    ],
    good: [
      [namespace({ 'istio-injection': 'enabled' }), job({ [INJECT]: 'false' })],
      [namespace({ 'istio-injection': 'disabled' }), job({})],
    ],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      const { owner, labels, path } = template;
      if (template.serves || labels[INJECT] === 'false') continue;
      const annotations = mapAt(owner, `${path}.metadata.annotations`);
      if (annotations[INJECT] === 'false' || annotations['sidecar.istio.io/nativeSidecar'] === 'true') continue;
      const namespace = group.find('Namespace', owner.metadata.namespace ?? '');
      const injected = labels[INJECT] === 'true' || isInjected(mapAt(namespace, 'metadata.labels'));
      if (!injected) continue;
      const by = labels[INJECT] === 'true' ? 'its label' : namespace === undefined ? '' : nameOf(namespace);
      report(owner, childPath(path, 'metadata', 'labels', INJECT), `by ${by} its pods get a sidecar`);
    }
  },
};

const isInjected = (labels: Readonly<Record<string, string>>): boolean =>
  labels['istio-injection'] === 'enabled' ||
  (labels['istio-injection'] === undefined && labels['istio.io/rev'] !== undefined);
