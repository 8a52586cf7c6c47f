import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectCount } from '../../lib/plan/objects';
import { ROOT, releasesOf, rendered, sampleReleases } from '../tools/catalog';

const releases = [...sampleReleases(), ...releasesOf(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'))];
const scopes = releases.flatMap((release) =>
  release.services.map(
    (service) => [`${service.key} in ${release.environment.name}`, { ...release, service }] as const,
  ),
);

test.each(scopes)('%s: as many objects as are rendered', (_, scope) => {
  const service = { ...scope.service, migrations: undefined };
  expect(objectCount(service)).toBe(rendered({ ...scope, service }).length);
});
