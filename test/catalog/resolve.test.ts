import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { catalogFromText } from '../../lib/catalog/read';
import type { Service, Step } from '../../lib/catalog/service';
import { canaryOf, istioOf, ROOT, sampleReleases, sampleScope } from '../tools/catalog';
import { type Edits, edited, MINIMAL, MINIMAL_FILES, removeWorkspaces, workspace } from './minimal';

afterAll(removeWorkspaces);

const TEXT = readFileSync(join(ROOT, 'services.json'), 'utf8');
const all = sampleReleases();
const shown = (step: Step): string => {
  switch (step.kind) {
    case 'setWeight':
      return `${step.weight} %`;
    case 'pause':
      return step.durationSeconds === undefined ? 'until resumed' : `${step.durationSeconds} s`;
    case 'analysis':
      return step.gates.map(({ name }) => name).join(', ');
    default:
      return step.kind;
  }
};

describe('the sample', () => {
  const each = <T>(of: (service: Service) => T) =>
    all.flatMap(({ environment, services }) =>
      services.map((service) => [`${environment.name}/${service.key}`, of(service)] as const),
    );

  test('which images run where?', () => {
    const registry = '045129524082.dkr.ecr.eu-central-1.amazonaws.com';
    const digests = {
      backend: 'sha256:ec73a1955437f09e0e6dcae1f5954738c6966947003f52412b94c43a3115d644',
      frontend: 'sha256:814485d5b866b3d752f282000c6cfe05de876342a3965f67ab6d27798fe74544',
      orders: 'sha256:eb99e50c41b7659d95b719c6200020e5c666b59107e886509be7c3be566b612e',
      storefront: 'sha256:9b2cf535f27731c974343645a3985328b5d3a5e3cfdd4a1b5a5b5ec1e6f1a0d3',
    };
    expect(each(({ image }) => `${image.reference} ${image.version}`)).toEqual([
      ['production/backend', `${registry}/tbyte-dev-backend:2.5.0@${digests.backend} 2.5.0`],
      ['production/frontend', `${registry}/tbyte-dev-frontend:1.8.2@${digests.frontend} 1.8.2`],
      ['production/orders', `${registry}/tbyte-microservices-orders:0.14.1@${digests.orders} 0.14.1`],
      ['production/storefront', `${registry}/tbyte-microservices-storefront:3.2.0@${digests.storefront} 3.2.0`],
      ['staging/assistant', `${registry}/tbyte-microservices-assistant:0.1.0 0.1.0`],
      ['staging/backend', `${registry}/tbyte-dev-backend:2.6.0 2.6.0`],
      ['staging/frontend', `${registry}/tbyte-dev-frontend:1.9.0 1.9.0`],
      ['staging/orders', `${registry}/tbyte-microservices-orders:0.14.2 0.14.2`],
      ['staging/storefront', `${registry}/tbyte-microservices-storefront:3.2.1 3.2.1`],
    ]);
  });

  test('which steps does the frontend take?', () => {
    const gates = 'ready-pods, restarts, cpu, error-rate, latency';
    expect(canaryOf(sampleScope('frontend').service).steps.map(shown)).toEqual(
      [10, 25, 50, 100].flatMap((weight) => [`${weight} %`, '75 s', gates]),
    );
  });

  test('what does an environment change of the steps?', () => {
    expect(canaryOf(sampleScope('storefront', 'staging').service).steps.map(shown)).toEqual([
      '50 %',
      '60 s',
      'error-rate',
    ]);
    expect(canaryOf(sampleScope('storefront').service).steps.map(shown).slice(-1)).toEqual([
      'error-rate, slow-checkouts',
    ]);
  });

  test('which migrations run where?', () => {
    const runs = (environment: string) => sampleScope('backend', environment).service.migrations?.runs;
    const expandAndFill = [
      { phase: 'expand', target: '1.1.1', mustBeApplied: [] },
      { phase: 'backfill', target: '1.1.2', mustBeApplied: [] },
    ];
    expect(runs('production')).toEqual(expandAndFill);
    expect(runs('staging')).toEqual([...expandAndFill, { phase: 'contract', target: '1.2', mustBeApplied: [] }]);
  });

  test('how many pods run where?', () => {
    const scales = new Map(each(({ scale }) => (scale.kind === 'fixed' ? scale.replicas : 'autoscaled')));
    expect(Object.fromEntries(scales)).toEqual({
      'production/backend': 4,
      'production/frontend': 5,
      'production/orders': 'autoscaled',
      'production/storefront': 3,
      'staging/assistant': 2,
      'staging/backend': 2,
      'staging/frontend': 2,
      'staging/orders': 2,
      'staging/storefront': 2,
    });
  });

  test('who may call the backend?', () => {
    for (const environment of ['production', 'staging']) {
      const callers = sampleScope('backend', environment).service.allowedCallers.services;
      expect(callers).toEqual(['tbyte-microservices-frontend', 'tbyte-microservices-orders']);
    }
  });

  test('a caller that an environment leaves out does not call there', () => {
    const text = JSON.stringify(edited(MINIMAL, { 'environments/staging/services/web/enabled': false }));
    const { releases } = catalogFromText('services.json', text, workspace(MINIMAL_FILES));
    const callers = releases.map(({ services }) => services.find(({ key }) => key === 'api')?.allowedCallers.services);
    expect(callers).toEqual([['web'], []]);
  });

  test('where is which host served?', () => {
    const hosts = each(({ routing }) => routing.hosts.join()).filter(([, one]) => one !== '');
    expect(Object.fromEntries(hosts)).toEqual({
      'production/frontend': 'www.tbyte.example',
      'production/storefront': 'shop.tbyte.example',
      'staging/frontend': 'www.staging.tbyte.example',
      'staging/storefront': 'shop.staging.tbyte.example',
    });
  });
});

/** A service of the minimal catalog after a change of it. */
function web(settings: object, environment = 'production'): Service {
  const text = JSON.stringify(edited(MINIMAL, { 'services/web': { ...MINIMAL.services.web, ...settings } }));
  const { releases, diagnostics } = catalogFromText('services.json', text, workspace(MINIMAL_FILES));
  const service = releases
    .find((one) => one.environment.name === environment)
    ?.services.find(({ key }) => key === 'web');
  if (service === undefined) throw new Error(JSON.stringify(diagnostics));
  return service;
}

describe('what is filled in', () => {
  test('probes of the only port, callers by the gateway, a background from the second step', () => {
    const service = web({});
    const { probes, allowedCallers } = service;
    expect(probes.readiness).toMatchObject({ kind: 'http', path: '/', periodSeconds: 10, port: { name: 'http' } });
    expect([probes.liveness, probes.startup, allowedCallers.gateway]).toEqual([undefined, undefined, true]);
    expect(canaryOf(service).background?.startingStep).toBe(1);
  });

  test('a background of one step starts with it', () => {
    const strategy = { steps: [{ setWeight: 10 }], background: { gates: ['errors'] } };
    expect(canaryOf(web({ strategy })).background?.startingStep).toBe(0);
  });

  test('a service without hosts has no gateways, and the gateway may not call it', () => {
    const service = web({ routing: { gateways: ['a/b'] } });
    expect([istioOf(service).gateways, service.allowedCallers.gateway]).toEqual([[], false]);
  });

  test('sets are sorted, header names are in lower case', () => {
    const { routing } = web({ routing: { hosts: ['b.example', 'a.example'], canaryHeader: { name: 'X-Canary' } } });
    expect([routing.hosts, routing.canaryHeader]).toEqual([
      ['a.example', 'b.example'],
      { name: 'x-canary', value: 'true' },
    ]);
  });

  test('an empty list in a higher layer takes the hosts away', () => {
    const text = JSON.stringify(edited(MINIMAL, { 'environments/staging/services/web/routing/hosts': [] }));
    const { releases } = catalogFromText('services.json', text, workspace(MINIMAL_FILES));
    expect(releases.map(({ services }) => services.find(({ key }) => key === 'web')?.routing.hosts)).toEqual([
      ['www.example.com'],
      [],
    ]);
  });

  test.each([
    ['1.4.0', 'registry.example.com/shop/web:1.4.0', '1.4.0'],
    [`sha256:${'a'.repeat(64)}`, `registry.example.com/shop/web@sha256:${'a'.repeat(64)}`, `sha256-${'a'.repeat(12)}`],
    [`1.4.0@sha256:${'b'.repeat(64)}`, `registry.example.com/shop/web:1.4.0@sha256:${'b'.repeat(64)}`, '1.4.0'],
    ['_1.4.0_', 'registry.example.com/shop/web:_1.4.0_', '1.4.0'],
    ['x'.repeat(128), `registry.example.com/shop/web:${'x'.repeat(128)}`, 'x'.repeat(63)],
  ])('version %s is image %s', (version, reference, label) => {
    const text = JSON.stringify(edited(MINIMAL, { 'environments/production/versions/web': version }));
    const { releases } = catalogFromText('services.json', text, workspace(MINIMAL_FILES));
    const image = releases[0]?.services.find(({ key }) => key === 'web')?.image;
    expect(image).toEqual({ reference, version: label, pullPolicy: 'IfNotPresent' });
  });
});

describe('the jobs of a release', () => {
  const FOLDER = 'migrations/api';
  const files = {
    [`${FOLDER}/expand/V1__a.sql`]: 'a',
    [`${FOLDER}/backfill/V2__b.sql`]: 'b',
    [`${FOLDER}/contract/V3__c.sql`]: 'c',
    [`${FOLDER}/contract/V4__d.sql`]: 'd',
    [`${FOLDER}/expand/V10__e.sql`]: 'e',
    [`${FOLDER}/expand/R__view.sql`]: 'view',
  };
  const runs = (version: string, third: string, fourth: string, edits: Edits = {}) => {
    const contracts = { '3': { release: third }, '4': { release: fourth } };
    const text = JSON.stringify(
      edited(MINIMAL, {
        'environments/staging': undefined,
        'environments/production/versions/api': version,
        'services/api/migrations/contracts': contracts,
        ...edits,
      }),
    );
    const { releases } = catalogFromText('services.json', text, workspace(files));
    return releases[0]?.services[0]?.migrations?.runs.map(
      (run) => `${run.phase} to ${run.target} behind ${run.mustBeApplied.join('+')}`,
    );
  };

  test.each([
    ['1.0', ['expand to 1 behind ', 'backfill to 2 behind ']],
    ['1.1', ['expand to 1 behind ', 'backfill to 2 behind ', 'contract to 3 behind ']],
    ['v1.1.0', ['expand to 1 behind ', 'backfill to 2 behind ', 'contract to 3 behind ']],
    ['1.2', ['expand to 3 behind 3', 'contract to 4 behind 3']],
    ['1.10', ['expand to 10 behind 3+4']],
  ])('of version %s, contracts in 1.1 and 1.2', (version, expected) => {
    expect(runs(version, '1.1', '1.2')).toEqual(expected);
  });

  const waiting = ['expand to 1 behind ', 'backfill to 2 behind '];

  test('a variant of an older version holds a contract back', () => {
    const strategy = { kind: 'abTest', abTest: { variants: { b: { version: '1.0', percent: 5 } } } };
    expect(runs('1.1', '1.1', '1.2', { 'services/api/strategy': strategy })).toEqual(waiting);
  });

  test.each([
    [{ blue: { version: '1.0' } }, waiting],
    [{ blue: { version: '1.1' } }, [...waiting, 'contract to 3 behind ']],
    [{ blue: { version: '1.2' }, green: { version: '1.3' } }, ['expand to 3 behind 3', 'contract to 4 behind 3']],
  ])('the older of two colours decides: %j', (colours, expected) => {
    const edits = {
      'platform/alb': { sourceCidrs: ['10.0.0.0/20'] },
      'services/api/strategy': { kind: 'blueGreen' },
      'services/api/routing': { router: 'albTargetGroups', hosts: ['api.example.com'], targetGroups: { colours } },
    };
    expect(runs('1.1', '1.1', '1.2', edits)).toEqual(expected);
  });

  test('two contracts of one release run in one Job', () => {
    expect(runs('1.1', '1.1', '1.1')).toEqual([
      'expand to 1 behind ',
      'backfill to 2 behind ',
      'contract to 4 behind ',
    ]);
  });
});

describe('the order of the keys', () => {
  const random = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));

  function shuffled(value: unknown, next: () => number): unknown {
    if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, member]) => [next(), key, shuffled(member, next)] as const)
        .sort(([a], [b]) => a - b)
        .map(([, key, member]) => [key, member]),
    );
  }

  test('does not matter to the releases', () => {
    fc.assert(
      fc.property(random, (stream) => {
        const text = JSON.stringify(shuffled(JSON.parse(TEXT), () => Number(stream.next().value)));
        expect(catalogFromText('services.json', text, ROOT).releases).toEqual(all);
      }),
      { numRuns: 25 },
    );
  });

  test('does not matter to what is told', () => {
    const bad = edited(MINIMAL, {
      'environments/staging/versions/wep': '1',
      'services/api/allowedCallers/services': ['wbe'],
      'services/web/strategy/steps/2/analysis': ['erors'],
      'services/web/colour': 'red',
      'services/web/name': 'api',
    });
    const root = workspace(MINIMAL_FILES);
    const told = (value: unknown) =>
      catalogFromText('services.json', JSON.stringify(value), root)
        .diagnostics.map(({ code, path, message, hint }) => `${code} ${path} ${message} ${hint}`)
        .sort();
    expect(told(bad)).toHaveLength(5);
    fc.assert(
      fc.property(random, (stream) => {
        expect(told(shuffled(bad, () => Number(stream.next().value)))).toEqual(told(bad));
      }),
      { numRuns: 25 },
    );
  });
});
