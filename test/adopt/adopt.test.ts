import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { ADOPT_CODES, RETIRED_ADOPT_CODES } from '../../lib/adopt/codes';
import { stepsOf } from '../../lib/adopt/steps';
import { fieldAt, type KubeObject } from '../../lib/manifest/object';
import { toYamlDocuments } from '../../lib/manifest/yaml';
import { ROOT } from '../tools/catalog';
import { BEHIND_ALB, BESIDE, BY_SUBSET } from './routes';
import { adopted, EMPTY, factsOf, fixture, objectsIn, renderedFrom, rolloutOf } from './tools';

const HELM = fixture('helm/shop-web.yaml');
const KUSTOMIZE = fixture('kustomize/orders.yaml');
const POD = 'spec.template.spec';
const ALONE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: alone }\n';
const NO_PORT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: w }
spec: { template: { spec: { containers: [{ name: w, image: "a:1" }] } } }
`;
const BY_HAND = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: registry.example.com/api
          ports: [{ containerPort: 8080 }]
          livenessProbe: { exec: { command: [cat, /tmp/alive] } }
          securityContext: { runAsUser: 0 }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api, namespace: shop }
spec:
  hosts: [api]
  http:
    - match: [{ uri: { prefix: /v2 } }]
      route: [{ destination: { host: api } }]
`;

describe('what is told of what no catalog has a place for', () => {
  test.each([
    [
      'rendered by Helm',
      HELM,
      [
        ['ADO006', `${POD}.containers[0].env[1]`],
        ['ADO009', `${POD}.nodeSelector`],
        ['ADO011', 'spec.metrics[1]'],
        ['ADO012', 'spec'],
        ['ADO014', `${POD}.imagePullSecrets`],
        ['ADO016', 'spec.template.metadata.annotations["checksum/config"]'],
        ['ADO016', 'spec.template.metadata.labels["app.kubernetes.io/instance"]'],
        ['ADO018', `${POD}.containers[0]`],
        ['ADO019', `${POD}.serviceAccountName`],
        ['ADO020', `${POD}.containers[0].env[3]`],
        ['ADO022', ''],
      ],
    ],
    [
      'rendered by kustomize',
      KUSTOMIZE,
      [
        ['ADO003', `${POD}.containers[1]`],
        ['ADO004', `${POD}.initContainers[0]`],
        ['ADO005', `${POD}.volumes[0]`],
        ['ADO009', `${POD}.affinity`],
        ['ADO016', 'spec.template.metadata.labels["app"]'],
        ['ADO016', 'spec.template.metadata.labels["env"]'],
        ['ADO022', ''],
      ],
    ],
    ['nothing', ALONE, [['ADO021', '']]],
    ['no port', NO_PORT, [['ADO002', `${POD}.containers[0]`]]],
  ])('%s', (_, text, told) => {
    const found = adopted(text).findings.map(({ code, path }) => [code, path]);
    expect(found.sort()).toEqual([...told].sort());
  });

  test('a Deployment by hand, with what people write by hand', () => {
    const found = adopted(BY_HAND).findings.map(({ code, path }) => `${code} ${path}`);
    expect(found).toEqual(
      expect.arrayContaining([
        `ADO007 ${POD}.containers[0].securityContext`,
        `ADO008 ${POD}.containers[0].livenessProbe`,
        'ADO010 spec.type',
        'ADO013 spec.http[0]',
        `ADO015 ${POD}.containers[0].image`,
        `ADO017 ${POD}.containers[0].resources`,
      ]),
    );
  });

  test('every code is told somewhere', () => {
    const all = [HELM, KUSTOMIZE, BY_HAND, NO_PORT, ALONE, BY_SUBSET, BESIDE, BEHIND_ALB].flatMap((text) =>
      adopted(text).findings.map(({ code }) => code),
    );
    // The first is about what was given as a whole: the command line tells it.
    expect([...new Set(all)].sort()).toEqual(Object.keys(ADOPT_CODES).filter((code) => code !== 'ADO001'));
    expect(adopted(ALONE).adoptions).toEqual([]);
  });

  test('no value that looks like a secret comes out', () => {
    const { adoptions, findings } = adopted(HELM);
    expect(JSON.stringify({ adoptions, findings })).not.toContain('hunter2');
  });

  test('codes are not given twice', () => {
    expect(Object.keys(ADOPT_CODES).filter((code) => RETIRED_ADOPT_CODES.includes(code))).toEqual([]);
  });
});

/** What differs between the Deployment's pods and the Rollout's by design, beside what is told. */
function compared(text: string) {
  const given = objectsIn(text).map(({ object }) => object);
  const made = renderedFrom(adopted(text));
  const maps = (objects: readonly KubeObject[]) => objects.filter(({ kind }) => kind === 'ConfigMap');
  const before = given.find(({ kind }) => kind === 'Deployment');
  return {
    before: factsOf(fieldAt(before, 'spec.template'), 0, maps(given)),
    after: factsOf(fieldAt(rolloutOf(made), 'spec.template'), 0, maps(made)),
  };
}

test('the pods of a Helm release come to the same, but for what is told', () => {
  const { before, after } = compared(HELM);
  const { POD_IP: _, LEGACY_PASSWORD: __, ...environment } = before.environment;
  // 1.5Gi is 1536Mi.
  expect(after).toEqual({ ...before, environment, limits: { ...before.limits, memory: '1536Mi' } });
});

test('the pods of a kustomization come to the same', () => {
  const { before, after } = compared(KUSTOMIZE);
  expect(after).toEqual(before);
});

describe('on the command line', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cutover-adopt-'));
    writeFileSync(join(folder, 'services.json'), `${JSON.stringify(EMPTY, null, 2)}\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const launch = (command: string, args: readonly string[], input = '') =>
    spawnSync(process.execPath, [join(ROOT, 'lib/cli/launch.cjs'), command, ...args], {
      cwd: folder,
      input,
      encoding: 'utf8',
    });

  test.each([
    ['Helm', HELM, 'shop-web', ['--environment', 'production']],
    ['kustomize', KUSTOMIZE, 'orders', []],
  ])('an entry from %s goes into the catalog, and synth takes it', (_, text, key, options) => {
    const { status, stderr } = launch('adopt', ['--write', ...options, '-'], text);
    expect([status, stderr.includes('To change over to')]).toEqual([0, true]);
    const synth = launch('synth', []);
    expect([synth.stderr.split('\n').filter((line) => line.startsWith('error')), synth.status]).toEqual([[], 0]);
    const objects = parseAllDocuments(readFileSync(join(folder, `dist/production/services/${key}.yaml`), 'utf8'));
    expect(objects.map((one) => one.toJS()?.kind)).toEqual(
      expect.arrayContaining(['Rollout', 'Service', 'PrometheusRule']),
    );
    // A second time the key is there.
    expect(launch('adopt', ['--write', ...options, '-'], text).status).toBe(1);
  });

  test('what kubectl gives is a List', () => {
    const items = objectsIn(KUSTOMIZE).map(({ object }) => ({
      ...object,
      metadata: {
        ...object.metadata,
        uid: '0c5d',
        resourceVersion: '1',
        creationTimestamp: '2026-01-01T00:00:00Z',
        managedFields: [{}],
      },
      status: { replicas: 4 },
    }));
    const { status, stdout } = launch(
      'adopt',
      ['--format', 'json', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
    const { services, findings } = JSON.parse(stdout);
    expect([status, Object.keys(services)]).toEqual([0, ['orders']]);
    expect(findings.map(({ code }: { code: string }) => code)).not.toContain('ADO014');
  });

  test.each([
    [['--format', 'xml', '-'], 64],
    [[], 64],
    [['--help'], 0],
    [['nowhere.yaml'], 1],
  ])('%j ends with %i', (args, code) => expect(launch('adopt', args).status).toBe(code));
});

describe('the change is side by side', () => {
  const both = [HELM, KUSTOMIZE].flatMap((text) => adopted(text).adoptions);

  test.each(both.map((one) => [one.key, one] as const))(
    '%s has a name of its own',
    (_, { deployment, services, settings }) => {
      expect([deployment, ...services]).not.toContain(settings.name);
      const names = renderedFrom({ adoptions: both, findings: [] }).map(
        ({ kind, metadata }) => `${kind}/${metadata.name}`,
      );
      expect(names).not.toContain(`Service/${deployment}`);
    },
  );

  test.each(both.map((one) => [one.key, one] as const))(
    '%s: the Deployment is scaled down after the requests have moved',
    (_, adoption) => {
      const commands = stepsOf(adoption).map((step) => step.commands.join('\n'));
      const at = (words: string) => commands.findIndex((one) => one.includes(words));
      expect(at('argo rollouts status')).toBeLessThan(
        at(adoption.entrance.kind === 'virtualService' ? 'get virtualservice' : 'patch service'),
      );
      expect(at('scale deployment')).toBeGreaterThan(
        at(adoption.entrance.kind === 'virtualService' ? 'get virtualservice' : 'patch service'),
      );
    },
  );

  test('a patch of a selector is what a shell passes on, and the way back is what was', () => {
    const [helm] = adopted(HELM).adoptions;
    if (helm === undefined) throw new Error('nothing');
    const [forth = '', back = ''] = stepsOf(helm).flatMap(({ commands }) =>
      commands.filter((one) => one.includes('patch service')),
    );
    const patch = (command: string) =>
      JSON.parse(execFileSync('sh', ['-c', command.replace(/^.* -p /, 'printf %s ')], { encoding: 'utf8' })).spec
        .selector;
    const before = { 'app.kubernetes.io/name': 'shop-web', 'app.kubernetes.io/instance': 'shop-web' };
    const merged = (selector: object, change: object) =>
      Object.fromEntries(Object.entries({ ...selector, ...change }).filter(([, value]) => value !== null));
    expect(merged(before, patch(forth))).toEqual({ 'app.kubernetes.io/name': 'shop-web-rollout' });
    expect(merged(merged(before, patch(forth)), patch(back))).toEqual(before);
  });
});

describe('any Deployment', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
  const probe = fc.record(
    {
      httpGet: fc.record({ path: fc.constantFrom('/', '/live'), port: fc.constantFrom('http', 8080) }),
      periodSeconds: fc.integer({ min: 1, max: 60 }),
      failureThreshold: fc.integer({ min: 1, max: 9 }),
    },
    { requiredKeys: ['httpGet'] },
  );
  const deployment = fc.record({
    name,
    replicas: fc.integer({ min: 1, max: 9 }),
    tag: fc.constantFrom('1.2.3', 'v7', '2026-01-01_ab'),
    args: fc.array(fc.stringMatching(/^[ -~]{1,12}$/), { maxLength: 3 }),
    readiness: probe,
    liveness: fc.option(probe, { nil: undefined }),
    cpu: fc.constantFrom('250m', '1', 2, 0.5),
    memory: fc.constantFrom('64Mi', '1Gi'),
    env: fc.uniqueArray(
      fc.record({ name: fc.stringMatching(/^E_[A-Z]{1,6}$/), value: fc.stringMatching(/^[ -~]{0,20}$/) }),
      { selector: (one) => one.name, maxLength: 4 },
    ),
    port: fc.integer({ min: 1, max: 65_535 }),
    user: fc.integer({ min: 1, max: 60_000 }),
  });

  test('gives an entry that synth takes without a fault, with the same pods, or is told', () => {
    fc.assert(
      fc.property(deployment, (given) => {
        const labels = { app: given.name };
        const container = {
          name: 'main',
          image: `registry.example.com/team/${given.name}:${given.tag}`,
          ...(given.args.length === 0 ? {} : { args: given.args }),
          ports: [{ name: 'http', containerPort: 8080 }],
          readinessProbe: given.readiness,
          ...(given.liveness === undefined ? {} : { livenessProbe: given.liveness }),
          resources: { requests: { cpu: given.cpu, memory: given.memory }, limits: { memory: given.memory } },
          env: given.env,
          securityContext: { runAsUser: given.user, readOnlyRootFilesystem: true },
        };
        const text = toYamlDocuments(
          [
            {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              metadata: { name: given.name, namespace: 'shop' },
              spec: {
                replicas: given.replicas,
                selector: { matchLabels: labels },
                template: { metadata: { labels }, spec: { containers: [container] } },
              },
            },
            {
              apiVersion: 'v1',
              kind: 'Service',
              metadata: { name: given.name, namespace: 'shop' },
              spec: { selector: labels, ports: [{ port: given.port, targetPort: 'http' }] },
            },
          ],
          'given',
        );
        const { before, after } = compared(text);
        const told = adopted(text).findings.filter(({ code }) => code === 'ADO006');
        const lost = new Set(told.map(({ message }) => message.split(' ')[0]));
        const environment = Object.fromEntries(Object.entries(before.environment).filter(([key]) => !lost.has(key)));
        expect(after).toEqual({ ...before, environment });
      }),
      { numRuns: 60 },
    );
  });
});
