import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceApplication } from '../../charts/environment-objects';
import { serviceObjects } from '../../charts/service-objects';
import { fieldAt, type KubeObject, listAt, textAt } from '../../lib/manifest/object';
import { only, ROOT, releasesOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';

// What the controllers write in the middle of a release must be no difference to Argo CD, and everything else must be one.
// Argo CD 3.5.1 deletes what each expression finds, on both sides (util/argo/normalizers/diff_normalizer.go).
const jq = findCommand('jq');
const [release] = releasesOf(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'));
if (release === undefined) throw new Error('no example');

function partsOf(key: string) {
  const service = release?.services.find((one) => one.key === key);
  if (release === undefined || service === undefined) throw new Error(`no ${key}`);
  return {
    objects: serviceObjects({ ...release, service }),
    ignored: listAt(serviceApplication(release, service), 'spec.ignoreDifferences'),
  };
}

/** An object without what the Application ignores in it. */
function normalized(object: KubeObject, ignored: readonly unknown[]): unknown {
  let text = JSON.stringify(object);
  for (const rule of ignored) {
    if (textAt(rule, 'kind') !== object.kind || textAt(rule, 'name') !== object.metadata.name) continue;
    for (const path of listAt(rule, 'jqPathExpressions'))
      text = execFileSync(jq ?? '', ['-c', `del(${String(path)})`], { input: text, encoding: 'utf8' });
  }
  return JSON.parse(text);
}

/** A copy with a change. */
function written<T extends object>(object: T, change: (copy: T) => void): T {
  const copy = structuredClone(object);
  change(copy);
  return copy;
}

const list = (root: unknown, path: string): unknown[] => {
  const value = fieldAt(root, path);
  if (!Array.isArray(value)) throw new Error(`no list at ${path}`);
  return value;
};
const put = (root: unknown, key: string, value: unknown): void => {
  if (typeof root !== 'object' || root === null) throw new Error(`nothing to put ${key} into`);
  Reflect.set(root, key, value);
};

/** What a release leaves in the objects of a service, and an edit of each that must be seen. */
const CASES: readonly {
  readonly name: string;
  readonly key: string;
  readonly kind: string;
  readonly object: string;
  readonly controller: (live: KubeObject) => void;
  readonly edit: (desired: KubeObject) => void;
}[] = [
  {
    name: 'weights, an experiment and the routes of steps in a VirtualService',
    key: 'canary-istio',
    kind: 'VirtualService',
    object: 'canary-istio',
    controller: (live) => {
      const http = list(live, 'spec.http');
      const route = list(http[0], 'route');
      put(route[0], 'weight', 85);
      put(route[1], 'weight', 5);
      // As Argo Rollouts 1.9.1 writes them; one is left behind with weight 0 when the experiment is over.
      route.push({ destination: { host: 'canary-istio-6d5f-2-6-baseline' }, weight: 5 });
      route.push({ destination: { host: 'canary-istio-6d5f-2-6-canary' }, weight: 5 });
      route.push({ destination: { host: 'canary-istio-55d4-1-6-canary' }, weight: 0 });
      http.unshift({ name: 'early-access', match: [{ headers: { 'x-early-access': { exact: 'yes' } } }] });
      http.unshift({ name: 'shadow', mirror: { host: 'canary-istio', subset: 'canary' } });
    },
    edit: (desired) => put(list(desired, 'spec.http')[0], 'timeout', '3s'),
  },
  {
    name: 'hashes and the subsets of an experiment in a DestinationRule',
    key: 'canary-istio',
    kind: 'DestinationRule',
    object: 'canary-istio',
    controller: (live) => {
      const subsets = list(live, 'spec.subsets');
      for (const subset of subsets) put(fieldAt(subset, 'labels'), 'rollouts-pod-template-hash', '6d5f7c9b8');
      subsets.push({ name: 'canary-istio-6d5f-2-6-baseline', labels: { 'rollouts-pod-template-hash': '55d4' } });
    },
    edit: (desired) => put(fieldAt(desired, 'spec.trafficPolicy'), 'loadBalancer', { simple: 'RANDOM' }),
  },
  {
    name: 'weights between two Services',
    key: 'canary-istio-host',
    kind: 'VirtualService',
    object: 'canary-istio-host',
    controller: (live) => {
      const [, primary] = list(live, 'spec.http');
      put(list(primary, 'route')[0], 'weight', 75);
      put(list(primary, 'route')[1], 'weight', 25);
    },
    edit: (desired) => put(desired, 'spec', { ...Object(fieldAt(desired, 'spec')), hosts: ['other'] }),
  },
  {
    name: 'the selector of the canary Service',
    key: 'canary-istio-host',
    kind: 'Service',
    object: 'canary-istio-host-canary',
    controller: (live) => put(fieldAt(live, 'spec.selector'), 'rollouts-pod-template-hash', '6d5f7c9b8'),
    edit: (desired) => put(list(desired, 'spec.ports')[0], 'port', 81),
  },
  {
    name: 'the action and the header route of an Ingress',
    key: 'canary-alb',
    kind: 'Ingress',
    object: 'canary-alb',
    controller: (live) => {
      const annotations = live.metadata.annotations;
      put(annotations, 'alb.ingress.kubernetes.io/actions.canary-alb', '{}');
      put(annotations, 'alb.ingress.kubernetes.io/actions.early-access', '{}');
      put(annotations, 'alb.ingress.kubernetes.io/conditions.early-access', '[]');
      put(annotations, 'rollouts.argoproj.io/managed-alb-annotations', '{}');
      for (const rule of list(live, 'spec.rules')) {
        list(rule, 'http.paths').unshift({
          path: '/*',
          pathType: 'ImplementationSpecific',
          backend: { service: { name: 'early-access', port: { name: 'use-annotation' } } },
        });
      }
    },
    edit: (desired) => put(desired.metadata.annotations, 'alb.ingress.kubernetes.io/scheme', 'internet-facing'),
  },
  {
    name: 'weights and the header rules of an HTTPRoute',
    key: 'canary-gateway-api',
    kind: 'HTTPRoute',
    object: 'canary-gateway-api',
    controller: (live) => {
      const rules = list(live, 'spec.rules');
      put(list(rules[0], 'backendRefs')[0], 'weight', 50);
      put(list(rules[0], 'backendRefs')[1], 'weight', 50);
      rules.push({ name: 'early-access', backendRefs: [{ name: 'canary-gateway-api-canary' }] });
      rules.push({ name: 'early-access-1', backendRefs: [{ name: 'canary-gateway-api-canary' }] });
    },
    edit: (desired) => put(list(desired, 'spec.rules')[0], 'timeouts', { request: '9s' }),
  },
  {
    name: 'the selector of the active Service',
    key: 'blue-green-istio',
    kind: 'Service',
    object: 'blue-green-istio',
    controller: (live) => put(fieldAt(live, 'spec.selector'), 'rollouts-pod-template-hash', '6d5f7c9b8'),
    edit: (desired) => put(fieldAt(desired, 'spec.selector'), 'app.kubernetes.io/name', 'other'),
  },
];

describeWith(jq === undefined ? ['jq'] : [])('to Argo CD', () => {
  test.each(CASES)('$name: what a release writes is no difference, an edit is', ({ key, kind, object, ...change }) => {
    const { objects, ignored } = partsOf(key);
    const desired: KubeObject = JSON.parse(JSON.stringify(only(objects, kind, object)));
    const live = written(desired, change.controller);
    expect(live).not.toEqual(desired);
    expect(normalized(live, ignored)).toEqual(normalized(desired, ignored));
    const edited = written(desired, change.edit);
    expect(normalized(live, ignored)).not.toEqual(normalized(edited, ignored));
  });
});
