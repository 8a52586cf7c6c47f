import { join } from 'node:path';
import { openCatalog } from '../../lib/catalog/read';
import { AlikeServices } from '../../lib/cli/alike-services';
import { MINIMAL, removeWorkspaces, workspace } from '../catalog/minimal';

afterAll(removeWorkspaces);

/** The shapes of services by their keys, from a catalog that is written in some way. */
function shapesOf(catalog: object, write: (catalog: object) => string): ReadonlyMap<string, string | undefined> {
  const file = join(workspace({ 'services.json': write(catalog) }), 'services.json');
  const opened = openCatalog(file);
  const alike = new AlikeServices(opened.snapshot, { directory: undefined, build: undefined });
  expect(opened.diagnostics()).toEqual([]);
  return new Map(
    opened.releases.flatMap((release) =>
      release.services.map((service) => [service.key, alike.likenessOf(release, service, '', '')?.shape]),
    ),
  );
}

/** Services whose folders are sorted before or behind another one. */
function catalogOf(keys: readonly string[]): object {
  const { api } = MINIMAL.services;
  const said = (key: string) => ({ ...api, migrations: undefined, security: { writablePaths: [`/${key}`, '/bx'] } });
  return {
    ...MINIMAL,
    environments: {
      production: {
        ...MINIMAL.environments.production,
        versions: Object.fromEntries(keys.map((key) => [key, '1.0.0'])),
      },
    },
    services: Object.fromEntries(keys.map((key) => [key, said(key)])),
  };
}

test.each<[string, (catalog: object) => string]>([
  ['in one line', (catalog) => JSON.stringify(catalog)],
  ['in many lines', (catalog) => JSON.stringify(catalog, undefined, 2)],
  ['with escapes where none is needed', (catalog) => JSON.stringify(catalog).replaceAll('/bx', '\\u002f\\u0062x')],
])('%s: services are alike whose lists are sorted alike', (_, write) => {
  const shapes = shapesOf(catalogOf(['ad-x', 'ae-x', 'cd-x', 'ce-x']), write);
  expect([...shapes.values()].every((shape) => shape !== undefined)).toBe(true);
  expect(shapes.get('ad-x')).toBe(shapes.get('ae-x'));
  expect(shapes.get('cd-x')).toBe(shapes.get('ce-x'));
  expect(shapes.get('ad-x')).not.toBe(shapes.get('cd-x'));
});
