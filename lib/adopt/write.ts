import { applyEdits, type JSONPath, modify, parse } from 'jsonc-parser';
import { fieldAt, textAt } from '../manifest/object';
import type { Adoption } from './adopt';

/** What the entry changes in a catalog, as places and values. */
export interface Placement {
  readonly path: JSONPath;
  readonly value: unknown;
}

/** What stands in the way of writing an entry. */
export interface Obstacle {
  readonly why: string;
}

/**
 * The environments that get the version: the one that is named, else those with the Deployment's namespace. In the others the service
 * is switched off, so that none is without a version.
 */
export function placementsOf(
  catalog: unknown,
  adoption: Adoption,
  named: string | undefined,
): readonly Placement[] | Obstacle {
  const environments = Object.keys(Object(fieldAt(catalog, 'environments') ?? {}));
  if (named !== undefined && !environments.includes(named)) return { why: `the catalog has no environment "${named}"` };
  const own = environments.filter((name) =>
    named === undefined ? textAt(catalog, `environments.${name}.namespace`) === adoption.namespace : name === named,
  );
  if (own.length === 0)
    return {
      why: `no environment has the namespace "${adoption.namespace}": name one with --environment`,
    };
  if (fieldAt(catalog, `services.${adoption.key}`) !== undefined)
    return { why: `the catalog has a service "${adoption.key}" already` };
  return [
    { path: ['services', adoption.key], value: adoption.settings },
    ...environments.map(
      (name): Placement =>
        own.includes(name)
          ? { path: ['environments', name, 'versions', adoption.key], value: adoption.version }
          : { path: ['environments', name, 'services', adoption.key], value: { enabled: false } },
    ),
  ];
}

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2 } } as const;

/** The text of a catalog with the entries in it; everything else of the text stays as it is. */
export function written(
  text: string,
  adoptions: readonly Adoption[],
  environment: string | undefined,
): string | Obstacle {
  let result = text;
  for (const adoption of adoptions) {
    const placements = placementsOf(parse(result), adoption, environment);
    if ('why' in placements) return placements;
    for (const { path, value } of placements) result = applyEdits(result, modify(result, path, value, FORMAT));
  }
  return result;
}
