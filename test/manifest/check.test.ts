import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkObjects } from '../../lib/manifest/check';
import { type KubeObject, listAt } from '../../lib/manifest/object';
import { ROOT, releasesOf, rendered, sampleReleases, sampleScope } from '../tools/catalog';

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

test('a gate that compares with the stable version is passed its hash, and has no finding', () => {
  const text = readFileSync(join(ROOT, 'services.json'), 'utf8');
  const gate = '"error-rate": { "kind": "errorRate", "atMost": 0.02 }';
  expect(text).toContain(gate);
  const [release] = releasesOf(text.replace(gate, gate.replace(' }', ', "relative": true }')));
  const service = release?.services.find(({ key }) => key === 'storefront');
  if (release === undefined || service === undefined) throw new Error('no storefront');
  const objects = rendered({ ...release, service });
  expect(checkObjects('file', objects)).toEqual([]);
  const [analysis] = objects
    .filter(({ kind }) => kind === 'Rollout')
    .flatMap((one) => listAt(one, 'spec.strategy.canary.steps'))
    .flatMap((step) => listAt(step, 'analysis.args'))
    .slice(1);
  expect(analysis).toEqual({ name: 'stable-hash', valueFrom: { podTemplateHashValue: 'Stable' } });
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
