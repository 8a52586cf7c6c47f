import { analysesOf } from '../manifest/analysis';
import { destinationsOf } from '../manifest/istio';
import { childPath, fieldAt, type KubeObject, listAt, textAt } from '../manifest/object';
import { podReferencesOf } from '../manifest/pod-references';
import { oncePerGroup, podTemplatesOf } from '../manifest/pods';
import { ISTIO, ROUTING, servicesOf } from '../manifest/rollout';
import { type ObjectGroup, sharesNamespace } from '../manifest/rule';

/** An object that names another, and where. */
export interface Referrer {
  readonly object: KubeObject;
  readonly path: string;
}

/** What an object names. */
export interface Reference extends Referrer {
  readonly kind: string;
  readonly name: string;
  /** The namespace that is named; undefined for that of the object. */
  readonly namespace: string | undefined;
}

/** Who names an object: what would miss it. */
export function referrersOf(group: ObjectGroup, target: KubeObject): readonly Referrer[] {
  const named = byTarget(group).get(`${target.kind}/${target.metadata.name}`) ?? [];
  return named.filter(({ object, namespace }) =>
    namespace === undefined
      ? CLUSTER_KINDS.has(target.kind) || sharesNamespace(object, target)
      : namespace === (target.metadata.namespace ?? namespace),
  );
}

const CLUSTER_KINDS: ReadonlySet<string> = new Set(['ClusterRole', 'ClusterAnalysisTemplate']);

const byTarget = oncePerGroup((group): ReadonlyMap<string, readonly Reference[]> => {
  const found = new Map<string, Reference[]>();
  for (const reference of referencesOf(group)) {
    const key = `${reference.kind}/${reference.name}`;
    const same = found.get(key);
    if (same === undefined) found.set(key, [reference]);
    else same.push(reference);
  }
  return found;
});

/** Every name by which an object of a group refers to another. */
export function* referencesOf(group: ObjectGroup): Generator<Reference> {
  for (const template of podTemplatesOf(group)) {
    const { owner, spec } = template;
    for (const { kind, name, path } of podReferencesOf(template)) yield to(owner, kind, name, path());
    for (const [i, volume] of listAt(spec, 'volumes').entries()) {
      const path = childPath(template.path, 'spec', 'volumes', i, 'persistentVolumeClaim');
      yield* named(owner, 'PersistentVolumeClaim', fieldAt(volume, 'persistentVolumeClaim'), path, 'claimName');
    }
  }
  for (const object of group.objects) yield* OF_KIND[object.kind]?.(object) ?? [];
}

const to = (object: KubeObject, kind: string, name: string, path: string, namespace?: string): Reference => ({
  object,
  kind,
  name,
  path,
  namespace,
});

function* named(object: KubeObject, kind: string, holder: unknown, path: string, key = 'name'): Generator<Reference> {
  const name = textAt(holder, key);
  if (name) yield to(object, kind, name, `${path}.${key}`, textAt(holder, 'namespace'));
}

/** What objects of each kind name, apart from what their pods need. */
const OF_KIND: Readonly<Record<string, (object: KubeObject) => Iterable<Reference>>> = {
  Rollout: ofRollout,
  HorizontalPodAutoscaler: (object) =>
    named(
      object,
      textAt(object, 'spec.scaleTargetRef.kind') ?? '',
      fieldAt(object, 'spec.scaleTargetRef'),
      'spec.scaleTargetRef',
    ),
  Ingress: ofIngress,
  HTTPRoute: ofHttpRoute,
  VirtualService: ofVirtualService,
  TargetGroupBinding: (object) => named(object, 'Service', fieldAt(object, 'spec.serviceRef'), 'spec.serviceRef'),
  AnalysisTemplate: ofTemplate,
  ClusterAnalysisTemplate: ofTemplate,
  RoleBinding: ofBinding,
  ClusterRoleBinding: ofBinding,
  Application: (object) => named(object, 'AppProject', { name: textAt(object, 'spec.project') }, 'spec', 'name'),
};

function* ofRollout(object: KubeObject): Generator<Reference> {
  for (const { name, path } of servicesOf(object)) yield to(object, 'Service', name, path);
  yield* named(object, 'DestinationRule', fieldAt(object, `${ISTIO}.destinationRule`), `${ISTIO}.destinationRule`);
  const services = [fieldAt(object, `${ISTIO}.virtualService`), ...listAt(object, `${ISTIO}.virtualServices`)];
  for (const service of services) {
    const [name, namespace] = (textAt(service, 'name') ?? '').split('.');
    if (name) yield to(object, 'VirtualService', name, `${ISTIO}.virtualService.name`, namespace);
  }
  for (const kind of ['ingress', 'rootService']) {
    const name = textAt(object, `${ROUTING}.alb.${kind}`);
    if (name) yield to(object, kind === 'ingress' ? 'Ingress' : 'Service', name, `${ROUTING}.alb.${kind}`);
  }
  for (const { analysis, path } of analysesOf(object)) {
    for (const [i, reference] of listAt(analysis, 'templates').entries()) {
      yield* named(object, templateKind(reference), reference, `${path}.templates[${i}]`, 'templateName');
    }
  }
  yield* named(
    object,
    textAt(object, 'spec.workloadRef.kind') ?? '',
    fieldAt(object, 'spec.workloadRef'),
    'spec.workloadRef',
  );
}

function* ofTemplate(object: KubeObject): Generator<Reference> {
  for (const [i, reference] of listAt(object, 'spec.templates').entries())
    yield* named(object, templateKind(reference), reference, `spec.templates[${i}]`, 'templateName');
}

const templateKind = (reference: unknown): string =>
  fieldAt(reference, 'clusterScope') === true ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';

function* ofIngress(object: KubeObject): Generator<Reference> {
  yield* named(object, 'Service', fieldAt(object, 'spec.defaultBackend.service'), 'spec.defaultBackend.service');
  for (const [i, rule] of listAt(object, 'spec.rules').entries()) {
    for (const [j, path] of listAt(rule, 'http.paths').entries()) {
      yield* named(
        object,
        'Service',
        fieldAt(path, 'backend.service'),
        `spec.rules[${i}].http.paths[${j}].backend.service`,
      );
    }
  }
}

function* ofHttpRoute(object: KubeObject): Generator<Reference> {
  for (const [i, rule] of listAt(object, 'spec.rules').entries()) {
    for (const [j, backend] of listAt(rule, 'backendRefs').entries()) {
      if ((textAt(backend, 'kind') ?? 'Service') === 'Service')
        yield* named(object, 'Service', backend, `spec.rules[${i}].backendRefs[${j}]`);
    }
  }
}

function* ofVirtualService(object: KubeObject): Generator<Reference> {
  for (const { service, path } of destinationsOf(object)) {
    if (service !== undefined) yield to(object, 'Service', service.name, path(), service.namespace);
  }
}

function* ofBinding(object: KubeObject): Generator<Reference> {
  yield* named(object, textAt(object, 'roleRef.kind') ?? '', fieldAt(object, 'roleRef'), 'roleRef');
  for (const [i, subject] of listAt(object, 'subjects').entries()) {
    if (textAt(subject, 'kind') === 'ServiceAccount') yield* named(object, 'ServiceAccount', subject, `subjects[${i}]`);
  }
}
