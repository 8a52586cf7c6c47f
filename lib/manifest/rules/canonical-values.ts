import { example } from '../example';
import { fieldAt, type KubeObject, numberAt } from '../object';
import { podTemplatesOf } from '../pods';
import { canonicalQuantity } from '../quantity';
import type { ManifestRule } from '../rule';

const rollout = (container: Readonly<Record<string, unknown>>): KubeObject =>
  example('Rollout', 'web', {
    spec: { template: { spec: { automountServiceAccountToken: false, containers: [{ name: 'web', ...container }] } } },
  });
const CONTAINER = 'spec.template.spec.containers[0]';

export const canonicalValues: ManifestRule = {
  code: 'MAN110',
  severity: 'warning',
  title: 'A value that the Rollout controller writes back in another form: Git and cluster differ for good',
  reason:
    'Argo Rollouts writes the whole object, with quantities in their shortest form and without empty and zero values. The difference is drift, and under server-side apply the controller owns the containers from then on.',
  hint: 'write the value as Kubernetes does, and leave out empty and zero defaults',
  source: 'argo-rollouts#3281, #4500 (P43)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [rollout({ resources: { limits: { cpu: '1000m' } } })], paths: [`${CONTAINER}.resources.limits.cpu`] },
      {
        objects: [rollout({ resources: { requests: { cpu: '0.5' } } })],
        paths: [`${CONTAINER}.resources.requests.cpu`],
      },
      {
        objects: [rollout({ resources: { limits: { memory: '1024Mi' } } })],
        paths: [`${CONTAINER}.resources.limits.memory`],
      },
      { objects: [rollout({ resources: {} })], paths: [`${CONTAINER}.resources`] },
      {
        objects: [rollout({ readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 0 } })],
        paths: [`${CONTAINER}.readinessProbe.initialDelaySeconds`],
      },
    ],
    good: [
      [rollout({ resources: { requests: { cpu: '500m', memory: '1536Mi' }, limits: { cpu: '1', memory: '2Gi' } } })],
    ],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      if (template.owner.kind !== 'Rollout') continue;
      for (const { container, at } of template.containers) {
        eachOddValue(container, (where, message) => report(template.owner, at(...where), message));
      }
    }
  },
};

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

function eachOddValue(container: unknown, tell: (path: readonly string[], message: string) => void): void {
  const resources = fieldAt(container, 'resources');
  if (isEmpty(resources)) tell(['resources'], 'it is left out when it is written back');
  for (const kind of ['requests', 'limits'] as const) {
    const amounts = fieldAt(resources, kind);
    if (typeof amounts !== 'object' || amounts === null) continue;
    for (const [name, amount] of Object.entries(amounts)) {
      if (typeof amount !== 'string' || isPlain(amount)) continue;
      const canonical = canonicalQuantity(amount);
      if (canonical !== amount) tell(['resources', kind, name], `"${amount}" is written back as "${canonical}"`);
    }
  }
  for (const probe of PROBES) {
    if (numberAt(container, `${probe}.initialDelaySeconds`) !== 0) continue;
    tell([probe, 'initialDelaySeconds'], '0 is left out when it is written back');
  }
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Most quantities are seen to be in their form without a calculation. */
const isPlain = (amount: string): boolean => /^([1-9][0-9]?|[1-9][0-9]{0,2}(m|Mi|Gi))$/.test(amount);
