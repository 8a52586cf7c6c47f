import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { benchCatalog } from '../bench/catalog';
import { ROOT } from '../tools/catalog';

const folder = mkdtempSync(join(tmpdir(), 'plan-speed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Services of which no two are alike to a plan, since each has traffic of its own. */
function written(name: string, services: number): string {
  const { catalog, migrations } = benchCatalog(services);
  const root = join(folder, name);
  const distinct = Object.fromEntries(
    Object.entries(catalog.services ?? {}).map(([key, service], i) => [
      key,
      { ...service, traffic: { requestsPerSecond: 20 + 0.37 * i } },
    ]),
  );
  const files = new Map([...migrations, ['services.json', JSON.stringify({ ...catalog, services: distinct })]]);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

/** The CPU time of a command as a process of its own, in microseconds: what else the machine does counts little. */
function cpuOf(command: 'synth' | 'plan', root: string): number {
  const [hook, result] = [join(folder, 'cpu.cjs'), join(folder, 'cpu')];
  writeFileSync(
    hook,
    `process.on('exit', () => { const { user, system } = process.cpuUsage(); require('fs').writeFileSync(${JSON.stringify(result)}, String(user + system)); });`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', hook, join(ROOT, 'lib/cli/launch.cjs'), command],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  expect([status, stderr]).toEqual([0, '']);
  return Number(readFileSync(result, 'utf8'));
}

// Of 1,000 such services synth took 8.7 s of CPU time and the plan 16.7 s, on two cores; of services that are alike it is less.
test('a plan takes less than five times the time of synth, for services of which no two are alike', () => {
  const [one, many] = [written('one', 1), written('many', 60)];
  // The first run may have to bundle the command.
  for (const command of ['synth', 'plan'] as const) cpuOf(command, one);
  expect(cpuOf('plan', many)).toBeLessThan(5 * cpuOf('synth', many));
}, 120_000);
