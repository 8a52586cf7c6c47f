import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG_CODES } from '../../lib/catalog/codes';
import { catalogFromText, type ReadCatalog } from '../../lib/catalog/read';
import { formatDiagnostics } from '../../lib/diagnostic/format';
import { ROOT } from '../tools/catalog';
import { type Mutant, mutate, Random } from '../tools/mutate';
import { edited, MINIMAL, MINIMAL_FILES, removeWorkspaces, workspace } from './minimal';

afterAll(removeWorkspaces);

const SAMPLE: unknown = JSON.parse(readFileSync(join(ROOT, 'services.json'), 'utf8'));

/** What is wrong with how a text was read, or undefined. */
function complaint({ text }: Mutant, { releases, diagnostics }: ReadCatalog): string | undefined {
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  if (failed !== (releases.length === 0)) return failed ? 'releases in spite of errors' : 'neither errors nor releases';
  for (const { code, path, message, position } of diagnostics) {
    if (!Object.hasOwn(CATALOG_CODES, code)) return `unknown code ${code}`;
    if (path === '' || message === '' || position === undefined) return `${code} without a place or words`;
    const lines = text.split(/\r\n|\n|\r/);
    if ((lines[position.line - 1]?.length ?? -1) < position.column - 1) return `${code} stands outside of the text`;
  }
  const ids = diagnostics.map(({ code, path, message }) => JSON.stringify([code, path, message]));
  if (new Set(ids).size !== ids.length) return 'a fault is told twice';
  return /[^\n -~\p{L}\p{N}\p{P}\p{S}\p{M}\p{Zs}]/u.test(formatDiagnostics(diagnostics))
    ? 'a control character'
    : undefined;
}

test('500 changed samples are read or told, never thrown at', () => {
  const before = process.cpuUsage();
  let read = 0;
  for (let seed = 1; seed <= 500; seed += 1) {
    const mutant = mutate(SAMPLE, new Random(seed));
    const catalog = catalogFromText('services.json', mutant.text, ROOT);
    const wrong = complaint(mutant, catalog);
    if (wrong !== undefined) throw new Error(`seed ${seed}: ${wrong}\n${mutant.story.join('\n')}`);
    if (catalog.releases.length > 0) read += 1;
  }
  expect(read).toBeGreaterThan(10);
  expect(read).toBeLessThan(400);
  const { user, system } = process.cpuUsage(before);
  // In Jest's sandbox, where working out gates costs several times what it does outside.
  expect((user + system) / 1000).toBeLessThan(40_000);
}, 120_000);

test('a seed decides everything', () => {
  const texts = (seed: number) => mutate(SAMPLE, new Random(seed)).text;
  expect(texts(7)).toBe(texts(7));
  expect(new Set(Array.from({ length: 50 }, (_, seed) => texts(seed))).size).toBeGreaterThan(45);
});

describe('a catalog of many faults is told in a moment', () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `name${i}`);
  const times = <T>(value: (name: string) => T) => Object.fromEntries(names.map((name) => [name, value(name)]));

  test.each([
    ['unknown fields', { 'services/web': times(() => 1) }, 'CAT003', 5_000],
    ['faulty services', { services: times(() => ({ replicas: 'x' })) }, 'CAT005', 5_000],
    ['versions of services that there are not', { 'environments/staging/versions': times(() => '1') }, 'CAT022', 5_000],
    ['steps of a wrong type', { 'services/web/strategy/steps': names }, 'CAT005', 5_000],
    [
      'gates that there are not',
      { 'services/web/strategy/steps': names.slice(0, 100).map((name) => ({ analysis: [name] })) },
      'CAT023',
      100,
    ],
    ['arguments', { 'services/web/args': Array.from({ length: 500_000 }, () => 'x') }, 'CAT007', 1],
    ['callers, all the same', { 'services/web/allowedCallers/services': names.map(() => 'web') }, 'CAT011', 1],
  ] as const)('%s', (_, edit, code, count) => {
    const text = JSON.stringify(edited(MINIMAL, edit));
    const start = performance.now();
    const { diagnostics } = catalogFromText('services.json', text, workspace(MINIMAL_FILES));
    expect(diagnostics.filter((one) => one.code === code)).toHaveLength(count);
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  test.each([
    ['services/web/name', '-'],
    ['services/web/name', 'a-'],
    ['services/web/routing/hosts/0', 'a.'],
    ['services/web/routing/hosts/0', 'a'],
    ['services/web/image/repository', 'a/'],
    ['services/web/routing/retries/retryOn', 'a,'],
    ['services/web/secrets/TOKEN/existing/name', '-.'],
    ['services/api/migrations/directory', 'a/'],
    ['services/api/migrations/database/cidr', '1.'],
    ['platform/registry', 'a:'],
    ['platform/prometheus/address', 'http://a/'],
    ['platform/argocd/path', 'a/'],
    ['platform/flyway/image', 'a:'],
    ['services/web/security/writablePaths/0', '/a'],
  ])('64 KiB at %s of %s', (path, part) => {
    const field = path.endsWith('/0')
      ? { [path.slice(0, -2)]: [`${part.repeat(65_536 / part.length)}!`] }
      : { [path]: `${part.repeat(65_536 / part.length)}!` };
    const start = performance.now();
    const { diagnostics } = catalogFromText(
      'services.json',
      JSON.stringify(edited(MINIMAL, field)),
      workspace(MINIMAL_FILES),
    );
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
