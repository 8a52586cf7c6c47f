import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { plannedSeconds } from '../../charts/parts/alerts/plan';
import { block, code, row, shell } from '../../charts/parts/runbook/markdown';
import { duration } from '../../charts/parts/runbook/words';
import { renderEnvironment, renderService } from '../../charts/render';
import { workloadsOf } from '../../charts/strategies/workloads';
import { listAt, textAt } from '../../lib/manifest/object';
import { planOf } from '../../lib/plan/release-plan';
import { edited, MINIMAL } from '../catalog/minimal';
import { ROOT, releasesOf, rendered, sampleReleases } from '../tools/catalog';

/** The sample, and the example with every strategy on every router. */
const releases = [...sampleReleases(), ...releasesOf(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'))];
const all = releases.flatMap(({ platform, environment, services }) =>
  services.map((service) => ({ platform, environment, service })),
);
type Scope = (typeof all)[number];

function runbookOf({ platform, environment, service }: Scope) {
  const path = `${environment.name}/runbooks/${service.key}.md`;
  const file = renderService(platform, environment, service).find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.text;
}

const named = all.map((scope) => [`${scope.environment.name}/${scope.service.key}`, scope] as const);

test.each(named)('%s: every alert leads to its own heading', (_, scope) => {
  const text = runbookOf(scope);
  const headings = [...text.matchAll(/^#{1,3} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
  const urls = rendered(scope)
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap((rule) => listAt(listAt(rule, 'spec.groups')[0], 'rules'))
    .flatMap((rule) => textAt(rule, 'annotations.runbook_url') ?? []);
  expect(urls.length).toBeGreaterThan(8);
  const page = `${scope.platform.runbooks.url}/${scope.environment.name}/runbooks/${scope.service.key}.md`;
  for (const url of urls) {
    const [before, anchor = ''] = url.split('#');
    expect(before).toBe(page);
    expect(headings).toContain(anchor);
  }
  expect(new Set(headings).size).toBe(headings.length);
});

test.each(named)('%s: every command names what is rendered', (_, scope) => {
  const { platform, environment, service } = scope;
  const objects = rendered(scope);
  const names = (kind: string) => objects.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
  const labels = (kind: string) =>
    objects.filter((one) => one.kind === kind).map(({ metadata }) => metadata.labels?.['app.kubernetes.io/name']);
  const commands = [...runbookOf(scope).matchAll(/^(?:npm|kubectl) .+$/gm)].map(([line]) => line.split(' '));
  const after = (words: readonly string[], word: string) => words[words.indexOf(word) + 1];
  for (const words of commands) {
    if (words[0] === 'npm') {
      expect(words.slice(-3)).toEqual([service.key, '--environment', environment.name]);
    } else if (words.includes('rollouts')) {
      expect(names('Rollout')).toContain(words[words.indexOf('-n') - 1]);
    } else if (words[1] === 'logs') {
      expect(labels('Job')).toContain(after(words, '-l')?.replace('app.kubernetes.io/name=', ''));
    }
    const inCluster = words[0] === 'kubectl' && !words.includes('application');
    if (inCluster) expect(after(words, '-n')).toBe(environment.namespace);
    else if (words[0] === 'kubectl') expect(after(words, '-n')).toBe(platform.argocd.namespace);
  }
  expect(commands.filter((words) => words.includes('abort')).length).toBeGreaterThanOrEqual(2);
});

test('runbooks and alerts know how long a release takes from the planner', () => {
  for (const scope of all) {
    const [workload, ...others] = workloadsOf(scope);
    if (workload === undefined || others.length > 0) continue;
    expect(plannedSeconds(workload.service)).toEqual(planOf(scope.service, scope).promotionSeconds);
  }
});

test('no Application reads a runbook', () => {
  for (const { platform, environment, services } of releases) {
    const files = [
      ...renderEnvironment(platform, environment),
      ...services.flatMap((service) => renderService(platform, environment, service)),
    ];
    const folders = [
      ...files
        .map(({ text }) => text)
        .join('\n')
        .matchAll(/^ {4}path: (.+)$/gm),
    ].map(([, path]) => path);
    expect(folders.length).toBeGreaterThan(2);
    const runbooks = `${platform.argocd.path}/${environment.name}/runbooks/`;
    expect(folders.filter((folder) => runbooks.startsWith(`${folder}/`))).toEqual([]);
  }
});

test('the steps in words, from the catalog', () => {
  const [backend] = all.filter(
    ({ environment, service }) => environment.name === 'production' && service.key === 'backend',
  );
  if (backend === undefined) throw new Error('no backend');
  expect(runbookOf(backend)).toContain(
    [
      '2. 20 % of the requests to the new version.',
      '3. Wait 2 minutes.',
      '4. 50 % of the requests to the new version.',
      '5. Wait 2 minutes.',
      '6. 100 % of the requests to the new version.',
      '7. Wait 1 minute.',
    ].join('\n'),
  );
  expect(runbookOf(backend)).toContain(
    '| `success-rate` | which share of the requests to the canary succeeded | at least 95 % |',
  );
});

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [60, '1 minute'],
  [90, '1 minute 30 seconds'],
  [7200, '2 hours'],
])('%s s are %s', (seconds, words) => expect(duration(seconds)).toBe(words));

describe('whatever a catalog says', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('`', '|', '\n', "'", '"', '$', '\\', '#', '<', ' ', 'a', '\u2028') }),
  );

  test('a code span ends where it should, and a cell with its row', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const span = code(value);
        const [fence = ''] = /^`+/.exec(span) ?? [];
        const inner = span.slice(fence.length, -fence.length);
        expect(span.endsWith(fence)).toBe(true);
        expect([...inner.matchAll(/`+/g)].filter(([run]) => run.length === fence.length)).toEqual([]);
        expect(/[\n\r\u2028\u2029]/.test(span)).toBe(false);
        expect([...row([span, 'x']).matchAll(/(?<!\\)(?:\\\\)*\|/g)].length).toBeGreaterThanOrEqual(3);
        expect(row([span]).replaceAll('\\|', '').split('|')).toHaveLength(3);
      }),
    );
  });

  test('a block ends with its own fence only', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [first = '', ...lines] = block('promql', text).split('\n');
        const fence = first.replace('promql', '');
        const closing = lines.findIndex((line) => /^ {0,3}(`{3,})\s*$/.exec(line)?.[1]?.startsWith(fence));
        expect(closing).toBe(lines.length - 1);
      }),
    );
  });

  test('a word of a command stays one word, for a real shell', () => {
    fc.assert(
      fc.property(
        fc.array(
          hostile.filter((text) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)),
          { minLength: 1, maxLength: 5 },
        ),
        (words) => {
          const [, line = ''] = shell(['printf', '%s\\0', ...words]).split('\n');
          expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a header of a route and a query of a gate cannot leave their places', () => {
    const value = '`|`**x**```<b>$(reboot)';
    const query = `sum(rate(x{rollouts_pod_template_hash="{{args.canary-hash}}"}[2m]))\n\`\`\`\n## Not a heading`;
    const [release] = releasesOf(
      JSON.stringify(
        edited(MINIMAL, {
          'services/api': undefined,
          'environments/production/versions/api': undefined,
          'environments/staging/versions/api': undefined,
          'services/web/gates/own': { kind: 'query', query, atMost: 1 },
          'services/web/strategy/steps': [
            { setWeight: 10 },
            { headerRoute: { route: 'early', header: { name: 'x-early', value } } },
            { pause: { durationSeconds: 60 } },
            { analysis: ['own', 'errors'] },
          ],
        }),
      ),
    );
    const [service] = release?.services ?? [];
    if (release === undefined || service === undefined) throw new Error('no service');
    const text = runbookOf({ ...release, service });
    expect(text).toContain('```` x-early: `|`**x**```<b>$(reboot) ````');
    expect(text).toContain(`\`\`\`\`promql\n${query}\n\`\`\`\``);
  });
});
