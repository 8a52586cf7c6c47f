import { runDiff } from '../../lib/cli/diff';
import { type Comparison, compareSides } from '../../lib/diff/diff';
import { DIFF_FORMATS, type DiffFormat, isDiffFormat, type Write } from '../../lib/diff/format';
import { LONGEST_COMMENT, MARKER } from '../../lib/diff/format/markdown';
import type { Terminal } from '../../lib/diff/format/terminal';
import { summaryOf } from '../../lib/diff/summary';
import type { KubeObject } from '../../lib/manifest/object';
import { inFolderAsync } from '../lint/tools';
import { edited, together } from './corpus/case';
import { DEPLOYMENT, ERRORS, POLICY, ROLLOUT, SECRET, SERVICE } from './corpus/manifests';
import { compareTexts, given } from './tools';

const plain = { colour: false };
const write = (format: DiffFormat, comparison: Comparison, terminal: Terminal = plain): string => {
  const one: Write = DIFF_FORMATS[format];
  return one(comparison, terminal);
};
const release = () =>
  compareTexts(
    together(ROLLOUT, ERRORS, DEPLOYMENT),
    together(
      edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0'], ['  rollbackWindow:\n    revisions: 3\n', '']),
      ERRORS,
      edited(DEPLOYMENT, ['web:1.4.0', 'web:1.5.0']),
    ),
  );

describe('the summary', () => {
  test('says in one line what happens, and how long it takes', () => {
    // A pause of 300 s, nine intervals of 30 s, three times 1 s in which pods start and 15 s in which they are watched, and a wait of 8 s
    // after one of the two weight changes (B17); with bad luck after both.
    expect(summaryOf(release())).toMatchObject({
      text: '1 service rolls out, 1 service loses its fast rollback, 1 workload restarts its pods at once, expected 10 min',
      objects: { added: 0, removed: 0, changed: 2, moved: 0 },
      effects: { error: 0, warning: 2, info: 1 },
      expectedSeconds: 300 + 9 * 30 + 3 * (1 + 15) + 8,
      expectedP95Seconds: 300 + 9 * 30 + 3 * (1 + 15) + 2 * 8,
      services: [{ service: 'web', severity: 'warning', effects: { DIF020: 1, DIF021: 1, DIF030: 1 } }],
    });
  });

  test('says so when nothing happens', () => {
    expect(summaryOf(compareTexts(SERVICE, SERVICE)).text).toBe('no object differs; 1 file in form or comments only');
  });
});

describe('text', () => {
  test('has colours only where they are asked for', () => {
    expect(write('text', release(), plain)).not.toContain('\u001b');
    expect(write('text', release(), { colour: true })).toContain('\u001b[33mwarning');
  });

  test('shows what a terminal could take for a command', () => {
    const evil = compareTexts(SERVICE, edited(SERVICE, ['type: ClusterIP', 'type: "\\u001b[2J"']));
    expect(write('text', evil, plain)).not.toContain('\u001b');
  });
});

describe('a Secret', () => {
  test.each(
    Object.keys(DIFF_FORMATS)
      .filter(isDiffFormat)
      .map((format) => [format] as const),
  )('is never shown as %s', (format) => {
    for (const [before, after] of [
      [SECRET, edited(SECRET, ['PASSWORD: s3cr3t-a', 'PASSWORD: s3cr3t-b'])],
      ['', SECRET],
      [SECRET, ''],
    ] as const) {
      const text = write(format, compareTexts(before, after));
      expect(text).not.toContain('s3cr3t');
      expect(text).toContain('Secret/web');
    }
  });
});

/** So many services, each with a new image, a wider policy and a value of some length. */
const large = (services: number, length: number) => {
  const of = (i: number, version: string): KubeObject[] => [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `web-${i}`, labels: { app: `web-${i}` } },
      spec: { template: { spec: { containers: [{ name: 'web', image: `${'x'.repeat(length)}:${version}` }] } } },
    } as KubeObject,
  ];
  const side = (version: string) =>
    Array.from({ length: services }, (_, i) => of(i, version))
      .flat()
      .map((object) => given(object));
  return compareSides({
    before: side('1'),
    after: side('2'),
    context: [],
    unread: [],
    faults: [],
    files: { total: 1, changed: 1 },
  });
};

describe('markdown', () => {
  test.each([
    [1, 10],
    [50, 100],
    [400, 10],
    [400, 2000],
    [3000, 50],
    [5, 70_000],
  ])('of %i services with values of %i characters fits into one comment', (services, length) => {
    const text = write('markdown', large(services, length), plain);
    expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(text.startsWith(MARKER)).toBe(true);
    expect(text).toContain(services === 1 ? '1 workload restarts' : `${services} workloads restart`);
    if (services * (Math.min(length, 120) + 400) > LONGEST_COMMENT)
      expect(text).toMatch(/_\d+ more \w+ are left out here/);
    else expect(text).not.toContain('left out');
  });

  test('says the worst first', () => {
    const text = write(
      'markdown',
      compareTexts(
        together(POLICY, DEPLOYMENT),
        edited(DEPLOYMENT, [
          '  selector:\n    matchLabels:\n      app: web',
          '  selector:\n    matchLabels:\n      app: shop',
        ]),
      ),
      plain,
    );
    const places = ['### Errors', 'DIF040', '### Warnings', 'DIF110', '### Everything'].map((part) =>
      text.indexOf(part),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test('a large change has a chart of services and effects', () => {
    const text = write('markdown', large(3, 10), plain);
    expect(text).toContain('| service | DIF021 |\n|---|:-:|\n| `web-0` and 2 like it | 1 |');
  });

  test('nothing of a manifest is markup, a link or a mention', () => {
    const evil = '@somebody <img src=x> [click](http://x) | `code` ```';
    const text = write(
      'markdown',
      compareTexts(
        SERVICE,
        edited(
          SERVICE,
          ['type: ClusterIP', `type: ${JSON.stringify(evil)}`],
          ['  name: web\n', `  name: ${JSON.stringify(evil)}\n`],
        ),
      ),
      plain,
    );
    const outsideOfCode = text.replaceAll('\\`', '').replace(/(`+)[^`][\s\S]*?\1(?!`)/g, '');
    expect(outsideOfCode).not.toMatch(/@somebody|<img|(?<!\\)\]\(|http:/);
  });
});

test('SARIF has each effect at its line, and each rule once', () => {
  const log = JSON.parse(write('sarif', release(), plain));
  const { results, tool } = log.runs[0];
  const text = together(
    edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0'], ['  rollbackWindow:\n    revisions: 3\n', '']),
    ERRORS,
    edited(DEPLOYMENT, ['web:1.4.0', 'web:1.5.0']),
  ).split('\n');
  const told = results.map(
    (result: {
      ruleId: string;
      level: string;
      locations: { physicalLocation: { region: { startLine: number } } }[];
    }) => [
      result.ruleId,
      result.level,
      text[(result.locations[0]?.physicalLocation.region.startLine ?? 0) - 1]?.trim(),
    ],
  );
  expect(told).toEqual([
    ['DIF030', 'warning', 'spec:'],
    ['DIF020', 'note', 'image: registry.example.org/web:1.5.0'],
    ['DIF021', 'warning', 'image: registry.example.org/web:1.5.0'],
  ]);
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['DIF020', 'DIF021', 'DIF030']);
});

test('the exit code goes by --fail-on', async () => {
  const change = (edit: readonly [string, string]) => ({
    'old/a.yaml': DEPLOYMENT,
    'new/a.yaml': edited(DEPLOYMENT, edit),
  });
  const run = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    let exit = -1;
    await inFolderAsync(files, async (folder) => {
      exit = await runDiff([`${folder}/old`, `${folder}/new`, ...args], {
        out: () => undefined,
        err: () => undefined,
        colour: false,
      });
    });
    return exit;
  };
  const warning = change(['web:1.4.0', 'web:1.5.0']);
  const error = change(['replicas: 3', 'replicas: 0']);
  const info = change(['replicas: 3', 'replicas: 4']);
  expect([
    await run(warning),
    await run(warning, '--fail-on', 'error'),
    await run(warning, '--fail-on', 'warning'),
  ]).toEqual([0, 0, 1]);
  expect([await run(error), await run(error, '--fail-on', 'error'), await run(error, '--fail-on', 'warning')]).toEqual([
    0, 1, 1,
  ]);
  expect([await run(info), await run(info, '--fail-on', 'warning')]).toEqual([0, 0]);
});
