import type { Path } from '../../diagnostic/path';
import type { Routing, Strategy } from '../service';
import { derivedWorkloads, releaseServices } from '../workload-names';
import type { Context } from './context';

/** A name that stays within 63 characters after the hash of a version and of a pod. */
const LONGEST_WORKLOAD = 42;

/** Names that are made from the service's and another one must be short enough, and nobody else's. */
export function checkDerivedNames(context: Context, strategy: Strategy, routing: Routing): void {
  const name = context.settings.name ?? context.key;
  const tellTwin = (derived: string, path: Path) => {
    const twin = context.keyOf(derived);
    if (twin === undefined) return;
    context.fault(
      'CAT069',
      path,
      `"${derived}" is also the name of the service "${twin}" in the cluster`,
      'give one of them another name',
      derived,
    );
  };
  for (const { name: derived, path } of derivedWorkloads(name, strategy, routing)) {
    tellTwin(derived, path);
    if (derived.length <= LONGEST_WORKLOAD) continue;
    context.fault(
      'CAT069',
      path,
      `"${derived}" has ${derived.length} characters, and the name of a workload ${LONGEST_WORKLOAD} at the most`,
      'shorten the name of the service or of the variant',
      derived,
    );
  }
  for (const suffix of Object.values(releaseServices(strategy, routing))) tellTwin(`${name}${suffix}`, ['name']);
}
