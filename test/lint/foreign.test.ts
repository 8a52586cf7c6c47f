import * as path from 'node:path';
import { lintManifests } from '../../lib/lint/lint';
import { readSources } from '../../lib/lint/sources';

const FOLDER = path.join(__dirname, 'foreign');

// Manifests as they are published, with the mistakes that they usually have. Every finding is listed: another one would be
// a false alarm, and one less a mistake that nobody finds. Warnings have a question mark.
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'rollouts-demo': [
    'MAN081 Application/rollouts-demo spec.ignoreDifferences[0].jqPathExpressions[0]',
    'MAN052? VirtualService/rollouts-demo-vsvc spec.gateways',
    'MAN102? Rollout/rollouts-demo spec.template.spec.containers',
    'MAN116? Rollout/rollouts-demo spec.template.spec.containers',
  ],
  'alb-ping-pong': [
    'MAN078? Ingress/web metadata.annotations["external-dns.alpha.kubernetes.io/hostname"]',
    'MAN065 Ingress/web spec.rules[0].http.paths[1].backend.service.port',
    'MAN074 Rollout/web spec.strategy.canary.trafficRouting.alb.servicePort',
    'MAN073? Rollout/web spec.template.spec.terminationGracePeriodSeconds',
    'MAN101? Rollout/web spec.template.spec.containers[0].resources.requests.cpu',
    'MAN095 PodDisruptionBudget/web spec.minAvailable',
  ],
  'blue-green': [
    'MAN115 Service/api-active spec.ports[1].targetPort',
    'MAN061 Rollout/api metadata.annotations["argocd.argoproj.io/sync-wave"]',
    'MAN103? Deployment/api spec.template.spec.containers[0].livenessProbe',
    'MAN105? Deployment/api spec.template.spec.containers[0].env[0].value',
    'MAN093 HorizontalPodAutoscaler/api spec.scaleTargetRef',
  ],
  'gateway-api': [
    'MAN080 HTTPRoute/checkout spec.rules[0].backendRefs',
    'MAN110? Rollout/checkout spec.template.spec.containers[0].readinessProbe.initialDelaySeconds',
    'MAN110? Rollout/checkout spec.template.spec.containers[0].resources.limits.cpu',
    'MAN110? Rollout/checkout spec.template.spec.containers[0].resources.limits.memory',
  ],
  'helm-web': [
    'MAN108? Service/release-web spec.selector',
    'MAN092? Deployment/release-web spec.replicas',
    'MAN112? Deployment/release-web spec.template.spec.automountServiceAccountToken',
    'MAN116? Deployment/release-web spec.template.spec.containers',
    'MAN100? Deployment/release-web spec.template.spec.containers[0].image',
    'MAN103? Deployment/release-web spec.template.spec.containers[0].livenessProbe',
    'MAN101? Deployment/release-web spec.template.spec.containers[0].resources.requests.cpu',
    'MAN088? Job/release-web-migrate metadata.name',
    'MAN090? Job/release-web-migrate spec.activeDeadlineSeconds',
    'MAN090? Job/release-web-migrate spec.backoffLimit',
    'MAN112? Job/release-web-migrate spec.template.spec.automountServiceAccountToken',
    'MAN087 Job/release-web-migrate spec.template.spec.serviceAccountName',
    'MAN087 Job/release-web-migrate spec.template.spec.containers[0].envFrom[0].configMapRef.name',
  ],
};

test.each(Object.entries(EXPECTED))('%s: what is wrong, and nothing else', (folder, expected) => {
  const { sources } = readSources([path.join(FOLDER, folder)], () => Buffer.alloc(0));
  const found = lintManifests(sources).map(
    ({ code, severity, object, path }) => `${code}${severity === 'error' ? '' : '?'} ${object} ${path}`,
  );
  expect(found).toEqual(expected);
});
