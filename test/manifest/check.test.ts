import { checkObjects } from '../../lib/manifest/check';
import type { KubeObject } from '../../lib/manifest/object';
import { rendered, sampleReleases, sampleScope } from '../tools/catalog';

/** The object with one field of its spec set to something else. */
const withSpec = (object: KubeObject, field: string, value: unknown): KubeObject => {
  const copy = structuredClone(object);
  Reflect.set(Reflect.get(copy, 'spec') as object, field, value);
  return copy;
};

describe.each(
  sampleReleases().flatMap(({ environment, services }) => services.map(({ key }) => [environment.name, key] as const)),
)('%s %s', (environment, key) => {
  const objects = rendered(sampleScope(key, environment));

  test('has no finding', () => expect(checkObjects('file', objects)).toEqual([]));

  test.each(objects.filter((one) => 'spec' in one).map((one) => [`${one.kind}/${one.metadata.name}`, one] as const))(
    'an unknown field of %s is found',
    (name, object) => {
      const found = checkObjects('file', [withSpec(object, 'analysys', {})]).filter((d) => d.code === 'MAN001');
      expect(found.map((d) => d.path)).toContain(`file ${name} spec.analysys`);
    },
  );
});

describe('a fault of the schema', () => {
  const rollout = rendered(sampleScope('frontend')).find((one) => one.kind === 'Rollout');
  if (rollout === undefined) throw new Error('no Rollout');

  test.each([
    ['replicas', 'five', 'spec.replicas'],
    ['replicas', 1.5, 'spec.replicas'],
    ['rollbackWindow', { revision: 3 }, 'spec.rollbackWindow.revision'],
  ])('spec.%s = %j is told with its path and value', (field, value, path) => {
    const [first] = checkObjects('file', [withSpec(rollout, field, value)]).filter((d) => d.code === 'MAN001');
    expect(first).toMatchObject({
      code: 'MAN001',
      severity: 'error',
      path: `file Rollout/tbyte-microservices-frontend ${path}`,
    });
  });

  test('a kind without a schema is refused', () => {
    const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' } };
    expect(checkObjects('file', [object]).map((d) => d.code)).toEqual(['MAN001']);
  });
});
