import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A small catalog without a fault or a warning; the tests change one thing in it, or a few. */
export const MINIMAL = {
  platform: {
    name: 'shop',
    registry: 'registry.example.com/shop',
    prometheus: { address: 'http://prometheus.monitoring:9090' },
    istio: { gateways: ['istio-ingress/public'] },
    argocd: { repository: 'https://git.example.com/shop/platform.git' },
    externalSecrets: { store: 'vault' },
    flyway: { image: 'flyway/flyway:13.12.0' },
  },
  environments: {
    production: { namespace: 'shop', cluster: { name: 'production' }, versions: { api: '2.0.0', web: '1.4.0' } },
    staging: { namespace: 'shop', cluster: { name: 'staging' }, versions: { api: '2.1.0', web: '1.5.0' } },
  },
  defaults: { resources: { limits: { cpu: '500m' } } },
  services: {
    api: {
      ports: { grpc: { port: 9000, protocol: 'grpc' }, http: { port: 8080 } },
      strategy: { steps: [{ setWeight: 20 }, { pause: { durationSeconds: 60 } }, { setWeight: 50 }] },
      migrations: {
        database: { host: 'db.example.com', name: 'shop', cidr: '10.0.0.0/16' },
        user: { external: { key: 'shop/api', property: 'user' } },
        password: { external: { key: 'shop/api', property: 'password' } },
        contracts: { '2': { release: '1.9.0' } },
      },
      allowedCallers: { services: ['web'] },
    },
    web: {
      ports: { http: { port: 80 } },
      config: { LOG_LEVEL: 'info' },
      secrets: { TOKEN: { existing: { name: 'web-token', key: 'token' } } },
      strategy: {
        steps: [{ setWeight: 10 }, { pause: { durationSeconds: 60 } }, { analysis: ['errors'] }],
        background: { gates: ['errors'] },
      },
      routing: { hosts: ['www.example.com'] },
      gates: { errors: { kind: 'errorRate', atMost: 0.05 } },
    },
  },
} as const;

/** The migrations beside it. */
export const MINIMAL_FILES: Files = {
  'migrations/api/expand/V1__items.sql': 'CREATE TABLE items (id bigint PRIMARY KEY);\n',
  'migrations/api/contract/V2__drop.sql': 'ALTER TABLE items DROP COLUMN old;\n',
};

/** Files by their paths: their content, where a symbolic link leads to, or undefined for a file that is not there. */
export type Files = Readonly<Record<string, string | Uint8Array | { readonly link: string } | undefined>>;

/** What to put where: `services/web/replicas` leads to a field, `…/steps/0` to an item; undefined takes it away. */
export type Edits = Readonly<Record<string, unknown>>;

/** A copy of a JSON value with some of its places changed. */
export function edited(value: unknown, edits: Edits): unknown {
  const copy: unknown = structuredClone(value);
  for (const [path, replacement] of Object.entries(edits)) place(copy, path.split('/'), replacement);
  return copy;
}

function place(root: unknown, keys: readonly string[], replacement: unknown): void {
  let target = root;
  for (const key of keys.slice(0, -1)) {
    if (!isContainer(target)) throw new Error(`nothing stands at ${keys.join('/')}`);
    if (!Object.hasOwn(target, key)) Reflect.set(target, key, {});
    target = Reflect.get(target, key);
  }
  const last = keys.at(-1) ?? '';
  if (!isContainer(target)) throw new Error(`nothing stands at ${keys.join('/')}`);
  if (replacement === undefined) Reflect.deleteProperty(target, last);
  else
    Object.defineProperty(target, last, { value: replacement, enumerable: true, configurable: true, writable: true });
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const made: string[] = [];

/** A new folder with files. */
export function workspace(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'cutover-catalog-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, join(root, path));
    else writeFileSync(join(root, path), content);
  }
  return root;
}

export function removeWorkspaces(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
}
