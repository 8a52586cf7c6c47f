import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseOf, releaseTime } from '../../lib/diff/release';
import { example } from '../../lib/manifest/example';
import type { KubeObject } from '../../lib/manifest/object';
import { groupOf } from '../../lib/manifest/rule';
import { planOf } from '../../lib/plan/release-plan';
import { ROOT, releasesOf, rendered, sampleReleases } from '../tools/catalog';

const EXAMPLES = readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8');

/** Every service of a catalog whose release is that of one Rollout. */
const services = (releases: ReturnType<typeof sampleReleases>) =>
  releases.flatMap(({ platform, environment, services: all }) =>
    all
      .filter(({ strategy }) => strategy.kind !== 'abTest')
      .map((service) => ({ name: `${environment.name}/${service.key}`, scope: { platform, environment, service } })),
  );

describe('a release takes as long as npm run plan says', () => {
  test.each([...services(sampleReleases()), ...services(releasesOf(EXAMPLES))])('$name', ({ scope }) => {
    const { routing } = scope.service;
    const group = groupOf(rendered(scope), false);
    // Of two colours, the one that fewer ask.
    const colours = routing.router === 'albTargetGroups' ? routing.colours : [];
    const [idle] = [...colours].sort((a, b) => a.weight - b.weight);
    const [rollout, ...others] = group
      .ofKind('Rollout')
      .filter(({ metadata }) => idle === undefined || metadata.name.endsWith(`-${idle.name}`));
    expect(others).toEqual([]);
    const release = rollout && releaseOf(group, rollout);
    const { promotionSeconds, waitsForPerson } = planOf(scope.service, scope);
    expect(release?.seconds).toEqual(promotionSeconds);
    // For the weights a commit is waited for, which the Rollout does not know.
    if (routing.router !== 'albTargetGroups') expect(release?.waits).toBe(waitsForPerson > 0);
    expect(release?.longer).toBe(false);
  });
});

test('an A/B test takes as long as the slowest of its variants', () => {
  const tests = releasesOf(EXAMPLES).flatMap(({ platform, environment, services: all }) =>
    all.flatMap((service) => (service.strategy.kind === 'abTest' ? [{ platform, environment, service }] : [])),
  );
  expect(tests.length).toBeGreaterThan(1);
  for (const scope of tests) {
    const group = groupOf(rendered(scope), false);
    const variants = group.ofKind('Rollout').filter(({ metadata }) => metadata.name !== scope.service.name);
    const slowest = Math.max(...variants.map((variant) => releaseOf(group, variant).seconds.median));
    expect(planOf(scope.service, scope).promotionSeconds.median).toBe(slowest);
  }
});

describe('a Rollout that others rendered', () => {
  const metric = (name: string, fields: object) => ({ name, provider: {}, ...fields });
  const template = example('AnalysisTemplate', 'smoke', {
    spec: {
      metrics: [
        metric('errors', { interval: '20s', count: 4, initialDelay: '5s' }),
        metric('latency', { interval: '1m', count: '2' }),
        metric('once', {}),
      ],
    },
  });
  const analysis = { templates: [{ templateName: 'smoke' }] };
  const rollout = (strategy: object, spec: object = {}, container: object = {}): KubeObject =>
    example('Rollout', 'web', {
      spec: { ...spec, strategy, template: { spec: { containers: [{ name: 'web', image: 'web:1', ...container }] } } },
    });
  const timeOf = (...objects: readonly KubeObject[]): string => {
    const group = groupOf(objects, false);
    const [first] = group.ofKind('Rollout');
    if (first === undefined) throw new Error('no Rollout');
    return releaseTime(releaseOf(group, first));
  };

  // A container starts within 1 s (lib/plan/assumptions.ts); Argo Rollouts has one replica and a surge of 25 % where none is given.
  test.each<readonly [string, readonly KubeObject[], string]>([
    ['nothing but a strategy', [rollout({ canary: {} })], 'about 1 s'],
    ['five pods, a quarter at a time', [rollout({ canary: {} }, { replicas: 5, minReadySeconds: 9 })], 'about 20 s'],
    [
      'a readiness probe',
      [rollout({ canary: {} }, {}, { readinessProbe: { initialDelaySeconds: 12, periodSeconds: 5 } })],
      'about 16 s',
    ],
    [
      'a pod whose start was measured',
      [
        {
          ...rollout({ canary: {} }),
          metadata: { name: 'web', annotations: { 'cutover.dev/pod-start-seconds': '40' } },
        },
      ],
      'about 40 s',
    ],
    [
      'a pause in words, and one in a number',
      [rollout({ canary: { steps: [{ pause: { duration: '1m30s' } }, { pause: { duration: 30 } }] } })],
      'about 2 min 1 s',
    ],
    [
      'a pause without an end',
      [rollout({ canary: { steps: [{ pause: {} }] } })],
      'about 1 s, and it waits for a person',
    ],
    [
      'the longest metric of an analysis',
      [rollout({ canary: { steps: [{ analysis }] } }), template],
      'about 1 min 6 s',
    ],
    ['an analysis whose template is elsewhere', [rollout({ canary: { steps: [{ analysis }] } })], 'at least 1 s'],
    ['a step of a plugin', [rollout({ canary: { steps: [{ plugin: { name: 'org/gate' } }] } })], 'at least 1 s'],
    [
      'an experiment without a duration',
      [
        rollout({
          canary: {
            steps: [{ experiment: { templates: [{ name: 'a' }], analyses: [{ name: 'x', templateName: 'smoke' }] } }],
          },
        }),
        template,
      ],
      'about 1 min 7 s',
    ],
    [
      'a blue-green with analyses and a delay',
      [
        rollout({
          blueGreen: { prePromotionAnalysis: analysis, autoPromotionSeconds: 45, postPromotionAnalysis: analysis },
        }),
        template,
      ],
      'about 2 min 56 s',
    ],
    [
      'a promotion by a person, for whom no delay stands in',
      [rollout({ blueGreen: { autoPromotionEnabled: false, autoPromotionSeconds: 45 } })],
      'about 1 s, and it waits for a person',
    ],
  ])('%s', (_, objects, expected) => expect(timeOf(...objects)).toBe(expected));

  test('weights of subsets have the waits of the controller (B17), those of hosts have not', () => {
    const steps = [10, 25, 50, 100].map((setWeight) => ({ setWeight }));
    const istio = (given: object) =>
      rollout({ canary: { trafficRouting: { istio: { virtualService: { name: 'web' }, ...given } }, steps } });
    expect(timeOf(istio({ destinationRule: { name: 'web' } }))).toBe('about 17 s, 95 of 100 within 33 s');
    expect(timeOf(istio({}))).toBe('about 1 s');
  });
});
