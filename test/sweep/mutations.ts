import { fieldAt, listAt } from '../../lib/manifest/object';

import { change, has, isKind, type Mutation, put } from './mutate';
import { RELEASE_MUTATIONS } from './release-mutations';

const CANARY = 'spec.strategy.canary';
const CONTAINER = 'spec.template.spec.containers';

export const MUTATIONS: readonly Mutation[] = [
  ...RELEASE_MUTATIONS,
  {
    name: 'a field that the kind does not know',
    code: 'MAN001',
    breaks: (objects) => change(objects, isKind('Rollout'), (one) => put(one, 'spec.strateggy', {})),
  },
  {
    name: 'the same object twice',
    code: 'MAN002',
    breaks: (objects) => [...objects, ...objects.filter(isKind('ServiceAccount')).slice(0, 1)],
  },
  {
    name: 'a name that is too long',
    code: 'MAN003',
    breaks: (objects) =>
      change(objects, isKind('PodDisruptionBudget'), (one) => put(one, 'metadata.name', 'a'.repeat(64))),
  },
  {
    name: 'a template that is gone',
    code: 'MAN004',
    breaks: (objects) => {
      if (!objects.some(has('Rollout', `${CANARY}.steps`))) return undefined;
      const used = JSON.stringify(objects.find(isKind('Rollout')));
      const index = objects.findIndex(
        (one) => one.kind === 'AnalysisTemplate' && used.includes(`"templateName":"${one.metadata.name}"`),
      );
      return index === -1 ? undefined : objects.toSpliced(index, 1);
    },
  },
  {
    name: 'a ServiceAccount that is gone',
    code: 'MAN004',
    breaks: (objects) => objects.filter((one) => one.kind !== 'ServiceAccount'),
  },
  {
    name: 'a budget for pods that there are not',
    code: 'MAN005',
    breaks: (objects) =>
      change(objects, isKind('PodDisruptionBudget'), (one) =>
        put(one, 'spec.selector.matchLabels', { 'app.kubernetes.io/name': 'nobody' }),
      ),
  },
  {
    name: 'no time to drain',
    code: 'MAN006',
    breaks: (objects) =>
      change(objects, isKind('Rollout'), (one) => put(one, 'spec.template.spec.terminationGracePeriodSeconds', 5)),
  },
  {
    name: 'a gate without a condition',
    code: 'MAN008',
    breaks: (objects) =>
      change(objects, isKind('AnalysisTemplate'), (one) => {
        for (const condition of ['successCondition', 'failureCondition']) {
          put(listAt(one, 'spec.metrics')[0], condition, undefined);
        }
      }),
  },
  {
    name: 'weights that are not a hundred',
    code: 'MAN056',
    breaks: (objects) =>
      change(
        objects,
        (one) =>
          one.kind === 'VirtualService' && listAt(one, 'spec.http').some((route) => listAt(route, 'route').length > 1),
        (one) => {
          const split = listAt(one, 'spec.http').find((route) => listAt(route, 'route').length > 1);
          for (const destination of listAt(split, 'route')) put(destination, 'weight', 7);
        },
      ),
  },
  {
    name: 'a route to a subset that there is not',
    code: 'MAN055',
    breaks: (objects) =>
      change(
        objects,
        (one) => one.kind === 'VirtualService' && JSON.stringify(one).includes('"subset"'),
        (one) => {
          const [route] = listAt(one, 'spec.http').filter((item) => JSON.stringify(item).includes('"subset"'));
          put(listAt(route, 'route')[0], 'destination.subset', 'nobody');
        },
      ),
  },
  {
    name: 'a DestinationRule after its VirtualService',
    code: 'MAN060',
    breaks: (objects) =>
      objects.some((one) => one.kind === 'VirtualService' && JSON.stringify(one).includes('"subset"'))
        ? change(objects, has('DestinationRule', 'spec.subsets'), (one) =>
            put(one, 'metadata.annotations', { 'argocd.argoproj.io/sync-wave': '9' }),
          )
        : undefined,
  },
  {
    name: 'callers in the mesh beside the weights',
    code: 'MAN052',
    breaks: (objects) =>
      objects.some(has('Rollout', `${CANARY}.trafficRouting.istio`))
        ? change(objects, isKind('VirtualService'), (one) => put(one, 'spec.gateways', ['istio-ingress/public']))
        : undefined,
  },
  {
    name: 'a path past the weights of the load balancer',
    code: 'MAN065',
    breaks: (objects) =>
      objects.some(has('Rollout', `${CANARY}.trafficRouting.alb`))
        ? change(objects, isKind('Ingress'), (one) => {
            const [rule] = listAt(one, 'spec.rules');
            put(listAt(rule, 'http.paths')[0], 'backend.service.port', { name: 'http' });
          })
        : undefined,
  },
  {
    name: 'an image without a version',
    code: 'MAN100',
    breaks: (objects) =>
      change(objects, isKind('Rollout'), (one) => put(listAt(one, CONTAINER)[0], 'image', 'registry.example.com/web')),
  },
  {
    name: 'no readiness probe',
    code: 'MAN102',
    breaks: (objects) =>
      change(objects, isKind('Rollout'), (one) => put(listAt(one, CONTAINER)[0], 'readinessProbe', undefined)),
  },
  {
    name: 'a probe of a port that there is not',
    code: 'MAN118',
    breaks: (objects) =>
      change(
        objects,
        (one) => one.kind === 'Rollout' && fieldAt(listAt(one, CONTAINER)[0], 'readinessProbe.httpGet') !== undefined,
        (one) => put(listAt(one, CONTAINER)[0], 'readinessProbe.httpGet.port', 'nobody'),
      ),
  },
  {
    name: 'two budgets for the same pods',
    code: 'MAN096',
    breaks: (objects) => {
      const budget = objects.find(isKind('PodDisruptionBudget'));
      if (budget === undefined) return undefined;
      return [...objects, { ...budget, metadata: { ...budget.metadata, name: 'another' } }];
    },
  },
  {
    name: 'a budget that allows nothing',
    code: 'MAN095',
    breaks: (objects) => change(objects, isKind('PodDisruptionBudget'), (one) => put(one, 'spec.maxUnavailable', 0)),
  },
  {
    name: 'bounds the wrong way round',
    code: 'MAN094',
    breaks: (objects) =>
      change(objects, isKind('HorizontalPodAutoscaler'), (one) => put(one, 'spec.minReplicas', 5_000)),
  },
  {
    name: 'an autoscaler of nobody',
    code: 'MAN093',
    breaks: (objects) =>
      change(objects, isKind('HorizontalPodAutoscaler'), (one) => put(one, 'spec.scaleTargetRef.name', 'nobody')),
  },
  {
    name: 'a record without an identifier',
    code: 'MAN075',
    breaks: (objects) =>
      change(objects, isKind('DNSEndpoint'), (one) =>
        put(listAt(one, 'spec.endpoints')[0], 'setIdentifier', undefined),
      ),
  },
];
