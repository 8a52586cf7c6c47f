import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderEnvironment, renderService } from '../../charts/render';
import { ROOT, releasesOf } from '../tools/catalog';

const GOLDEN = join(ROOT, 'test/golden');

// Whole manifests of the smallest catalog that is useful: what a first user gets, and what the defaults are.
// After a change that is meant: UPDATE_GOLDEN=1 npx jest test/charts/golden, and read the difference.
const [release] = releasesOf(readFileSync(join(GOLDEN, 'catalog.json'), 'utf8'));
if (release === undefined) throw new Error('no release');
const { platform, environment, services } = release;
const files = [
  ...renderEnvironment(platform, environment),
  ...services.flatMap((service) => renderService(platform, environment, service)),
];

test.each(files)('$path is as it was', ({ path, text, findings }) => {
  const golden = join(GOLDEN, `${path.split('/').slice(1).join('-')}`);
  if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text);
  expect(findings).toEqual([]);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});

test('there is a golden file for each', () => expect(files.length).toBe(7));
