import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderService } from '../../charts/render';
import { can, PAIRS, type STEP_NEEDS, whyNot } from '../../lib/catalog/capabilities';
import { ROUTERS, STRATEGIES } from '../../lib/catalog/kinds';
import { catalogFromText } from '../../lib/catalog/read';
import type { RouterKind, StrategyKind } from '../../lib/catalog/service';
import { edited } from '../catalog/minimal';
import { ROOT, releasesOf } from '../tools/catalog';

const TEXT = readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8');
const GOLDEN = join(ROOT, 'test/golden/pairs');
const releases = releasesOf(TEXT);
const all = releases.flatMap(({ platform, environment, services }) =>
  services.map((service) => [service.key, { platform, environment, service }] as const),
);
const pairs = STRATEGIES.flatMap((strategy) => ROUTERS.map((router) => [strategy, router] as const));

// After a change that is meant: UPDATE_GOLDEN=1 npx jest test/charts/pairs, and read the difference.
describe('what every pair renders', () => {
  test.each(all)('%s', (key, { platform, environment, service }) => {
    const files = renderService(platform, environment, service);
    expect(files.flatMap(({ findings }) => findings)).toEqual([]);
    const text = files.map((file) => `# ${file.path}\n${file.text}`).join('---\n');
    const golden = join(GOLDEN, `${key}.txt`);
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text);
    expect(existsSync(golden)).toBe(true);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });
});

/** The example with one service more, of a pair. */
function diagnosticsOf(strategy: StrategyKind, router: RouterKind, settings: object = {}, routing: object = {}) {
  const text = JSON.stringify(
    edited(JSON.parse(TEXT), {
      services: {
        one: {
          ports: { http: { port: 80, metricsPath: '/metrics' } },
          replicas: 10,
          strategy: { kind: strategy, ...settings },
          routing: { router, hosts: router === 'none' ? [] : ['one.example.com'], ...routing },
        },
      },
      'environments/production/versions': { one: '1.0.0' },
    }),
  );
  return catalogFromText('services.json', text, ROOT).diagnostics;
}

describe.each(pairs)('%s on %s', (strategy, router) => {
  const pair = PAIRS[strategy][router];
  if ('refused' in pair) {
    test('is refused with its reason', () => {
      const told = diagnosticsOf(strategy, router).filter(({ code }) => code === 'CAT050');
      expect(told.map(({ path, severity }) => [path, severity])).toEqual([['services.one.strategy.kind', 'error']]);
      expect(told[0]?.message).toContain(pair.refused);
    });
  } else {
    test('is in the example', () => {
      const found = all.filter(
        ([, { service }]) => service.strategy.kind === strategy && service.routing.router === router,
      );
      expect(found.length).toBeGreaterThan(0);
    });
  }
});

const STEPS: { readonly [K in keyof typeof STEP_NEEDS]?: object } = {
  canaryScale: { canaryScale: { replicas: 1 } },
  headerRoute: { headerRoute: { route: 'early', header: { name: 'x-early', value: 'yes' } } },
  mirrorRoute: { mirrorRoute: { route: 'shadow', percent: 10 } },
};

describe.each(ROUTERS.filter((router) => 'can' in PAIRS.canary[router]))('the steps of a canary on %s', (router) => {
  test.each(Object.entries(STEPS))('%s is carried out, or refused with the reason of the table', (kind, step) => {
    const need = kind === 'mirrorRoute' ? 'mirror' : kind === 'headerRoute' ? 'headerRoute' : 'canaryScale';
    const told = diagnosticsOf('canary', router, { steps: [{ setWeight: 10 }, step, { pause: {} }] });
    const codes = told.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect(codes).toEqual(can('canary', router, need) ? [] : ['CAT051']);
    if (!can('canary', router, need)) expect(told[0]?.message).toContain(whyNot('canary', router, need));
  });

  test('an experiment is carried out, or refused', () => {
    const weight = router === 'istio' ? { weight: 5 } : {};
    const steps = [{ experiment: { durationSeconds: 60, ...weight } }, { setWeight: 10 }, { pause: {} }];
    const codes = diagnosticsOf('canary', router, { steps }).map(({ code }) => code);
    expect(codes).toEqual(can('canary', router, 'experiment') ? [] : ['CAT051']);
  });
});

describe.each(pairs.filter(([strategy, router]) => strategy !== 'abTest' && 'can' in PAIRS[strategy][router]))(
  'a header on %s and %s',
  (strategy, router) => {
    test('leads to the new version, or is refused', () => {
      const settings = strategy === 'canary' ? { steps: [{ setWeight: 10 }, { pause: {} }] } : {};
      const codes = diagnosticsOf(strategy, router, settings, { canaryHeader: {} }).map(({ code }) => code);
      expect(codes).toEqual(can(strategy, router, 'header') ? [] : ['CAT051']);
    });
  },
);
