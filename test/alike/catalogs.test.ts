import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { renderService, withHashes } from '../../charts/render';
import { openCatalog } from '../../lib/catalog/read';
import { AlikeServices } from '../../lib/cli/alike-services';
import { judgedOf } from '../../lib/cli/migration-linter';
import { folderState } from '../../lib/incremental/folder-state';
import { catalogs } from '../sweep/catalogs';
import { ROOT } from '../tools/catalog';

/** Every run is the same; another seed: CUTOVER_SEED=42 npx jest test/alike. */
const seed = Number(process.env.CUTOVER_SEED ?? 20_261_129);
const numRuns = Number(process.env.CUTOVER_ALIKE_RUNS ?? 100);

const folder = mkdtempSync(join(tmpdir(), 'cutover-alike-'));
for (const part of ['migrations', 'docs/examples']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

/** Names that mean something to Kubernetes, to controllers, to YAML, or in the texts that are rendered. */
const KNOWN = [
  ...[
    'stable',
    'canary',
    'primary',
    'default',
    'http',
    'web',
    'shop',
    'true',
    'null',
    'on',
    'y',
    'e1',
    'a',
    'istio-ingress',
  ],
  ...[
    'kubernetes',
    'kube-system',
    'prometheus',
    'monitoring',
    'cutover',
    'production',
    'rollout',
    'pg-sleep',
    'current-user',
  ],
];

const name = fc.oneof(
  // Few letters, so that soon all of them have been seen everywhere.
  { weight: 12, arbitrary: fc.stringMatching(/^[b-e][a-e0-2]-[a-e0-2]{3}$/) },
  { weight: 2, arbitrary: fc.stringMatching(/^[b-e][a-e0-2][a-b-][a-e0-2]{3}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z]{5}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/) },
  { weight: 1, arbitrary: fc.constantFrom(...KNOWN) },
);

const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
const version = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(fc.nat(12), fc.nat(30), fc.nat(9)).map((parts) => parts.join('.')) },
  fc.tuple(fc.nat(9), digest).map(([minor, one]) => `1.${minor}.0@sha256:${one}`),
  fc.stringMatching(/^[0-9a-f]{7}$/),
  fc.constantFrom('v1.2.3', '1e5', '1.9', '2024.01.02', 'main-7', '0123456'),
);

const cast = fc
  .tuple(fc.uniqueArray(name, { minLength: 30, maxLength: 40 }), fc.array(version, { minLength: 40, maxLength: 40 }))
  .map(([names, versions]) => names.map((key, i) => ({ key, version: versions[i] ?? '1.0.0' })));

const NOWHERE = { directory: undefined, build: undefined };

interface Told {
  readonly told: number;
  readonly rendered: number;
}

/** In how many ways a catalog is written: with blanks or without, and with escapes where none is needed. */
const WAYS = 4;

function written(catalog: object, way: number): string {
  const text = JSON.stringify(catalog, undefined, way % 3);
  return way < 3 ? text : text.replaceAll('http://b', 'http:\\/\\/\\u0062');
}

/** Renders every service by itself, and as synth would; fails where the two differ. */
function compared(catalog: object, way = 2): Told {
  const file = join(folder, 'services.json');
  writeFileSync(file, written(catalog, way));
  const opened = openCatalog(file);
  const alike = new AlikeServices(opened.snapshot, NOWHERE);
  const count = { told: 0, rendered: 0 };
  for (const release of opened.releases) {
    for (const service of release.services) {
      const before = opened.faults().all;
      const complete = service.complete();
      const shared = release.sharedInputs();
      const directory = service.migrations();
      const known = directory === undefined ? '' : folderState('.', directory, undefined, opened.snapshot).mark;
      const likeness = alike.likenessOf(release, service, shared, known);
      // One that has met nobody compares with nobody.
      expect(likeness).toEqual(new AlikeServices(opened.snapshot, NOWHERE).likenessOf(release, service, shared, known));
      const told = likeness && alike.rendered(likeness);
      const clean = opened.faults().all === before;
      const { made, hashes } = withHashes(() => renderService(release.platform, release.environment, complete));
      const findings = made.flatMap((one) => one.findings);
      if (told !== undefined) {
        expect([service.key, clean, findings]).toEqual([service.key, true, []]);
        const files = made.map(({ path, text }) => ({ path, text }));
        expect(told.files).toEqual(files);
        expect(told.migrations).toEqual(complete.migrations && judgedOf(complete.migrations));
        count.told += 1;
      } else {
        count.rendered += 1;
        const rendered = { files: made, migrations: complete.migrations && judgedOf(complete.migrations) };
        if (likeness !== undefined && clean && findings.length === 0) alike.learn(likeness, rendered, hashes);
      }
    }
  }
  return count;
}

/** A catalog in which what was said of one service is said of a whole cast, each with the next as its neighbour. */
function catalogOf(text: string, one: string, people: readonly { readonly key: string; readonly version: string }[]) {
  const { services, environments, ...rest } = JSON.parse(text);
  const settings = JSON.stringify(services[one]);
  const cloned = people.map(({ key }, i) => {
    const neighbour = people[(i + 1) % people.length]?.key ?? key;
    const own = JSON.parse(settings.replaceAll('.example', `.${key}.example`));
    return [
      key,
      {
        ...own,
        ...(own.name === undefined ? {} : { name: `${key}-svc` }),
        config: { ...own.config, PEER_URL: `http://${neighbour}:8080`, DATABASE: `${key}-db.internal` },
        ...(own.allowedCallers === undefined ? {} : { allowedCallers: { services: [neighbour] } }),
      },
    ];
  });
  const versions = Object.fromEntries(people.map(({ key, version: own }) => [key, own]));
  const placed = Object.entries<Record<string, unknown>>(environments).map(
    ([environment, { services: _, ...said }]) => [environment, { ...said, requireDigests: undefined, versions }],
  );
  return { ...rest, environments: Object.fromEntries(placed), services: Object.fromEntries(cloned) };
}

const total = (counts: readonly Told[]) => counts.reduce((sum, { told }) => sum + told, 0);

test(`what ${numRuns} catalogs are told is what their services are rendered to (seed ${seed})`, () => {
  const counts: Told[] = [];
  fc.assert(
    fc.property(catalogs(), cast, fc.nat(WAYS - 1), (catalog, people, way) => {
      counts.push(compared(catalogOf(JSON.stringify(catalog), 'web', people), way));
    }),
    { seed, numRuns },
  );
  // Else it would say nothing: most of so few services are the first of their shape.
  expect(total(counts)).toBeGreaterThan(numRuns);
}, 300_000);

test.each(['backend', 'frontend', 'orders', 'storefront', 'assistant'])(
  'so are many that are like %s of the sample',
  (one) => {
    const text = readFileSync(join(ROOT, 'services.json'), 'utf8');
    // Always the same: of some casts hardly any two are alike.
    const [people = []] = fc.sample(cast, { seed: 20_261_129, numRuns: 1 });
    // Whoever has migrations must have a version that can be compared with their releases.
    const { told } = compared(
      catalogOf(
        text,
        one,
        people.map(({ key }, i) => ({ key, version: `3.${i}.0` })),
      ),
    );
    expect(told).toBeGreaterThan(10);
  },
);
