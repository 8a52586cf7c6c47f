import { BUILT_IN } from '../../lib/catalog/built-in';
import type { CATALOG_CODES, CatalogCode } from '../../lib/catalog/codes';
import type { Fault } from '../../lib/catalog/faults';
import type { GateKindFacts } from '../../lib/catalog/gate-kinds';
import type { CatalogInput, ServiceSettings } from '../../lib/catalog/schema/catalog';
import type {
  Gate,
  GateKind,
  Release,
  RouterKind,
  Routing,
  Scale,
  SecretSource,
  Service,
  Step,
  Strategy,
  StrategyKind,
} from '../../lib/catalog/service';
import type { Diagnostic, Severity } from '../../lib/diagnostic/diagnostic';
import type { Path } from '../../lib/diagnostic/path';

// What must compile and what must not; tsc is the test. A line below @ts-expect-error that compiles is an error itself.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_T extends true>(): void => undefined;

// Words are closed unions.
holds<Same<StrategyKind, 'rolling' | 'blueGreen' | 'canary' | 'abTest'>>();
holds<Same<RouterKind, 'istio' | 'alb' | 'albTargetGroups' | 'gatewayApi' | 'none'>>();
holds<Same<Routing['router'], RouterKind>>();
holds<Same<Strategy['kind'], StrategyKind>>();
holds<Same<Severity, 'error' | 'warning' | 'info'>>();
holds<Same<keyof typeof CATALOG_CODES, CatalogCode>>();
holds<Same<NonNullable<ServiceSettings['strategy']>['kind'], StrategyKind | undefined>>();
holds<Same<NonNullable<NonNullable<ServiceSettings['gates']>[string]>['kind'], GateKind | undefined>>();

// @ts-expect-error a strategy that there is not
export const unknownStrategy: ServiceSettings = { strategy: { kind: 'recreate' } };
// @ts-expect-error a kind of gate that there is not
export const unknownGate: ServiceSettings = { gates: { errors: { kind: 'errorrate' } } };
declare const word: string;
// @ts-expect-error any text is no kind of gate
export const rawGate: ServiceSettings = { gates: { errors: { kind: word } } };
// @ts-expect-error any text is no protocol
export const rawProtocol: ServiceSettings = { ports: { http: { port: 80, protocol: word } } };
// @ts-expect-error any text is no code
export const rawCode: Fault = { code: word, at: [], message: '' };
// @ts-expect-error a code that there is not
export const unknownCode: Fault = { code: 'CAT999', at: [], message: '' };
// @ts-expect-error a field that there is not
export const unknownField: ServiceSettings = { replica: 3 };
// @ts-expect-error a wrong type
export const wrongType: ServiceSettings = { replicas: '3' };
// @ts-expect-error null takes away only what the schema says
export const removedReplicas: ServiceSettings = { replicas: null };
// @ts-expect-error left out is not the same as undefined
export const undefinedReplicas: ServiceSettings = { replicas: undefined };
export const removed: ServiceSettings = { autoscaling: null, gates: { errors: null }, config: { LEVEL: null } };

// Tables over a union are complete.
type Table<Kind extends string> = { readonly [K in Kind]: string };
// @ts-expect-error restarts is missing
export const gateTable: Table<GateKind> = {
  readyPods: '',
  cpu: '',
  memory: '',
  errorRate: '',
  successRate: '',
  latency: '',
  query: '',
};
// @ts-expect-error abTest is missing
export const strategyTable: Table<StrategyKind> = { canary: '', blueGreen: '', rolling: '' };
// @ts-expect-error a fact without its question
export const facts: GateKindFacts = { bounds: ['atMost'], fields: [], ratio: true };

/** A new kind of step does not compile until it is here. */
export function secondsOf(step: Step): number {
  switch (step.kind) {
    case 'setWeight':
      return 0;
    case 'pause':
      return step.durationSeconds ?? 0;
    case 'analysis':
      return step.gates.length;
    case 'canaryScale':
      return step.scale.kind === 'replicas' ? step.scale.replicas : 0;
    case 'headerRoute':
      return step.header === undefined ? 0 : 1;
    case 'mirrorRoute':
      return step.percent ?? 0;
    case 'experiment':
      return step.durationSeconds;
  }
}
// @ts-expect-error without a return for the other kinds
export function incomplete(step: Step): number {
  switch (step.kind) {
    case 'setWeight':
      return 0;
    case 'pause':
      return 0;
  }
}

// A member of a union has its own fields only.
declare const step: Step;
declare const scale: Scale;
declare const secret: SecretSource;
// @ts-expect-error only of setWeight
step.weight;
// @ts-expect-error only when it is fixed
scale.replicas;
// @ts-expect-error only of an external secret
secret.property;

// Nothing that was read can be changed, at any depth.
declare const input: CatalogInput;
declare const settings: ServiceSettings;
declare const service: Service;
declare const release: Release;
declare const gate: Gate;
declare const path: Path;
declare const diagnostic: Diagnostic;
// @ts-expect-error read-only
input.services = {};
// @ts-expect-error read-only
settings.replicas = 3;
// @ts-expect-error read-only
settings.strategy.steps = [];
// @ts-expect-error read-only
settings.strategy?.steps?.push({ setWeight: 5 });
// @ts-expect-error read-only
settings.config.A = '1';
// @ts-expect-error read-only
service.name = 'other';
// @ts-expect-error read-only
service.ports.push(service.probes.readiness.port);
// @ts-expect-error read-only
service.config.A = '1';
// @ts-expect-error read-only
service.resources.requests.cpu = '1';
// @ts-expect-error read-only
release.services.sort();
// @ts-expect-error read-only
gate.bound.value = 1;
// @ts-expect-error read-only
path.push('a');
// @ts-expect-error read-only
diagnostic.message = '';
// @ts-expect-error read-only
BUILT_IN.replicas = 3;

// After reading nothing is missing: what may be absent says so.
holds<Same<Service['replicas' & keyof Service], never>>();
holds<undefined extends Service['image'] ? false : true>();
holds<undefined extends Gate['count'] ? false : true>();
holds<undefined extends Service['migrations'] ? true : false>();
// @ts-expect-error an index may lead nowhere
export const anySecret: SecretSource = service.secrets.A;
