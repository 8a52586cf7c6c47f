// Checked by tsc, not run: each line under @ts-expect-error must be an error, and every other line must not be one.
import type { RolloutSpecStrategyCanarySteps } from '../../imports/src/rollouts-argoproj.io';
import type { Json, Manifest, ManifestOf, Wire } from '../../imports/wire';

type Rollout = ManifestOf<'argoproj.io/v1alpha1/Rollout'>;
type Step = Wire<RolloutSpecStrategyCanarySteps>;
type ServiceSpec = NonNullable<ManifestOf<'v1/Service'>['spec']>;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const metadata = { name: 'a', namespace: 'b' } as const;

// Value classes are their values.
export const textPause: Step = { pause: { duration: '5m' } };
export const numberPause: Step = { pause: { duration: 300 } };
// @ts-expect-error a misspelled field
export const misspelledStep: Step = { pause: { durration: '5m' } };
// @ts-expect-error a wrong type
export const textWeight: Step = { setWeight: '5' };
// @ts-expect-error an optional field may be left out, not undefined
export const undefinedWeight: Step = { setWeight: undefined };
// @ts-expect-error everything is readonly
export const assign = (step: Step): unknown => (step.setWeight = 5);

// Names are those of the manifest.
export const headless: ServiceSpec = { clusterIP: 'None', ports: [{ port: 80, targetPort: 'http' }] };
// @ts-expect-error the generated name
export const generatedName: ServiceSpec = { clusterIp: 'None' };
// @ts-expect-error no port
export const noPort: ServiceSpec = { ports: [{ name: 'http' }] };

// Enums are their literals, of strings and of numbers.
type HttpRoute = ManifestOf<'gateway.networking.k8s.io/v1/HTTPRoute'>;
type Filter = NonNullable<NonNullable<NonNullable<HttpRoute['spec']['rules']>[number]['filters']>[number]>;
export const redirect: Filter = { type: 'RequestRedirect', requestRedirect: { statusCode: 301, scheme: 'https' } };
// @ts-expect-error not a value of the enum
export const wrongFilter: Filter = { type: 'Redirect' };
// @ts-expect-error not a value of the enum of numbers
export const wrongStatus: Filter = { type: 'RequestRedirect', requestRedirect: { statusCode: 200 } };

// The whole object: type, name and Kubernetes' metadata, also of a custom kind.
export const minimal: Rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata, spec: {} };
// @ts-expect-error another kind
export const wrongKind: Rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Deployment', metadata, spec: {} };
export const nameless: Rollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  // @ts-expect-error no name
  metadata: { namespace: 'b' },
  spec: {},
};
export const unknownMetadata: Rollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  // @ts-expect-error an unknown field of the metadata
  metadata: { name: 'a', label: {} },
  spec: {},
};
// @ts-expect-error a Namespace has no data
export const wrongField: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata, data: { a: 'b' } };
// @ts-expect-error a kind that is not emitted
export type NotEmitted = ManifestOf<'v1/Pod'>;

// Times are text; what a definition leaves open is any JSON.
export const time: Equal<Rollout['spec']['restartAt'], string | undefined> = true;
export const anything: Step = { plugin: { name: 'a/b', config: { nested: [1, 'two', null] } satisfies Json } };
// @ts-expect-error a function is no JSON
export const notJson: Step = { plugin: { name: 'a/b', config: () => 1 } };
