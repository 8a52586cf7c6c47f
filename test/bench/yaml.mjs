// CPU of writing 12,000 objects as YAML, stock `yaml` against lib/manifest/yaml.ts: node test/bench/yaml.mjs [stock|ours]
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const SERVICES = 4000;
const ROUNDS = 5;

const labels = (name) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/version': '1.27.3',
});

const rollout = (name, index) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: {
    name,
    namespace: `shop-${index % 20}`,
    labels: labels(name),
    annotations: { 'example.com/owner': `team-${index % 7}@example.com`, 'example.com/critical': 'true' },
  },
  spec: {
    replicas: 3 + (index % 5),
    revisionHistoryLimit: 3,
    selector: { matchLabels: { 'app.kubernetes.io/name': name } },
    strategy: {
      canary: {
        canaryService: `${name}-canary`,
        stableService: `${name}-stable`,
        trafficRouting: { istio: { virtualService: { name, routes: ['primary'] } } },
        analysis: {
          startingStep: 1,
          templates: [{ templateName: `${name}-success-rate` }],
          args: [
            { name: 'service', value: `${name}-canary.shop-${index % 20}.svc.cluster.local` },
            { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } },
          ],
        },
        steps: [
          { setWeight: 5 },
          { pause: { duration: '5m' } },
          { setWeight: 25 },
          { pause: {} },
          { setWeight: 50 },
          { pause: { duration: '10m' } },
        ],
      },
    },
    template: {
      metadata: { labels: labels(name), annotations: { 'prometheus.io/port': '9102', 'prometheus.io/scrape': 'true' } },
      spec: {
        serviceAccountName: name,
        terminationGracePeriodSeconds: 60,
        containers: [
          {
            name: 'app',
            image: `registry.example.com/shop/${name}:1.27.${index}`,
            args: ['--listen=:8080', `--config=/etc/${name}/config.yaml`],
            ports: [
              { name: 'http', containerPort: 8080, protocol: 'TCP' },
              { name: 'metrics', containerPort: 9102, protocol: 'TCP' },
            ],
            env: [
              { name: 'PORT', value: '8080' },
              { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: `${name}-db`, key: 'url' } } },
              { name: 'OTEL_RESOURCE_ATTRIBUTES', value: `service.name=${name},deployment.environment=production` },
              { name: 'GREETING', value: 'Hello: # world' },
            ],
            resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
            readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5, failureThreshold: 3 },
            lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', 'sleep 15'] } } },
            securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
            volumeMounts: [{ name: 'config', mountPath: `/etc/${name}`, readOnly: true }],
          },
        ],
        volumes: [{ name: 'config', configMap: { name: `${name}-config` } }],
      },
    },
  },
});

const virtualService = (name, index) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name, namespace: `shop-${index % 20}`, labels: labels(name) },
  spec: {
    hosts: [`${name}.shop.example.com`, '*.internal.example.com'],
    gateways: ['istio-system/public', 'mesh'],
    http: [
      {
        name: 'primary',
        match: [{ uri: { prefix: `/api/${name}` } }, { headers: { 'x-canary': { exact: 'always' } } }],
        route: [
          { destination: { host: `${name}-stable`, port: { number: 8080 } }, weight: 100 },
          { destination: { host: `${name}-canary`, port: { number: 8080 } }, weight: 0 },
        ],
        retries: { attempts: 2, perTryTimeout: '2s', retryOn: 'connect-failure,refused-stream,503' },
        timeout: '15s',
      },
    ],
  },
});

const analysisTemplate = (name, index) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: `${name}-success-rate`, namespace: `shop-${index % 20}`, labels: labels(name) },
  spec: {
    args: [{ name: 'service' }, { name: 'hash' }],
    metrics: [
      {
        name: 'success-rate',
        interval: '1m',
        count: 10,
        failureLimit: 2,
        successCondition: 'len(result) == 0 || isNaN(result[0]) || result[0] >= 0.995',
        provider: {
          prometheus: {
            address: 'http://prometheus.monitoring.svc.cluster.local:9090',
            query: `sum(rate(istio_requests_total{\n  destination_service_name="${name}",\n  response_code!~"5.*"\n}[2m]))\n/\nsum(rate(istio_requests_total{destination_service_name="${name}"}[2m]))\n`,
          },
        },
      },
    ],
  },
});

const objects = () =>
  Array.from({ length: SERVICES }, (_, index) => {
    const name = `service-${index}`;
    return [rollout(name, index), virtualService(name, index), analysisTemplate(name, index)];
  }).flat();

const bundle = (directory) => {
  const outfile = join(directory, 'yaml.cjs');
  const stdin = {
    contents: `export { toYaml } from './yaml'; export { OPTIONS } from './yaml-options'; export const stock = () => require('yaml');`,
    resolveDir: fileURLToPath(new URL('../../lib/manifest', import.meta.url)),
  };
  buildSync({ stdin, bundle: true, platform: 'node', target: 'node20', format: 'cjs', outfile });
  return outfile;
};

const measure = (outfile, kind) => {
  const { toYaml, OPTIONS, stock } = createRequire(import.meta.url)(outfile);
  const write = kind === 'ours' ? toYaml : (value) => stock().stringify(value, OPTIONS);
  const values = objects();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = process.cpuUsage();
    let bytes = 0;
    for (const value of values) bytes += Buffer.byteLength(write(value));
    const { user, system } = process.cpuUsage(before);
    console.log(
      `${kind} round ${round}: ${((user + system) / 1e6).toFixed(3)} s CPU, ${values.length} objects, ${bytes} bytes`,
    );
  }
};

const [kind, outfile] = process.argv.slice(2);
if (outfile !== undefined) measure(outfile, kind);
else {
  const directory = mkdtempSync(join(tmpdir(), 'bench-yaml-'));
  const script = fileURLToPath(import.meta.url);
  for (const each of kind === undefined ? ['stock', 'ours'] : [kind]) {
    await new Promise((done) => fork(script, [each, bundle(directory)]).on('exit', done));
  }
  rmSync(directory, { recursive: true });
}
