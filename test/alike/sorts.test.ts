import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../tools/catalog';

/** Where texts are sorted on the way from a service's settings to what is rendered, and why its words do not decide how. */
const SORTS: Readonly<Record<string, string>> = {
  'charts/parts/gates/analysis-template.ts':
    'names of gates: fields, and no field has a word of its service in its name',
  'charts/parts/notifications.ts': 'names of triggers',
  'lib/catalog/complete/auto-gate.ts': 'names of gates',
  'lib/catalog/complete/migration-uses.ts': 'versions of uses, by their numbers',
  'lib/catalog/complete/migrations.ts': 'phases, by their order',
  'lib/catalog/complete/rating.ts': 'gates, by their odds',
  'lib/catalog/complete/rehearsal.ts': 'nothing of it is rendered',
  'lib/catalog/complete/routing.ts': 'lists of hosts and of callers: a shape holds how its lists are sorted',
  'lib/catalog/complete/routing/gateway-api.ts': 'a list of gateways',
  'lib/catalog/complete/routing/istio.ts': 'a list of gateways',
  'lib/catalog/complete/service.ts': 'a list of paths',
  'lib/catalog/complete/workload.ts': 'names of fields',
};

test('what is sorted cannot be sorted otherwise in a service that is alike (lib/alike/likeness.ts)', () => {
  const files = ['charts', 'lib/catalog/complete'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const sorting = files.filter((file) => /\.(?:sort|toSorted)\(|[cC]ompareText/.test(readFileSync(file, 'utf8')));
  expect(sorting.map((file) => relative(ROOT, file)).sort()).toEqual(Object.keys(SORTS).sort());
});
