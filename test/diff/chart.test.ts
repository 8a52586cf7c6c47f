import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDiff } from '../../lib/cli/diff';
import { chartOf } from '../../lib/diff/chart';
import { formatHtml } from '../../lib/diff/format/html';
import { formatMarkdown } from '../../lib/diff/format/markdown';
import { effectsPicture } from '../../lib/diff/format/svg';
import { svgFile } from '../../lib/picture/svg';
import { edited, together } from './corpus/case';
import { DEPLOYMENT, POLICY, ROLLOUT, SERVICE } from './corpus/manifests';
import { compareTexts } from './tools';

const named = (text: string, name: string): string => text.replace(/\bweb\b/g, name);
const released = edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']);
const slower = edited(ROLLOUT, ['  rollbackWindow:\n    revisions: 3\n', '']);
const NAMES = Array.from({ length: 70 }, (_, i) => `shop-${i}`);

/** Every service is released; every seventh loses its window too, and one goes to no pods. */
const large = () =>
  compareTexts(
    together(...NAMES.map((name) => named(ROLLOUT, name)), named(DEPLOYMENT, 'pay')),
    together(
      ...NAMES.map((name, i) => named(i % 7 === 0 ? slower : released, name)),
      edited(named(DEPLOYMENT, 'pay'), ['replicas: 3', 'replicas: 0']),
    ),
  );

test('services to which the same happens are one row, the worst first', () => {
  const { codes, rows } = chartOf(large().changes);
  expect(codes).toEqual(['DIF130', 'DIF030', 'DIF020']);
  expect(rows.map(({ services, cells }) => [services[0], services.length, ...cells.keys()])).toEqual([
    ['pay', 1, 'DIF130'],
    ['shop-0', 10, 'DIF030'],
    ['shop-1', 60, 'DIF020'],
  ]);
  expect(rows[0]?.cells.get('DIF130')).toEqual({ objects: 1, severity: 'error' });
});

/** Every element is closed, in order. */
function expectWellFormed(text: string): void {
  const open: string[] = [];
  for (const [, slash, name = '', rest = ''] of text
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .matchAll(/<(\/?)([!a-zA-Z0-9]+)([^>]*)>/g)) {
    if (/^(meta|!doctype)$/.test(name) || rest.endsWith('/')) continue;
    if (slash === '/') expect(open.pop()).toBe(name);
    else open.push(name);
  }
  expect(open).toEqual([]);
}

describe('the picture', () => {
  const pictureOf = (comparison: ReturnType<typeof large>): string => {
    const picture = effectsPicture(chartOf(comparison.changes));
    return picture === undefined ? '' : svgFile(picture);
  };

  test('needs nothing else, is well formed, and follows light and dark', () => {
    const text = pictureOf(large());
    expectWellFormed(text);
    expect(text).toContain('prefers-color-scheme: dark');
    expect(text).not.toMatch(/NaN|undefined|<script|href=/);
    expect(text.match(/https?:\/\/[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
    for (const part of ['shop-1 and 59 like it', 'shop-0 and 9 like it', '>pay<', 'DIF130'])
      expect(text).toContain(part);
    expect(text.match(/class="error"/g)).toHaveLength(1);
  });

  test('is not drawn for one service', () => {
    expect(pictureOf(compareTexts(ROLLOUT, released))).toBe('');
  });

  test('says how many it leaves out', () => {
    const each = (i: number) => SERVICE.replace('port: 80\n', `port: 80\n      nodePort: 30${i}\n`);
    const of = (edit: (text: string, i: number) => string) =>
      together(
        ...Array.from({ length: 90 }, (_, i) =>
          named(
            together(
              ...Array.from({ length: i + 1 }, (_x, j) =>
                edit(each(0), j).replace('\n  name: web\n', `\n  name: web-${j}x\n`),
              ),
            ),
            `s${i}`,
          ).replace(/namespace: shop/g, `namespace: n${i}\n  labels:\n    app: s${i}`),
        ),
      );
    const text = pictureOf(
      compareTexts(
        of((one) => one),
        of((one) => one.replace('type: ClusterIP', 'type: NodePort')),
      ),
    );
    expect(text).toContain('and 30 more services');
  });

  test('shows nothing that a name could make of it', () => {
    const evil = '<script>alert(1)</script>';
    const label = (text: string, name: string) =>
      text.replace('\n  labels:\n    app: web\n', `\n  labels:\n    app: "${name}"\n`);
    const comparison = compareTexts(
      together(label(ROLLOUT, evil), named(ROLLOUT, 'pay')),
      together(label(released, evil), named(slower, 'pay')),
    );
    for (const text of [pictureOf(comparison), formatHtml(comparison)]) {
      expect(text).not.toContain('<script');
      expectWellFormed(text);
    }
  });
});

test('the page has the summary, the picture and every effect, and needs nothing else', () => {
  const page = formatHtml(large());
  expectWellFormed(page);
  expect(page).toContain('60 services roll out');
  expect(page).toContain('<svg');
  expect(page.match(/https?:\/\/[^"< ]*/g)?.filter((url) => url !== 'http://www.w3.org/2000/svg')).toEqual([]);
  for (const name of NAMES) expect(page).toContain(`Rollout/${name} `);
});

test('the table of a comment has one row for services to which the same happens', () => {
  expect(formatMarkdown(large())).toContain('| `shop-1` and 59 like it |  |  | 1 |');
});

describe('--out', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cutover-diff-'));
    writeFileSync(join(folder, 'a.yaml'), together(ROLLOUT, POLICY, named(ROLLOUT, 'pay')));
    writeFileSync(join(folder, 'b.yaml'), together(released, POLICY, named(slower, 'pay')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (...args: readonly string[]) => {
    const told = { out: '', err: '' };
    const exit = await runDiff([join(folder, 'a.yaml'), join(folder, 'b.yaml'), ...args], {
      out: (text) => {
        told.out += text;
      },
      err: (text) => {
        told.err += text;
      },
      colour: true,
    });
    return { exit, ...told };
  };

  test('writes markdown with its picture to a folder', async () => {
    const out = join(folder, 'deep', 'diff');
    expect(await run('--format', 'markdown', '--out', out)).toEqual({
      exit: 0,
      out: `${join(out, 'diff.md')}: markdown, 2 files\n`,
      err: '',
    });
    expect(readFileSync(join(out, 'diff.md'), 'utf8')).toContain('](effects.svg)');
    expect(readFileSync(join(out, 'effects.svg'), 'utf8')).toContain('<svg');
  });

  test.each(['text', 'json', 'sarif', 'html'])('writes %s to a file, without colours', async (format) => {
    const file = join(folder, `diff.${format}`);
    expect((await run('--format', format, '--out', file, '--fail-on', 'warning')).exit).toBe(1);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain('\u001b');
  });

  test('says where it cannot', async () => {
    const { exit, err } = await run('--out', join(folder, 'a.yaml', 'diff.txt'));
    expect(exit).toBe(1);
    expect(err).toContain('DIF193');
  });
});
