import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepsOf } from '../../lib/adopt/steps';
import { fieldAt, listAt } from '../../lib/manifest/object';
import { only, ROOT } from '../tools/catalog';
import { BEHIND_ALB, BESIDE, BY_HOST, BY_SUBSET, CERTIFICATE, POLICIES, TRAFFIC_POLICY } from './routes';
import { adopted, EMPTY, renderedFrom, rolloutOf } from './tools';

const one = (text: string) => {
  const { adoptions } = adopted(text);
  expect(adoptions).toHaveLength(1);
  const [adoption] = adoptions;
  if (adoption === undefined) throw new Error('nothing was adopted');
  return adoption;
};
const codes = (text: string, ...wanted: readonly string[]) =>
  adopted(text)
    .findings.filter(({ code }) => wanted.includes(code))
    .map(({ code, object, path }) => `${code} ${object} ${path}`.trim());

describe('the strategy is what there is', () => {
  test.each([
    ['two subsets', BY_SUBSET, 'web', 'web-v1', 'canary'],
    ['two hosts', BY_HOST, 'web-stable', 'web-stable', 'canary'],
    ['one version', BESIDE, 'web', 'web', 'rolling'],
    ['one version behind a load balancer', BEHIND_ALB, 'web', 'web', 'rolling'],
  ])('%s', (_, text, key, deployment, kind) => {
    const adoption = one(text);
    expect([adoption.key, adoption.deployment, fieldAt(adoption.settings, 'strategy.kind')]).toEqual([
      key,
      deployment,
      kind,
    ]);
    expect(adoption.version).toBe('1.0.0');
  });

  test.each([
    ['two subsets', BY_SUBSET, 'Deployment/web-v2', 'Deployment/web-v1'],
    ['two hosts', BY_HOST, 'Deployment/web-canary', 'Deployment/web-stable'],
  ])('%s: the canary is told, and no entry is made of it', (_, text, canary, stable) => {
    expect(codes(text, 'ADO023', 'ADO026')).toEqual(
      expect.arrayContaining([`ADO023 ${canary}`, `ADO026 ${stable} spec.strategy`]),
    );
  });

  test('the Rollout moves weights by its steps, in the mesh', () => {
    const objects = renderedFrom(adopted(BY_SUBSET));
    const canary = fieldAt(rolloutOf(objects), 'spec.strategy.canary');
    expect(listAt(canary, 'steps').flatMap((step) => fieldAt(step, 'setWeight') ?? [])).toEqual([10, 25, 50, 100]);
    expect(fieldAt(canary, 'trafficRouting.istio.virtualService.name')).toBe('web-rollout');
  });

  test('a split whose stable Deployment was not given is adopted from the one that was', () => {
    const without = BY_HOST.replace(
      /---\napiVersion: apps\/v1\nkind: Deployment\nmetadata:\n {2}name: web-stable[\s\S]*?(?=---\n)/,
      '',
    );
    expect(without).not.toBe(BY_HOST);
    expect(one(without).deployment).toBe('web-canary');
  });
});

describe('what routes and proxies are told', () => {
  test('a VirtualService: gateways, time, retries and the header of testers', () => {
    const objects = renderedFrom(adopted(BY_SUBSET));
    const virtualService = only(objects, 'VirtualService');
    // They serve the public hosts, which come with the last step of the change.
    expect(fieldAt(one(BY_SUBSET).settings, 'routing.gateways')).toEqual(['istio-ingress/public']);
    const [header, primary] = listAt(virtualService, 'spec.http');
    expect(primary).toMatchObject(POLICIES);
    expect(fieldAt(header, 'match[0].headers')).toEqual({ 'x-canary': { exact: 'yes' } });
    expect(codes(BY_SUBSET, 'ADO013', 'ADO024')).toEqual([]);
  });

  test('a DestinationRule', () => {
    const [own] = renderedFrom(adopted(BY_SUBSET)).filter(({ kind }) => kind === 'DestinationRule');
    expect(fieldAt(own, 'spec.trafficPolicy')).toEqual(TRAFFIC_POLICY);
  });

  test('a DestinationRule alone: the pods are in the mesh, and what no catalog says is told', () => {
    const { connectionPool, outlierDetection } = TRAFFIC_POLICY;
    const rule = only(renderedFrom(adopted(BESIDE)), 'DestinationRule');
    expect(fieldAt(rule, 'spec.trafficPolicy')).toEqual({
      connectionPool,
      outlierDetection,
      loadBalancer: { simple: 'LEAST_REQUEST' },
    });
    expect(codes(BESIDE, 'ADO024').sort()).toEqual([
      'ADO024 DestinationRule/web spec.trafficPolicy.loadBalancer.simple',
      'ADO024 DestinationRule/web spec.trafficPolicy.tls',
    ]);
  });

  test('an Ingress of the AWS Load Balancer Controller, but for its group', () => {
    const ingress = only(renderedFrom(adopted(BEHIND_ALB)), 'Ingress');
    expect(ingress.metadata.annotations).toMatchObject({
      'alb.ingress.kubernetes.io/group.name': 'shop-production-public',
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/certificate-arn': CERTIFICATE,
      'alb.ingress.kubernetes.io/healthcheck-path': '/ready',
    });
    expect(listAt(ingress, 'spec.rules').map((rule) => fieldAt(rule, 'host'))).toEqual([
      'shop.example.com',
      'www.example.com',
    ]);
    expect(codes(BEHIND_ALB, 'ADO012', 'ADO025').sort()).toEqual([
      'ADO012 Ingress/web metadata.annotations["alb.ingress.kubernetes.io/target-group-attributes"]',
      'ADO012 Ingress/web spec.rules[1].http.paths[0]',
      'ADO025 Ingress/web',
    ]);
  });
});

describe('the change goes side by side', () => {
  const commandsOf = (text: string) => stepsOf(one(text)).map(({ commands }) => commands.join('\n'));
  const order = (text: string, ...words: readonly string[]) => {
    const commands = commandsOf(text);
    const found = words.map((word) => commands.findIndex((all) => all.includes(word)));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  };

  test.each([
    ['subsets', BY_SUBSET, 'web-rollout', 'web-v2', 'web-v1'],
    ['hosts', BY_HOST, 'web-stable-rollout', 'web-canary', 'web-stable'],
  ])(
    '%s: the Rollout is healthy, the old split ends, the requests move, the old pods go',
    (_, text, name, canary, stable) => {
      order(text, `rollouts status ${name}`, `scale deployment ${canary}`, `scale deployment ${stable}`);
      const moves = stepsOf(one(text)).map(({ what }) => what);
      const ended = moves.findIndex((what) => what.startsWith('End the split of web'));
      const moved = moves.findIndex((what) => what.includes(`give the host ${name}.shop.svc.cluster.local`));
      expect([ended > 0, moved > ended]).toEqual([true, true]);
    },
  );

  test('a load balancer: the new one is asked before DNS leads to it, and no target group goes before', () => {
    order(BEHIND_ALB, 'rollouts status web-rollout', 'get ingress web-rollout', 'dig +noall', 'scale deployment web');
  });
});

// What the command promises: nothing of what runs is in the difference.
test.each([
  ['subsets', BY_SUBSET],
  ['hosts', BY_HOST],
  ['a DestinationRule', BESIDE],
  ['a load balancer', BEHIND_ALB],
])('%s: synth takes the entry, and the diff tool finds new objects only', (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-adopt-'));
  const launch = (command: string, args: readonly string[], input = '') =>
    spawnSync(process.execPath, [join(ROOT, 'lib/cli/launch.cjs'), command, ...args], {
      cwd: folder,
      input,
      encoding: 'utf8',
    });
  try {
    writeFileSync(join(folder, 'services.json'), JSON.stringify(EMPTY));
    mkdirSync(join(folder, 'before'));
    writeFileSync(join(folder, 'before/running.yaml'), text);
    cpSync(join(folder, 'before'), join(folder, 'after'), { recursive: true });
    expect(launch('adopt', ['--write', '-'], text).status).toBe(0);
    expect(launch('synth', [])).toMatchObject({ status: 0, stderr: expect.not.stringContaining('error') });
    cpSync(join(folder, 'dist/production/services'), join(folder, 'after/services'), { recursive: true });
    const { status, stdout } = launch('diff', ['before', 'after', '--format', 'json']);
    const { changes } = JSON.parse(stdout);
    expect([status, changes.length > 5]).toEqual([0, true]);
    expect(changes.filter(({ kind }: { readonly kind: string }) => kind !== 'added')).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
