import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboard, dashboardConfigMap } from '../../charts/parts/dashboard';
import { analysisTemplate, gateUses } from '../../charts/parts/gates/analysis-template';
import { workloadsOf } from '../../charts/strategies/workloads';
import { toYaml } from '../../lib/manifest/yaml';
import { only, ROOT, releasesOf, rendered, sampleReleases, sampleScope, workloadOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';

// The types of @grafana/grafana-foundation-sdk hold the fields when they are compiled (charts/parts/dashboard/grafana.ts).
const promtool = findCommand('promtool');
/** The sample, and the example with every strategy on every router. */
const releases = [...sampleReleases(), ...releasesOf(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'))];
const all = releases.flatMap(({ platform, environment, services }) =>
  services.flatMap((service) => workloadsOf({ platform, environment, service })),
);
const named = all.map((scope) => [`${scope.environment.name}/${scope.service.name}`, scope] as const);

describe.each(named)('%s', (_, scope) => {
  const map = dashboardConfigMap(scope);
  const [[file = '', text = ''] = []] = Object.entries(map?.data ?? {});
  const shown = dashboard(scope);

  test('is JSON in a ConfigMap that the sidecar finds', () => {
    expect(JSON.parse(text)).toEqual(shown);
    expect(map?.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
    expect(map?.metadata.annotations).toEqual({ grafana_folder: 'Releases' });
    expect(file).toBe(`${scope.platform.name}-${scope.environment.name}-${scope.service.name}.json`);
    expect(shown.uid?.length).toBeLessThanOrEqual(40);
    // Far from the 1 MiB of a ConfigMap (MAN009).
    expect(text.length).toBeLessThan(50_000);
  });

  test('no two panels stand in one place', () => {
    const places = shown.panels.map(({ gridPos }) => `${gridPos?.x} ${gridPos?.y}`);
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(shown.panels.map(({ id }) => id)).size).toBe(places.length);
    expect(shown.panels.every(({ gridPos }) => (gridPos?.x ?? 99) + (gridPos?.w ?? 99) <= 24)).toBe(true);
  });

  test('each gate is asked of both versions in its own words, with its bound as a line', () => {
    for (const { gate, use } of gateUses(scope.service.strategy)) {
      const [panel] = shown.panels.filter(({ title }) => title?.startsWith(`Gate ${gate.name}: `));
      const [canary = '', stable] = panel?.targets.map(({ expr }) => expr) ?? [];
      expect(panel?.fieldConfig.defaults.thresholds?.steps[1]?.value).toBe(gate.bound.value);
      expect(stable).toBe(gate.relative ? undefined : canary.replaceAll('$canary', '$stable'));
      if (use === 'experiment') continue;
      const [metric] = analysisTemplate(scope, gate, use).spec.metrics ?? [];
      expect(canary.replaceAll('$canary', '{{args.canary-hash}}')).toBe(metric?.provider.prometheus?.query);
    }
  });
});

test('no two have the same address or file', () => {
  const maps = all.map((scope) => Object.keys(dashboardConfigMap(scope)?.data ?? {})[0]);
  expect(new Set(maps).size).toBe(all.length);
  expect(new Set(all.map((scope) => dashboard(scope).uid)).size).toBe(all.length);
});

test('the weights of step and router are drawn where somebody tells them', () => {
  const scope = workloadOf(sampleScope('backend'));
  const legends = (platform: typeof scope.platform) =>
    dashboard({ ...scope, platform })
      .panels.filter(({ title }) => title?.startsWith('Weight'))
      .flatMap(({ targets }) => targets.map(({ legendFormat }) => legendFormat));
  const customResourceState = { namespace: 'monitoring', serviceAccount: 'kube-state-metrics' };
  expect(legends(scope.platform)).toHaveLength(1);
  expect(legends({ ...scope.platform, alerts: { customResourceState } }).slice(1)).toEqual([
    'asked by the step',
    'set {{route}}',
  ]);
});

test('there is none without Grafana', () => {
  const scope = sampleScope('backend');
  const without = { ...scope, platform: { ...scope.platform, grafana: undefined } };
  expect(rendered(scope).filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(3);
  expect(rendered(without).filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(2);
  expect(only(rendered(scope), 'ConfigMap', `${scope.service.name}-release-dashboard`).metadata.name).toBeDefined();
});

describeWith(promtool === undefined ? ['promtool'] : [])('Prometheus', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cutover-dashboard-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (what: string, name: string, content: unknown): string => {
    const file = join(folder, name);
    writeFileSync(file, toYaml(content));
    const command = what === 'check' ? ['check', 'rules', '--lint=none', file] : ['test', 'rules', file];
    return execFileSync(promtool ?? '', command, { encoding: 'utf8', stdio: 'pipe' });
  };

  test('accepts every query', () => {
    const expressions = all.flatMap((scope) =>
      dashboard(scope).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    );
    const filled = expressions.map((expr) =>
      expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(canary|stable)/g, 'x'),
    );
    const rules = filled.map((expr, i) => ({ record: 'panel', expr, labels: { i: String(i) } }));
    expect(rules.length).toBeGreaterThan(100);
    expect(run('check', 'rules.yaml', { groups: [{ name: 'panels', rules }] })).toContain(
      `SUCCESS: ${rules.length} rules`,
    );
  });

  test('finds the new version by its oldest pod, also when a stable pod was made anew', () => {
    const scope = workloadOf(sampleScope('backend'));
    const pod = (name: string) => `kube_pod_created{namespace="tbyte",pod="${scope.service.name}-${name}"}`;
    const born = { '55d4b6f7c-a2b4c': 100, '55d4b6f7c-d5f6g': 9000, '6d5f7c9b8-h2j4k': 5000, '6d5f7c9b8-l5m6n': 8000 };
    const questions = (dashboard(scope).templating.list ?? []).flatMap(({ name, query, regex }) => {
      const [, expr = ''] = /^query_result\((.*)\)$/s.exec(String(query)) ?? [];
      return expr === '' ? [] : [{ name, expr, regex: regex ?? '' }];
    });
    const answer = (hash: string, value: number) => [{ labels: `{replicaset="${scope.service.name}-${hash}"}`, value }];
    const tests = [
      {
        interval: '30s',
        input_series: Object.entries(born).map(([name, at]) => ({ series: pod(name), values: `${at}x10` })),
        promql_expr_test: questions.map(({ name, expr }) => ({
          expr,
          eval_time: '2m',
          exp_samples: name === 'canary' ? answer('6d5f7c9b8', 5000) : answer('55d4b6f7c', 100),
        })),
      },
    ];
    expect(questions.map(({ name }) => name)).toEqual(['canary', 'stable']);
    expect(run('test', 'test.yaml', { evaluation_interval: '30s', tests })).toContain('SUCCESS');
    for (const { regex } of questions) {
      const found = new RegExp(regex.slice(1, -1)).exec(`{replicaset="${scope.service.name}-6d5f7c9b8"} 5000 1`);
      expect(found?.[1]).toBe('6d5f7c9b8');
    }
  });
});
