import { albAnnotation, albRolloutsOf } from '../alb';
import { albCanary } from '../alb-example';
import { annotationOf, annotationPath } from '../argocd';
import type { ManifestRule } from '../rule';

const KEY = 'alb.ingress.kubernetes.io/actions.web';

export const albActionOwned: ManifestRule = {
  code: 'MAN066',
  severity: 'warning',
  title: 'Weights in Git that a Rollout writes: every apply sets them back in the middle of a release',
  reason:
    'Argo Rollouts keeps the weights of its Ingress in the annotation actions.<Service>. One that stands in Git as well is drift at once, and a sync sends the canary what Git says.',
  hint: 'leave the annotation out: Argo Rollouts adds it',
  source: 'Argo Rollouts 1.9.1, rollout/trafficrouting/alb/alb.go: getDesiredAnnotations (P28)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: albCanary({ annotations: { [KEY]: '{"Type":"forward"}' } }), paths: [annotationPath(KEY)] }],
    good: [albCanary(), albCanary({ annotations: { 'alb.ingress.kubernetes.io/actions.redirect': '{}' } })],
  }),
  check: (group, report) => {
    for (const { rollout, action, prefix, ingresses } of albRolloutsOf(group)) {
      const key = albAnnotation(`actions.${action}`, prefix);
      for (const ingress of ingresses) {
        if (annotationOf(ingress, key) === undefined) continue;
        report(ingress, annotationPath(key), `Rollout "${rollout.metadata.name}" writes the action of "${action}"`);
      }
    }
  },
};
