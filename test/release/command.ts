import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Edits, edited, MINIMAL, MINIMAL_FILES, workspace } from '../catalog/minimal';
import { ROOT } from '../tools/root';

export const RECORDINGS = join(ROOT, 'test/release/recordings');
export const SCENARIOS = [
  'good',
  'analysis-failed',
  'image-pull-error',
  'invalid-spec',
  'reverted-after-abort',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

const TOKEN = 'a-token-that-nobody-may-see';

/** A kubeconfig whose current context leads to a server; another one leads elsewhere. */
export function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'replay', cluster: { server } },
      { name: 'elsewhere', cluster: { server: 'https://elsewhere.example:6443' } },
    ],
    users: [{ name: 'someone', user: { token: TOKEN } }],
    contexts: [
      { name: 'replay', context: { cluster: 'replay', user: 'someone', namespace: 'demo2' } },
      { name: 'elsewhere', context: { cluster: 'elsewhere', user: 'someone' } },
    ],
    'current-context': 'replay',
  });
}

/** A folder with a kubeconfig that leads to a server, and a catalog that has the recorded service. */
export function releaseFolder(server: string, edits: Edits = {}): string {
  const catalog = edited(MINIMAL, {
    'environments/production/namespace': 'demo2',
    'environments/production/cluster': { name: 'replay' },
    'services/web/name': 'shop',
    ...edits,
  });
  return workspace({
    ...MINIMAL_FILES,
    kubeconfig: kubeconfigFor(server),
    'services.json': JSON.stringify(catalog),
  });
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run release` as a process of its own, in such a folder; nothing that it says may have the token in it. */
export function release(
  folder: string,
  args: readonly string[],
  onStart: (kill: () => void) => void = () => undefined,
): Promise<Ran> {
  const child = spawn(process.execPath, [join(ROOT, 'lib/cli/launch.cjs'), 'release', ...args], {
    cwd: folder,
    env: { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder, NO_PROXY: '*' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    told.out += String(data);
  });
  child.stderr.on('data', (data) => {
    told.err += String(data);
  });
  onStart(() => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (`${told.out}${told.err}`.includes(TOKEN)) reject(new Error('the token was printed'));
      else resolve({ code, ...told });
    });
  });
}

/** The state that `--format json` printed. */
export function stateIn({ out }: Ran) {
  return JSON.parse(out);
}
