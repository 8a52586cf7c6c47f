import * as fs from 'node:fs';
import * as path from 'node:path';
import { type BenchCatalog, benchCatalog, PERIOD, type ServiceSeed, SHAPES, type Shape } from './catalog';
import { type Files, readFiles } from './files';
import { generalise, type Json, type Pattern, type Sample, type Values } from './pattern';

/** What the peers are made from: the product's own output, so that they stay equal to it as it grows. */
export interface Equivalent {
  readonly shapes: { readonly [S in Shape]: ShapeTemplate };
  /** The files that do not depend on the services, by path without suffix. */
  readonly environment: ReadonlyMap<string, readonly Json[]>;
}

export interface ShapeTemplate {
  /** The objects of a service by the folder in which their file is. */
  readonly folders: ReadonlyMap<string, Pattern>;
  /** The values that only the output tells, such as hashes. */
  readonly derived: readonly Excerpt[];
}

/** Where a value stands in a service's file: what is between two texts in a line. Parsing YAML would take minutes. */
interface Excerpt {
  readonly name: string;
  readonly folder: string;
  readonly line: number;
  readonly before: number;
  readonly after: number;
}

/** A service as a peer's values file lists it. */
export interface PeerService {
  readonly shape: Shape;
  readonly values: Values;
}

/** The templates, from what the product has written for the first services. */
export function equivalentOf(output: string): Equivalent {
  const { seeds } = benchCatalog(PERIOD);
  const keys = new Set(seeds.map(({ key }) => key));
  const files = readFiles(output);
  const environment = [...files].filter(([name]) => !keys.has(path.basename(name)));
  const shapeOf = (shape: Shape): ShapeTemplate =>
    templateOf(
      seeds.filter((seed) => seed.shape === shape),
      files,
    );
  return {
    shapes: { web: shapeOf('web'), api: shapeOf('api') },
    environment: new Map(environment.map(([name, { objects }]) => [name, objects])),
  };
}

function templateOf(seeds: readonly ServiceSeed[], files: Files): ShapeTemplate {
  const samples = seeds.map((seed) => {
    const own = [...files].filter(([name]) => path.basename(name) === seed.key);
    const rendered = Object.fromEntries(own.map(([name, { objects }]) => [folderOf(name), objects]));
    return { given: givenOf(seed), rendered, texts: new Map(own.map(([name, { text }]) => [folderOf(name), text])) };
  });
  const { pattern, derived } = generalise(samples);
  if (pattern.kind !== 'map') throw new Error('a service has files, and no two are the same');
  return {
    folders: new Map(pattern.entries),
    derived: derived.map(({ name, values }) => locate(name, values, samples)),
  };
}

/** The first place at which every sample's text holds its value, and around it a line of the same length. */
function locate(
  name: string,
  values: readonly (string | number)[],
  samples: readonly (Sample & { readonly texts: ReadonlyMap<string, string> })[],
): Excerpt {
  for (const folder of samples[0]?.texts.keys() ?? []) {
    const lines = samples.map(({ texts }) => (texts.get(folder) ?? '').split('\n'));
    for (let line = 0; line < (lines[0]?.length ?? 0); line += 1) {
      const cuts = lines.map((all, i) => (all[line] ?? '').split(String(values[i])));
      const [before = '', after = ''] = cuts[0] ?? [];
      if (
        cuts.every((cut) => cut.length === 2 && cut[0]?.length === before.length && cut[1]?.length === after.length)
      ) {
        return { name, folder, line, before: before.length, after: after.length };
      }
    }
  }
  throw new Error(`${values[0]} does not stand at one place of the output`);
}

/** Every service of a catalog with its values, of which the derived ones are read from the output. */
export function peerServices({ shapes }: Equivalent, { seeds }: BenchCatalog, output: string): readonly PeerService[] {
  return seeds.map((seed) => {
    const { folders, derived } = shapes[seed.shape];
    const texts = new Map(
      [...folders.keys()].map((folder) => [
        folder,
        fs.readFileSync(path.join(output, folder, `${seed.key}.yaml`), 'utf8'),
      ]),
    );
    const lines = new Map([...texts].map(([folder, text]) => [folder, text.split('\n')]));
    const found = derived.map(({ name, folder, line, before, after }) => {
      const text = lines.get(folder)?.[line] ?? '';
      return [name, text.slice(before, text.length - after)] as const;
    });
    return { shape: seed.shape, values: { ...givenOf(seed), ...Object.fromEntries(found) } };
  });
}

/** What is known of a service before it is rendered. */
const givenOf = ({ key, neighbour, owner, version, replicas }: ServiceSeed): Values => ({
  key,
  table: key.replaceAll('-', '_'),
  neighbour,
  owner,
  version,
  replicas,
});

const folderOf = (name: string): string => path.dirname(name);

export const byShape = (services: readonly PeerService[]): { readonly [S in Shape]: readonly Values[] } => {
  const of = (shape: Shape) => services.filter((one) => one.shape === shape).map(({ values }) => values);
  return { web: of('web'), api: of('api') };
};

/** Both shapes with their templates, in the order of SHAPES. */
export const templatesOf = ({ shapes }: Equivalent): readonly (readonly [Shape, ShapeTemplate])[] =>
  SHAPES.map((shape) => [shape, shapes[shape]]);
