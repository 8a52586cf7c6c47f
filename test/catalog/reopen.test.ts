import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openCatalog } from '../../lib/catalog/read';
import { reopen } from '../../lib/catalog/reopen';
import type { RecalledCatalog, RememberedCatalog } from '../../lib/incremental/catalog-memory';
import { ROOT } from '../tools/catalog';
import { Random } from '../tools/mutate';

let folder: string;
let remembered: RememberedCatalog;
const file = () => join(folder, 'services.json');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutover-reopen-'));
  cpSync(join(ROOT, 'migrations'), join(folder, 'migrations'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SAMPLE = readFileSync(join(ROOT, 'services.json'), 'utf8');

beforeEach(() => {
  writeFileSync(file(), SAMPLE);
  const found = openCatalog(file()).toRemember();
  if (found === undefined) throw new Error('the sample has no faults');
  remembered = found;
});

const recalled = ({ bytes, facts }: RememberedCatalog): RecalledCatalog => ({
  text: { length: bytes.length, stretch: (from, to) => bytes.subarray(from, to), close: () => undefined },
  facts,
});

/** Everything that a run learns of a catalog. */
function learnt(from: RememberedCatalog | undefined) {
  const catalog = openCatalog(file(), from && recalled(from));
  const releases = catalog.releases.map((release) => ({
    platform: release.platform,
    environment: release.environment,
    shared: release.sharedInputs(),
    services: release.services.map((service) => ({
      key: service.key,
      name: service.name,
      inputs: service.inputs(),
      migrations: service.migrations(),
      complete: service.complete(),
    })),
  }));
  return { releases, diagnostics: catalog.diagnostics(), faults: catalog.faults() };
}

const replaced = (from: string | RegExp, to: string) => {
  const text = SAMPLE.replace(from, to);
  if (text === SAMPLE) throw new Error(`${from} is not in the sample`);
  return text;
};

/** What stands behind the beginning of the services, where one of a service's own fields is. */
const inServices = (from: string, to: string) => {
  const at = SAMPLE.indexOf('\n  "services": {');
  const text = SAMPLE.slice(0, at) + SAMPLE.slice(at).replace(from, to);
  if (text === SAMPLE) throw new Error(`${from} is in no service`);
  return text;
};

const READ_IN_PART: readonly (readonly [string, () => string])[] = [
  ['nothing', () => SAMPLE],
  ['a version', () => replaced('"backend": "2.6.0"', '"backend": "2.6.11"')],
  ['a version that is refused when it is completed', () => replaced('"backend": "2.6.0"', '"backend": "latest"')],
  ['a number of a service', () => inServices('"replicas": 4', '"replicas": 14')],
  ['blanks in a service', () => inServices('"replicas": 4', '"replicas":   4')],
  ['a text beyond ASCII', () => inServices('"LOG_LEVEL": "info"', '"LOG_LEVEL": "größer — 测试"')],
  ['a gate that its own steps do not know', () => inServices('"success-rate": {', '"other-rate": {')],
  [
    'both scales',
    () =>
      inServices(
        '"replicas": 4,',
        '"replicas": 4, "autoscaling": { "minReplicas": 2, "maxReplicas": 3, "targetCpuPercent": 50 },',
      ),
  ],
  ['a warning', () => inServices('"gates": {', '"gates": { "unused": { "kind": "restarts", "atMost": 1 },')],
];

const READ_WHOLE: readonly (readonly [string, () => string])[] = [
  ['no JSON', () => inServices('"replicas": 4', '"replicas": 4,,')],
  ['a key that stands twice', () => inServices('"replicas": 4', '"replicas": 4, "replicas": 4')],
  ['a service that ends early', () => inServices('"replicas": 4', '"replicas": 4 }, "more": { "replicas": 4')],
  ['a field that the schema does not know', () => inServices('"replicas"', '"replica"')],
  ['another name in the cluster', () => inServices('"name": "tbyte-microservices-backend"', '"name": "backend"')],
  ['another public host', () => inServices('"hosts": ["', '"hosts": ["a')],
  ['a service that is left out', () => inServices('"replicas": 4', '"enabled": false, "replicas": 4')],
  ['another strategy', () => inServices('"kind": "canary"', '"kind": "rolling"')],
  ['another key', () => inServices('"backend": {', '"back": {')],
  ['a version of a service that does not exist', () => replaced('"backend": "2.6.0"', '"backing": "2.6.0"')],
  ['what all services share', () => replaced('"preStopSeconds": 15', '"preStopSeconds": 16')],
  ['the platform', () => replaced('"revision": "stable"', '"revision": "canary"')],
  ['an override in an environment', () => replaced('"durationSeconds": 60 }', '"durationSeconds": 61 }')],
  [
    'two places at once',
    () => replaced('"backend": "2.6.0"', '"backend": "2.6.1"').replace('"replicas": 4', '"replicas": 5'),
  ],
  ['bytes that are no UTF-8', () => inServices('"replicas": 4', '"owner": "\ud800", "replicas": 4')],
  ['an empty file', () => ''],
];

describe.each([
  ['read in part', READ_IN_PART, true],
  ['read whole', READ_WHOLE, false],
] as const)('%s', (_, cases, inPart) => {
  test.each(cases)('%s', (_name, text) => {
    writeFileSync(file(), text());
    expect(reopen(recalled(remembered), readFileSync(file())) !== undefined).toBe(inPart);
    expect(learnt(remembered)).toEqual(learnt(undefined));
  });

  test.each(cases)('%s, and back again', (_name, text) => {
    writeFileSync(file(), text());
    const second = openCatalog(file(), recalled(remembered)).toRemember() ?? remembered;
    writeFileSync(file(), SAMPLE);
    expect(learnt(second)).toEqual(learnt(undefined));
  });
});

test('only what has changed is completed from the text; a slice that is not what it was is never taken', () => {
  const damaged = Buffer.from(remembered.bytes);
  damaged.fill(32, damaged.length >> 1, (damaged.length >> 1) + 40);
  expect(learnt({ ...remembered, bytes: damaged })).toEqual(learnt(undefined));
});

const PIECES = ['', ' ', '1', '0', 'a', 'é', '"', ',', ':', '{', '}', '[', ']', '\\', 'null', '"a": 1, ', '{}', '\n'];

test('one edit at a random place is read in part as it is read whole', () => {
  const random = new Random(20_261_123);
  let inPart = 0;
  for (let i = 0; i < 300; i += 1) {
    const start = random.below(SAMPLE.length);
    const piece = random.pick(PIECES);
    const text = SAMPLE.slice(0, start) + piece + SAMPLE.slice(start + random.below(4));
    writeFileSync(file(), text);
    // Else it is read whole anyway.
    if (reopen(recalled(remembered), readFileSync(file())) === undefined) continue;
    inPart += 1;
    const [part, whole] = [learnt(remembered), learnt(undefined)];
    if (!isDeepStrictEqual(part, whole)) throw new Error(`edit ${i}: ${JSON.stringify(piece)} at ${start}`);
  }
  expect(inPart).toBeGreaterThan(30);
}, 60_000);
