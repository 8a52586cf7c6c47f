import type { ContextFacts } from './identity';
import type { ReleaseState } from './state';
import type { ReleaseSubject } from './subject';

/** The state of a release as a value for other programs; what is not known is null. The shape is documented in docs/how-to/watch-a-release.md. */
export function stateToJson(
  subject: ReleaseSubject,
  context: ContextFacts,
  state: ReleaseState,
): Readonly<Record<string, unknown>> {
  const { service, namespace, rollout, known } = subject;
  return {
    service,
    environment: known?.environment.name,
    namespace,
    rollout,
    context: context.context,
    ...state,
    gates: state.gates.map(({ measurements, ...gate }) => ({
      ...gate,
      measurements: measurements.map(({ at, ...measurement }) => ({
        ...measurement,
        at: at === undefined ? undefined : new Date(at).toISOString(),
      })),
    })),
  };
}

/** JSON in which what is undefined stands as null, so that every field is always there. */
export const toJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_, one: unknown) => (one === undefined ? null : one), indent);
