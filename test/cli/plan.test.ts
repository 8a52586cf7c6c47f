import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/cli/exit';
import { runPlan } from '../../lib/cli/plan';
import { progressOn } from '../../lib/cli/progress';
import { type Edits, edited, MINIMAL, MINIMAL_FILES, removeWorkspaces, workspace } from '../catalog/minimal';

afterAll(removeWorkspaces);

function folder(edit: Edits = {}): string {
  return workspace({ ...MINIMAL_FILES, 'services.json': JSON.stringify(edited(MINIMAL, edit), null, 2) });
}

function run(args: string, root = folder()) {
  const told: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const code = runPlan(args.split(' ').filter(Boolean), join(root, 'services.json'), {
    out: (text) => void told.out.push(text),
    err: (text) => void told.err.push(text),
    terminal: false,
  });
  return { code, out: told.out.join(''), err: told.err.join('') };
}

test('one service: its weights, its pods, and what is taken for granted', () => {
  const { code, out, err } = run('--service web --environment production');
  expect([code, err]).toEqual([EXIT.ok, '']);
  expect(out).toMatch(/^web in production: canary on istio, traffic not known$/m);
  expect(out).toMatch(/ 10 % +2 +1 +4 +\? +errors$/m);
  expect(out).toMatch(/^ {2}lowOverhead +\d/m);
  expect(out).toContain('Taken for granted:');
});

test('all services of all environments, with their sums', () => {
  const { code, out } = run('');
  expect(code).toBe(EXIT.ok);
  expect(out.match(/^(production|staging)$/gm)).toEqual(['production', 'staging']);
  expect(out.match(/^ {2}(api|web) +canary/gm)).toHaveLength(4);
});

test.each([
  ['an unknown service', '--service wev', [['PLN001', 'did you mean "web"?']]],
  ['an unknown environment', '--environment live', [['PLN002', 'there are: production, staging']]],
  [
    'both',
    '--service q --environment live',
    [
      ['PLN001', 'there are: api, web'],
      ['PLN002', 'there are: production, staging'],
    ],
  ],
] as const)('%s', (_, args, expected) => {
  const { code, out, err } = run(args);
  expect([code, out]).toEqual([EXIT.findings, '']);
  expect([...err.matchAll(/^error (\w+) .*\n {2}hint: (.*)$/gm)].map(([, found, hint]) => [found, hint])).toEqual(
    expected,
  );
});

test('a service that is not in the environment', () => {
  const root = folder({ 'environments/staging/services': { web: { enabled: false } } });
  const { code, err } = run('--service web --environment staging', root);
  expect(code).toBe(EXIT.findings);
  expect(err).toMatch(/^error PLN003 --environment: .*\n {2}hint: it is in: production\n$/);
});

test.each([
  ['an unknown format', '--format pdf', '--format is one of text'],
  ['an unknown option', '--for web', "Unknown option '--for'"],
  ['a word', 'web', 'Unexpected argument'],
])('%s', (_, args, says) => {
  const { code, out, err } = run(args);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toContain(says);
  expect(err).toContain('usage: npm run plan');
});

test('a faulty catalog is told and not planned', () => {
  const { code, out, err } = run('', folder({ 'services/web/replicas': 'two' }));
  expect([code, out]).toEqual([EXIT.findings, '']);
  expect(err).toMatch(/^error CAT\d+ services\.json:/);
});

describe('--out', () => {
  test.each([
    ['text', 'plan.txt', ['plan.txt']],
    ['json', 'deep/plan.json', ['deep/plan.json']],
    ['html', 'plan.html', ['plan.html']],
  ])('%s: one file, the same as without it', (format, file, expected) => {
    const root = folder();
    const { code, out } = run(`--service web --format ${format} --out ${join(root, file)}`, root);
    expect(code).toBe(EXIT.ok);
    expect(out).toContain(`${format}, 1 file`);
    for (const name of expected)
      expect(readFileSync(join(root, name), 'utf8')).toBe(run(`--service web --format ${format}`).out);
  });

  test('markdown: a folder with the pictures beside the document', () => {
    const root = folder();
    const { code } = run(`--service web --environment production --format markdown --out ${join(root, 'plan')}`, root);
    expect(code).toBe(EXIT.ok);
    expect(readdirSync(join(root, 'plan')).sort()).toEqual(['plan.md', 'production-web-timeline.svg']);
  });

  test('a place that cannot be written is a finding', () => {
    const root = folder();
    const { code, err } = run(`--format html --out ${join(root, 'services.json', 'plan.html')}`, root);
    expect(code).toBe(EXIT.findings);
    expect(err).toMatch(/^error PLN004 --out: .* cannot be written: /);
    const another = run(`--format markdown --out ${join(root, 'services.json')}`, root);
    expect(another.err).toContain('hint: name a folder');
  });
});

describe('progress', () => {
  const shown = (terminal: boolean, msEach: number) => {
    const told: string[] = [];
    let now = 0;
    const progress = progressOn({ err: (text) => void told.push(text), terminal }, 'planning', 20, () => now);
    for (let i = 0; i < 20; i += 1) {
      now += msEach;
      progress.step();
    }
    progress.end();
    return told;
  };

  test('a terminal sees how far long work is, and nothing of it afterwards', () => {
    const told = shown(true, 90);
    expect(told.length).toBeGreaterThan(3);
    expect(told[0]).toMatch(/^\rplanning \d+\/20$/);
    expect(told.at(-1)).toBe('\r\u001b[K');
  });

  test('short work and pipes stay quiet', () => {
    expect(shown(true, 5)).toEqual([]);
    expect(shown(false, 90)).toEqual([]);
  });
});
