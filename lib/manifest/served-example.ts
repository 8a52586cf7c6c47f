import { example } from './example';
import type { KubeObject } from './object';

/** A container that is fit to get traffic, for examples of rules. */
export const servingContainer = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  name: 'web',
  ports: [{ name: 'http', containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  lifecycle: { preStop: { sleep: { seconds: 10 } } },
  ...more,
});

/** A Deployment with a Service in front of it that no rule has anything to say to, but for what is given. */
export function served(
  container: Readonly<Record<string, unknown>> = servingContainer(),
  { spec = {}, service = {} }: { readonly spec?: object; readonly service?: object } = {},
): readonly KubeObject[] {
  const labels = { app: 'web' };
  return [
    example('Deployment', 'web', {
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { automountServiceAccountToken: false, containers: [container], ...spec },
        },
      },
    }),
    example('Service', 'web', {
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }], ...service },
    }),
  ];
}
