import { albRolloutsOf, backendsOf, USE_ANNOTATION } from '../alb';
import { albCanary } from '../alb-example';
import { textAt } from '../object';
import type { ManifestRule } from '../rule';

export const albUseAnnotation: ManifestRule = {
  code: 'MAN065',
  severity: 'error',
  title: 'A path of an Ingress that sends past the weights of its Rollout: all requests go to one Service',
  reason:
    'Argo Rollouts writes the weights into an annotation of the Ingress. AWS Load Balancer Controller reads it only for a backend whose port has the name use-annotation, and sends to the Service itself for any other.',
  hint: 'set port.name to use-annotation in the backend',
  source: 'AWS Load Balancer Controller 3.5.0, pkg/ingress/enhanced_backend_builder.go: Build (P28)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: albCanary({ port: { number: 80 } }), paths: ['spec.rules[0].http.paths[0].backend.service.port'] },
      { objects: albCanary({ port: { name: 'http' } }), paths: ['spec.rules[0].http.paths[0].backend.service.port'] },
    ],
    good: [albCanary()],
  }),
  check: (group, report) => {
    for (const { rollout, action, ingresses } of albRolloutsOf(group)) {
      for (const ingress of ingresses) {
        for (const { service, port, path } of backendsOf(ingress)) {
          if (service !== action || textAt(port, 'name') === USE_ANNOTATION) continue;
          const message = `the weights of Rollout "${rollout.metadata.name}" are not asked for: the port is not ${USE_ANNOTATION}`;
          report(ingress, `${path}.port`, message);
        }
      }
    }
  },
};
