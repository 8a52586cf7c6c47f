import type { Adoption } from './adopt';
import type { Destination } from './split';

/** One step of the change from a Deployment to its Rollout: what to do, and the commands for it. */
export interface Step {
  readonly what: string;
  readonly commands: readonly string[];
}

/**
 * Side by side, never in place (Argo Rollouts 1.9.1 docs/migrating.md): the Rollout is there and healthy before it gets a request, and
 * the Deployment until nothing asks it any more. Each step can be taken back until the last.
 */
export function stepsOf(adoption: Adoption): readonly Step[] {
  const { key, deployment, settings } = adoption;
  const { namespace } = adoption;
  const { name } = settings;
  const inNamespace = `-n ${namespace}`;
  return [
    {
      what: `Commit the entry and what it renders. Nothing of ${deployment} may be in the difference: all names are new.`,
      commands: ['npm run synth', 'npm run -s diff'],
    },
    {
      what: 'See whether the namespace takes the pods: twice as many as now, under the restricted Pod Security Standard. This changes nothing.',
      commands: [
        `kubectl label --dry-run=server --overwrite namespace ${namespace} pod-security.kubernetes.io/enforce=restricted`,
        `kubectl get resourcequota ${inNamespace}`,
      ],
    },
    {
      what: `Push, and wait until the Rollout is healthy. It has no requests yet.`,
      commands: [`kubectl argo rollouts status ${name} ${inNamespace}`],
    },
    ...oneVersion(adoption),
    ...moves(adoption, namespace),
    {
      what: `When nothing asks the old pods any more, keep them for a day without replicas. To go back, scale up first.`,
      commands: [`kubectl scale deployment ${deployment} ${inNamespace} --replicas=0`],
    },
    {
      what: `Remove the Deployment where it comes from, with its HorizontalPodAutoscaler; then its Services, when their names are not called any more. ${adoption.split === undefined ? `Give ${key} its steps and gates` : `Give ${key} gates`}.`,
      commands: [`kubectl get deployment ${deployment} ${inNamespace}`],
    },
  ];
}

/** Two old versions beside the new pods would be three: the split ends first, and the Rollout goes on with it. */
function oneVersion({ split, namespace }: Adoption): readonly Step[] {
  if (split === undefined) return [];
  const { virtualService, stable, canary, other } = split;
  const named = ({ host, subset }: Destination) => (subset === undefined ? host : `${host}, subset ${subset}`);
  const deployment = other === undefined ? '' : ` Then scale ${other} to 0.`;
  return [
    {
      what: `End the split of ${virtualService}: all requests to ${named(stable)}, none to ${named(canary)}, by no route.${deployment}`,
      commands: [
        `kubectl get virtualservice ${virtualService} -n ${namespace} -o yaml`,
        ...(other === undefined ? [] : [`kubectl scale deployment ${other} -n ${namespace} --replicas=0`]),
      ],
    },
  ];
}

function moves({ settings, entrance, services, selector }: Adoption, namespace: string): readonly Step[] {
  const { name } = settings;
  const [service] = services;
  switch (entrance.kind) {
    case 'virtualService':
      return [
        {
          what: `In the VirtualService ${entrance.name}, give the host ${name}.${namespace}.svc.cluster.local, without a subset, a weight of 1, then 10, 50, 100. Watch both; to go back, 0. Release nothing meanwhile.`,
          commands: [`kubectl get virtualservice ${entrance.name} -n ${namespace} -o yaml`],
        },
        {
          what: `Add routing.hosts ${JSON.stringify(entrance.hosts.filter(isPublic))} to the entry, and delete ${entrance.name} when the new VirtualService serves them.`,
          commands: ['npm run synth', 'npm run -s diff'],
        },
      ];
    case 'loadBalancer':
      return [
        {
          what: `Ask the new load balancer before anybody else does: its address stands in the second line, that of the old one in the first.`,
          commands: [
            `kubectl get ingress ${entrance.name} -n ${namespace}`,
            `kubectl get ingress ${name} -n ${namespace}`,
            `curl --connect-to ::<new address> https://${entrance.hosts[0] ?? 'host'}/`,
          ],
        },
        {
          what: `Lead ${entrance.hosts.join(', ')} to the new load balancer in DNS, by weight where your DNS knows weights. To go back, name the old address. Wait until the time to live of the old records is over, then delete ${entrance.name}: never change its Service, or its target group is gone at once.`,
          commands: entrance.hosts.map((host) => `dig +noall +answer ${host}`),
        },
        ...switches(name, service, selector, namespace),
      ];
    case 'ingress':
      return [
        {
          what: `In the Ingress ${entrance.name}, lead a path or a test host to the Service ${name} first, then all. To go back, name ${service ?? 'the old Service'} again.`,
          commands: [`kubectl get ingress ${entrance.name} -n ${namespace} -o yaml`],
        },
        ...switches(name, service, selector, namespace),
      ];
    case 'service':
      return switches(name, service, selector, namespace);
  }
}

/** A name that the cluster's own DNS answers is no public host. */
const isPublic = (host: string): boolean => host.includes('.') && !/\.svc(\.|$)/.test(host);

/** All pods of both are ready, so that a Service whose selector is changed has addresses all the time; one patch changes it at once. */
function switches(
  name: string,
  service: string | undefined,
  selector: Readonly<Record<string, unknown>>,
  namespace: string,
): readonly Step[] {
  if (service === undefined) return [];
  const gone = Object.keys(selector).map((key) => [key, null] as const);
  const patch = (value: object) =>
    `kubectl patch service ${service} -n ${namespace} --type merge -p '${JSON.stringify({ spec: { selector: value } })}'`;
  const forth = { ...Object.fromEntries(gone), 'app.kubernetes.io/name': name };
  const back = { ...('app.kubernetes.io/name' in selector ? {} : { 'app.kubernetes.io/name': null }), ...selector };
  return [
    {
      what: `Who calls ${service} gets the new pods: change its selector where it comes from, in one step. The second line is the way back.`,
      commands: [patch(forth), patch(back)],
    },
  ];
}
