import type { PendingRelease } from '../catalog/resolve';
import type { CatalogInput } from '../catalog/schema/catalog';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { nearest } from '../diagnostic/nearest';
import { PLAN_CODES, type PlanCode } from '../plan/codes';
import type { PlanOptions } from './plan-options';

/** Names on the command line that the catalog does not have, with what was probably meant. */
export function unknownNames(
  input: CatalogInput,
  releases: readonly PendingRelease[],
  { service, environment }: PlanOptions,
): readonly Diagnostic[] {
  const services = Object.keys(input.services ?? {});
  const environments = Object.keys(input.environments ?? {});
  const found: Diagnostic[] = [];
  if (service !== undefined && !services.includes(service)) found.push(unknown('PLN001', 'service', service, services));
  if (environment !== undefined && !environments.includes(environment))
    found.push(unknown('PLN002', 'environment', environment, environments));
  if (found.length > 0 || service === undefined) return found;
  const places = releases
    .filter((release) => release.services.some(({ key }) => key === service))
    .map((release) => release.environment.name);
  if (environment === undefined ? places.length > 0 : places.includes(environment)) return found;
  return [
    fault(
      'PLN003',
      environment === undefined ? '--service' : '--environment',
      environment === undefined
        ? `the service "${service}" is in no environment`
        : `the service "${service}" is not in the environment "${environment}"`,
      places.length === 0 ? 'it has "enabled": false everywhere' : `it is in: ${places.join(', ')}`,
    ),
  ];
}

function unknown(code: PlanCode, what: string, name: string, known: readonly string[]): Diagnostic {
  const meant = nearest(name, known);
  const hint = meant === undefined ? `there are: ${known.join(', ')}` : `did you mean "${meant}"?`;
  return fault(code, `--${what}`, `there is no ${what} "${name}"`, hint);
}

const fault = (code: PlanCode, path: string, message: string, hint: string): Diagnostic => ({
  code,
  severity: PLAN_CODES[code].severity,
  path,
  message,
  hint,
});
