import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { valueAt } from '../../lib/diagnostic/path';
import { type KubeObject, listAt } from '../../lib/manifest/object';
import { toYaml } from '../../lib/manifest/yaml';
import { ROOT, releasesOf, rendered, sampleReleases } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';

const promtool = findCommand('promtool');
/** The sample, and the example with every strategy on every router. */
const releases = [...sampleReleases(), ...releasesOf(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'))];
const objects = releases.flatMap(({ platform, environment, services }) =>
  services.flatMap((service) => rendered({ platform, environment, service })),
);

/** A gate's query as a rule, with a hash in the place of the arg. */
function ruleOf(template: KubeObject) {
  const query = String(valueAt(template, ['spec', 'metrics', 0, 'provider', 'prometheus', 'query']));
  return {
    record: 'gate:value',
    expr: query.replaceAll(/\{\{args\.(canary|baseline)-hash\}\}/g, '6d5f7c9b8'),
    labels: { template: template.metadata.name },
  };
}

describeWith(promtool === undefined ? ['promtool'] : [])('Prometheus accepts', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cutover-promql-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const check = (groups: unknown): string => {
    const file = join(folder, 'rules.yaml');
    writeFileSync(file, toYaml({ groups }));
    return execFileSync(promtool ?? '', ['check', 'rules', '--lint=none', file], { encoding: 'utf8', stdio: 'pipe' });
  };

  test('every alert of the sample', () => {
    const groups = objects
      .filter((one) => one.kind === 'PrometheusRule')
      .flatMap((one) => valueAt(one, ['spec', 'groups']));
    const unique = groups.map((group, i) => ({ ...(group as object), name: `group-${i}` }));
    const alerts = unique.reduce((sum, group) => sum + listAt(group, 'rules').length, 0);
    expect(alerts).toBeGreaterThanOrEqual(unique.length * 5);
    expect(check(unique)).toContain(`SUCCESS: ${alerts} rules found`);
  });

  test('every query of a gate of the sample', () => {
    const rules = objects.filter((one) => one.kind === 'AnalysisTemplate').map(ruleOf);
    expect(rules.length).toBeGreaterThan(20);
    expect(check([{ name: 'gates', rules }])).toContain(`SUCCESS: ${rules.length} rules found`);
  });

  test('and refuses what is no PromQL', () => {
    expect(() => check([{ name: 'gates', rules: [{ record: 'gate:value', expr: 'sum(rate(x[1m])' }] }])).toThrow();
  });
});
