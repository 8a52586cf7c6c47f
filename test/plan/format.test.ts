import type { Service } from '../../lib/catalog/service';
import { escaped, svgFile } from '../../lib/picture/svg';
import { planner } from '../../lib/plan/alike';
import { ASSUMPTIONS } from '../../lib/plan/assumptions';
import { formatHtml } from '../../lib/plan/format/html';
import { formatJson } from '../../lib/plan/format/json';
import { formatMarkdown } from '../../lib/plan/format/markdown';
import { chance, clock, count, decimal, duration, percent } from '../../lib/plan/format/numbers';
import { detectionPicture } from '../../lib/plan/format/svg-detection';
import { timelinePicture } from '../../lib/plan/format/svg-timeline';
import { markdownTable, textTable } from '../../lib/plan/format/table';
import { formatText } from '../../lib/plan/format/text';
import { environmentPlan } from '../../lib/plan/platform-plan';
import { planOf } from '../../lib/plan/release-plan';
import { canaryOf, releasesOf, sampleReleases, sampleScope } from '../tools/catalog';
import { EXAMPLES } from './examples';

const plan = planner();
const environments = sampleReleases().map((release) =>
  environmentPlan(
    release,
    release.services.map((service) => plan(service, release)),
  ),
);
const scope = sampleScope('frontend');
const frontend = planOf(scope.service, scope);

describe('numbers', () => {
  test.each([
    [clock(21), '0:21'],
    [clock(579.4), '9:39'],
    [clock(3725), '1:02:05'],
    [duration(59.6), '1 min'],
    [duration(85), '1 min 25 s'],
    [duration(0), '0 s'],
    [count(1_234_567.8), '1 234 568'],
    [count(999), '999'],
    [decimal(3.0601), '3.1'],
    [decimal(3), '3'],
    [percent(62.9), '63 %'],
    [percent(6.66), '6.7 %'],
    [chance(0), '0 %'],
    [chance(1), '100 %'],
    [chance(0.0000001), '< 0.1 %'],
    [chance(0.9999), '> 99.9 %'],
    [chance(0.5712), '57.1 %'],
  ])('%s', (shown, expected) => expect(shown).toBe(expected));
});

describe('tables', () => {
  const table = {
    head: ['name', 'n'],
    rows: [
      ['a', '1'],
      ['b|c', '22'],
    ],
    words: [0],
  };
  test('text: numbers stand at the right', () => expect(textTable(table)).toBe('  name   n\n  a      1\n  b|c   22\n'));
  test('markdown: what would end a cell is escaped', () =>
    expect(markdownTable(table)).toBe('| name | n |\n| --- | ---: |\n| a | 1 |\n| b\\|c | 22 |\n'));
});

describe('text', () => {
  test('lines are short enough for a terminal', () => {
    const text = `${formatText(environments)}${formatText([environmentPlan(scope, [frontend])])}`;
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140);
    for (const assumption of ASSUMPTIONS) expect(text).toContain(assumption);
  });
});

describe('json', () => {
  test('says all that the plan says', () => {
    const parsed: unknown = JSON.parse(formatJson(environments));
    expect(parsed).toMatchObject({
      environments: [
        {
          environment: 'production',
          totals: { services: 4 },
          plans: expect.arrayContaining([expect.objectContaining({ service: 'frontend', router: 'istio' })]),
        },
        { environment: 'staging' },
      ],
    });
  });

  test('numbers have at most six digits behind the point, and none is missing', () => {
    const text = formatJson(environments);
    expect(text).not.toMatch(/\d\.\d{7}/);
    expect(text).not.toContain('null');
  });
});

/** What opens is closed, in order, and every attribute has quotes: enough to find what breaks a page. */
function expectWellFormed(text: string): void {
  const open: string[] = [];
  const void_ = /^(meta|link|br|!doctype)$/;
  for (const [, slash, name = '', rest = ''] of text
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .matchAll(/<(\/?)([!a-zA-Z0-9]+)([^>]*)>/g)) {
    if (void_.test(name) || rest.endsWith('/')) continue;
    if (slash === '/') expect(open.pop()).toBe(name);
    else open.push(name);
    expect(rest.replace(/ [-a-zA-Z:]+="[^"<>]*"/g, '').trim()).toMatch(/^(open)?$/);
  }
  expect(open).toEqual([]);
}

describe('pictures', () => {
  const plans = [...environments.flatMap(({ plans }) => plans), ...EXAMPLES.map((service) => plan(service, scope))];

  test.each(plans.map((one) => [`${one.service} in ${one.environment}`, one] as const))('%s', (_, one) => {
    for (const picture of [timelinePicture(one, 'a'), detectionPicture(one, 'b')]) {
      if (picture === undefined) continue;
      const text = svgFile(picture);
      expectWellFormed(text);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      expect(picture.description).not.toBe('');
      // Every number of a path lies within the picture.
      const numbers = [...picture.body.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
      for (const [, x, y] of numbers) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(picture.width);
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(picture.height);
      }
    }
  });

  test('the weights of the frontend rise to 100 % where the plan says', () => {
    const { body } = timelinePicture(frontend, 'a');
    for (const label of ['10 %', '25 %', '50 %', '100 %', 'steady state 5']) expect(body).toContain(`>${label}<`);
  });

  test('colours have enough contrast in light and dark (WCAG 2: 4.5 to 1)', () => {
    const [light = '', dark = ''] = svgFile(timelinePicture(frontend, 'a')).split('prefers-color-scheme');
    for (const [theme, names] of [
      [light, ['ink', 'muted', 'stable', 'canary', 'ending', 'extra', 'fourth']],
      [dark, ['ink', 'muted', 'stable', 'canary', 'ending', 'extra', 'fourth']],
    ] as const) {
      const colour = (name: string) => luminance(new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(theme)?.[1] ?? '');
      for (const name of names) expect(contrast(colour(name), colour('paper'))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const value = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe('html', () => {
  const page = formatHtml(environments);

  test('is one page that loads nothing', () => {
    expectWellFormed(page);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=/);
    expect(page.match(/https?:\/\/[^"]*/g)?.filter((url) => url !== 'http://www.w3.org/2000/svg') ?? []).toEqual([]);
  });

  test('every id is given once, every link leads to one, every picture has a name', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, labels = ''] of page.matchAll(/aria-labelledby="([^"]+)"/g))
      for (const label of labels.split(' ')) expect(ids).toContain(label);
  });

  test('what the catalog says is text and never markup', () => {
    const hostile = { ...frontend, service: '</details><script>alert(1)</script>"\'&' };
    expect(formatHtml([environmentPlan(scope, [hostile])])).not.toContain('<script');
    expect(escaped('<&>"\'')).toBe('&#60;&#38;&#62;&#34;&#39;');
  });
});

describe('markdown', () => {
  const files = formatMarkdown(environments);
  const [document] = files;

  test('shows every picture that stands beside it, and no other', () => {
    const shown = [...(document?.text ?? '').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, name]) => name);
    expect(document?.name).toBe('plan.md');
    expect(shown.sort()).toEqual(
      files
        .slice(1)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('every table has as many cells in each row as in its head', () => {
    const rows = (document?.text ?? '').split('\n');
    rows.forEach((row, i) => {
      const before = rows[i - 1] ?? '';
      if (row.startsWith('|') && before.startsWith('|'))
        expect(row.split(' | ').length).toBe(before.split(' | ').length);
    });
  });
});

test('services that are alike but for their names are planned once', () => {
  const text = JSON.stringify({
    platform: {
      name: 'p',
      registry: 'r.example.com',
      prometheus: { address: 'http://p:9090' },
      istio: {},
      argocd: { repository: 'https://g.example.com/p.git' },
    },
    environments: { live: { namespace: 'n', cluster: { name: 'c' }, versions: { a: '1.0.0', b: '2.0.0' } } },
    defaults: { strategy: { steps: [{ setWeight: 50 }, { pause: { durationSeconds: 60 } }] } },
    services: { a: { ports: { http: { port: 80 } } }, b: { ports: { http: { port: 81 } } } },
  });
  const [release] = releasesOf(text);
  if (release === undefined) throw new Error('no release');
  const shared = planner();
  const [a, b] = release.services.map((service) => shared(service, release));
  expect(a?.timeline).toBe(b?.timeline);
});

describe('what only some services have', () => {
  const { service, platform, environment } = scope;
  const [errors] = service.gates.filter(({ kind }) => kind === 'errorRate');
  if (errors === undefined) throw new Error('no gate on errors');
  const hourly = {
    ...service,
    requestsPerSecondByHour: Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 12 : 120)),
  };
  const preview: Service = {
    ...service,
    strategy: {
      ...canaryOf(service),
      kind: 'blueGreen',
      background: undefined,
      promotion: 'automatic',
      previewReplicas: undefined,
      prePromotionGates: [errors],
      postPromotionGates: [],
    },
  };
  const formats = [
    ['text', formatText],
    ['markdown', (all: Parameters<typeof formatText>[0]) => formatMarkdown(all)[0]?.text ?? ''],
    ['html', formatHtml],
  ] as const;
  const shown = (format: (typeof formats)[number][1], one: Service): string =>
    format([environmentPlan({ environment }, [planOf(one, { platform, environment })])]);

  test.each(formats)('%s: what gates tell by the hour', (_, format) => {
    expect(shown(format, hourly)).toMatch(/00 to 06[^0-9]+12/);
    expect(shown(format, service)).not.toContain('By the hour');
  });

  test.each(formats)('%s: of a gate that no user asks, why nothing is known of it', (_, format) => {
    expect(shown(format, preview)).toContain('not known: no user asks the preview before the switch');
  });
});
