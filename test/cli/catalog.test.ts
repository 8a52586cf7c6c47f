import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { runCatalog } from '../../lib/cli/catalog';
import { EXIT, guarded } from '../../lib/cli/exit';
import { type Edits, edited, MINIMAL, MINIMAL_FILES, removeWorkspaces, workspace } from '../catalog/minimal';
import { ROOT } from '../tools/catalog';

afterAll(removeWorkspaces);

function folder(edit: Edits = {}): string {
  return workspace({ ...MINIMAL_FILES, 'services.json': JSON.stringify(edited(MINIMAL, edit), null, 2) });
}

function run(args: string, root = folder()) {
  const told: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const code = runCatalog(args.split(' ').filter(Boolean), join(root, 'services.json'), {
    out: (text) => void told.out.push(text),
    err: (text) => void told.err.push(text),
  });
  return { code, out: told.out.join(''), err: told.err.join('') };
}

const WEB = '--service web --environment production';

test('text: every value in a line, with where it was said', () => {
  const { code, out, err } = run(WEB);
  expect([code, err]).toEqual([EXIT.ok, '']);
  const lines = out.trimEnd().split('\n');
  expect(lines).toContain(
    `${'config.LOG_LEVEL'.padEnd(lines[0]?.indexOf(' = ') ?? 0)} = "info"  # services.web.config.LOG_LEVEL`,
  );
  expect(lines.filter((line) => !/^\S+ += .+ {2}# (built-in default|[a-z][^ ]*)$/.test(line))).toEqual([]);
  expect(out).toMatch(/^version += {1,2}"1\.4\.0" {2}# environments\.production\.versions\.web$/m);
  expect(out).toMatch(/^replicas += 2 {2}# built-in default$/m);
});

test('json: the same values', () => {
  const { code, out } = run(`${WEB} --format json`);
  const values: unknown = JSON.parse(out);
  expect(code).toBe(EXIT.ok);
  expect(values).toContainEqual({ path: 'replicas', value: 2, from: null });
  expect(values).toContainEqual({ path: 'config.LOG_LEVEL', value: 'info', from: 'services.web.config.LOG_LEVEL' });
  expect(Array.isArray(values) && values.length).toBe(run(WEB).out.trimEnd().split('\n').length);
});

test.each([
  ['nothing', ''],
  ['no environment', '--service web'],
  ['no service', '--environment production'],
  ['another format', `${WEB} --format yaml`],
  ['an unknown option', `${WEB} --verbose`],
  ['an argument', `web ${WEB}`],
  ['an option without its value', '--environment production --service'],
])('%s is wrong usage', (_, args) => {
  const { code, out, err } = run(args);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toMatch(/^usage: npm run catalog -- --service <service> --environment <environment>/);
});

test('help is no fault', () => {
  const { code, out, err } = run('--help');
  expect([code, err]).toEqual([EXIT.ok, '']);
  expect(out).toMatch(/^usage: /);
});

test.each([
  ['--service wbe --environment production', 'there is no service "wbe"; did you mean "web"?\n'],
  ['--service orders --environment production', 'there is no service "orders"; there are: api, web\n'],
  ['--service web --environment prod', 'there is no environment "prod"; there are: production, staging\n'],
  ['--service web --environment stagin', 'there is no environment "stagin"; did you mean "staging"?\n'],
  ['--service __proto__ --environment production', 'there is no service "__proto__"; there are: api, web\n'],
  [
    '--service web --environment constructor',
    'there is no environment "constructor"; there are: production, staging\n',
  ],
  ['--service \u001b[2J --environment production', 'there is no service "\\u001b[2J"; there are: api, web\n'],
])('%s', (args, err) => expect(run(args)).toEqual({ code: EXIT.findings, out: '', err }));

test('a faulty catalog is told, and explained all the same', () => {
  const { code, out, err } = run(WEB, folder({ 'services/web/replicas': 'three' }));
  expect(code).toBe(EXIT.findings);
  expect(err).toMatch(/^error CAT005 services\.json:\d+:\d+ services\.web\.replicas: /);
  expect(out).toContain('"info"');
});

test('a warning does not fail', () => {
  const { code, err } = run(WEB, folder({ 'services/web/gates/idle': { kind: 'restarts' } }));
  expect(code).toBe(EXIT.ok);
  expect(err).toMatch(/^warning CAT039 /);
});

test('a file that is not JSON, or not there', () => {
  const broken = run(WEB, workspace({ 'services.json': '{' }));
  expect([broken.code, broken.out]).toEqual([EXIT.findings, '']);
  expect(broken.err).toMatch(/^error CAT001 services\.json:1:2 /);
  expect(run(WEB, workspace({}))).toMatchObject({ code: EXIT.findings, out: '' });
});

test('values cannot move the cursor of a terminal', () => {
  const { out } = run(WEB, folder({ 'services/web/config/LOG_LEVEL': 'a\u202eb\u009bc\nd' }));
  expect(out).toContain('"a\\u202eb\\u009bc\\nd"');
});

describe('a crash', () => {
  const crash = (trace: string | undefined) => {
    const before = process.env.CUTOVER_TRACE;
    if (trace === undefined) delete process.env.CUTOVER_TRACE;
    else process.env.CUTOVER_TRACE = trace;
    const err: string[] = [];
    const code = guarded(
      (text) => void err.push(text),
      () => {
        throw new Error('no idea');
      },
    );
    if (before === undefined) delete process.env.CUTOVER_TRACE;
    else process.env.CUTOVER_TRACE = before;
    return { code, err: err.join('') };
  };

  test('is ours, in words and with its own exit code', () => {
    const { code, err } = crash(undefined);
    expect(code).toBe(70);
    expect(err).toMatch(/^cutover failed in a way it did not expect: no idea\n/);
    expect(err).not.toContain('    at ');
  });

  test('shows where only when it is asked to', () => expect(crash('1').err).toContain('    at '));
});

test('the command says the same in every locale and time zone', () => {
  const bundle = join(workspace({}), 'catalog.cjs');
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['lib/cli/catalog-main.ts'],
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    outfile: bundle,
    logLevel: 'error',
  });
  const args = ['--service', 'backend', '--environment', 'staging', '--format', 'json'];
  const [first, ...others] = [
    { LANG: 'C', TZ: 'UTC' },
    { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
    { LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8', TZ: 'America/St_Johns' },
  ].map((env) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [bundle, ...args], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    return { stdout, stderr, status };
  });
  expect(first?.status).toBe(0);
  expect(first?.stdout).toContain('"version"');
  for (const other of others) expect(other).toEqual(first);
}, 20_000);
