import { rendered, sampleScope } from '../tools/catalog';
import { DOCUMENTS } from './markdown';

interface Container {
  readonly env: readonly { readonly name: string }[];
}

/** The names of the settings that the sample's Jobs give to Flyway. */
const set = rendered(sampleScope('backend', 'staging'))
  .filter(({ kind }) => kind === 'Job')
  .flatMap((job): readonly Container[] => {
    const pod: unknown = Reflect.get(Reflect.get(Reflect.get(job, 'spec'), 'template'), 'spec');
    return Reflect.get(Object(pod), 'containers');
  })
  .flatMap(({ env }) => env.map(({ name }) => name))
  .filter((name) => name.startsWith('FLYWAY_'));

const documented = (DOCUMENTS.find(({ path }) => path === 'docs/migrations.md')?.code ?? []).filter((name) =>
  /^FLYWAY_\w+$/.test(name),
);

test('docs/migrations.md tells every setting of Flyway, and none that is not set', () => {
  expect(set.length).toBeGreaterThan(10);
  expect([...new Set(documented)].sort()).toEqual([...new Set(set)].sort());
});
