import { applicationOf, ignoresField } from '../applications';
import { selfHeals } from '../argocd';
import { example } from '../example';
import { httpRoutesOf } from '../gateway-api';
import { virtualServicesOf } from '../istio';
import { type KubeObject, nameOf } from '../object';
import type { ManifestRule } from '../rule';

const HERE = { namespace: 'shop' };
const objects = (rule: Readonly<Record<string, unknown>> | undefined, selfHeal = true): readonly KubeObject[] => {
  const to = (subset: string, weight: number) => ({ destination: { host: 'web', subset }, weight });
  return [
    example('Application', 'web', {
      spec: {
        destination: { namespace: 'shop' },
        ...(rule === undefined ? {} : { ignoreDifferences: [rule] }),
        syncPolicy: { automated: { selfHeal } },
      },
    }),
    example(
      'Rollout',
      'web',
      {
        spec: {
          strategy: {
            canary: {
              trafficRouting: {
                istio: {
                  virtualService: { name: 'web', routes: ['primary'] },
                  destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
                },
              },
            },
          },
        },
      },
      HERE,
    ),
    example(
      'VirtualService',
      'web',
      { spec: { hosts: ['web'], http: [{ name: 'primary', route: [to('stable', 100), to('canary', 0)] }] } },
      HERE,
    ),
    example(
      'DestinationRule',
      'web',
      { spec: { host: 'web', subsets: ['stable', 'canary'].map((name) => ({ name, labels: { app: 'web' } })) } },
      HERE,
    ),
  ];
};
const ignored = (group: string, jqPath = '.spec.http[]?.route[]?.weight') => ({
  group,
  kind: 'VirtualService',
  jqPathExpressions: [jqPath],
});

const withoutNamespace = (object: KubeObject): KubeObject => ({ ...object, metadata: { name: object.metadata.name } });

export const weightsIgnored: ManifestRule = {
  code: 'MAN083',
  severity: 'error',
  title: 'Self-heal sets the weights of a running release back: Argo CD takes them for drift',
  reason:
    'Argo Rollouts writes the weights into the route object. An Application that heals itself and does not ignore them puts back what is in Git in the middle of a release; measured, all traffic went to stable for five seconds each time.',
  hint: 'add an ignoreDifferences rule for the weights: jqPathExpressions of .spec.http[]?.route[]?.weight (HTTPRoute: .spec.rules[]?.backendRefs[]?.weight), with the group of the kind',
  source: 'Argo Rollouts 1.9.1, docs/features/traffic-management/istio.md; measured (P42, B6)',
  kinds: ['Application'],
  examples: () => ({
    bad: [
      { objects: objects(undefined), paths: ['spec.ignoreDifferences'] },
      { objects: objects(ignored('')), paths: ['spec.ignoreDifferences'] },
      { objects: objects(undefined).map(withoutNamespace), paths: ['spec.ignoreDifferences'] },
    ],
    good: [
      objects(ignored('networking.istio.io')),
      objects(undefined, false),
      [
        ...objects(undefined),
        example('ConfigMap', 'argocd-cm', {
          data: {
            'resource.customizations.ignoreDifferences.networking.istio.io_VirtualService':
              'jqPathExpressions:\n- .spec.http[]?.route[]?.weight\n',
          },
        }),
      ],
    ],
  }),
  check: (group, report) => {
    for (const rollout of group.ofKind('Rollout')) {
      const routes = [
        ...virtualServicesOf(group, rollout).map(({ virtualService }) => virtualService),
        ...httpRoutesOf(group, rollout).map(({ route }) => route),
      ];
      if (routes.length === 0) continue;
      const application = applicationOf(group, rollout);
      if (application === undefined || !selfHeals(application)) continue;
      for (const route of routes) {
        if (ignoresField(group, application, route, WEIGHTS)) continue;
        report(
          application,
          'spec.ignoreDifferences',
          `Rollout "${rollout.metadata.name}" writes weights into ${nameOf(route)}, and no rule ignores them`,
        );
      }
    }
  },
};

/** What covers weights: a path to them or to a list around them, or the manager that writes them. */
const WEIGHTS =
  /weight|^\/spec(\/(http|rules).*)?$|^\.spec(\.(http|rules))?(\[\]\??)?$|rollouts-controller|gatewayAPI|route/;
