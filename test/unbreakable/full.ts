import type { Files } from '../catalog/minimal';

/** The names in it that other places of the catalog, or files, refer to. */
const SERVICE = 'zqservicez';
const CALLER = 'zqcallerz';
const ENVIRONMENT = 'zqenvironmentz';
const PORT = 'zqportz';
const STEP_GATE = 'zqgatestepz';
const BACKGROUND_GATE = 'zqgatebackz';
const DIRECTORY = 'zqmigrationsz/zqfolderz';

const probe = (which: string) => ({ kind: 'http', path: `/zq${which}pathz`, port: PORT });
const external = (which: string) => ({ external: { key: `zq/${which}/key`, property: `zq${which}propertyz` } });

/**
 * A catalog in which every text that the schema knows stands somewhere, and no text twice unless one refers to the other:
 * where a text comes out of it can be told by the text alone.
 */
export const FULL = {
  $schema: './zqschemaz.json',
  platform: {
    name: 'zqplatformz',
    registry: 'zqregistryz.example/zq',
    prometheus: {
      address: 'http://zqprometheusz:9090',
      namespace: 'zqmonitoringz',
      labels: { zqlabelz: 'zqlabelvaluez' },
    },
    istio: {
      gateways: ['zqgatewaynsz/zqsharedz'],
      gatewayNamespace: 'zqingressz',
      clusterDomain: 'zqclusterz.local',
      revision: 'zqrevisionz',
    },
    runbooks: { url: 'https://zqrunbooksz.example/zq' },
    alerts: { customResourceState: { namespace: 'zqcrsnamespacez', serviceAccount: 'zqcrsaccountz' } },
    grafana: {
      label: 'zqgrafanalabelz',
      labelValue: 'zqgrafanavaluez',
      folder: 'zqgrafanafolderz',
      folderAnnotation: 'zqfolderannotationz',
    },
    argocd: {
      namespace: 'zqargocdz',
      repository: 'https://zqgitz.example/zq.git',
      revision: 'zqbranchz',
      path: 'zqdistz',
      project: 'zqprojectz',
      rootProject: 'zqrootprojectz',
    },
    externalSecrets: { store: 'zqstorez' },
    flyway: { image: 'zqflywayz/zqflywayz:13.12.0' },
    topologyKeys: ['zqtopologyz'],
  },
  environments: {
    [ENVIRONMENT]: {
      namespace: 'zqnamespacez',
      cluster: { server: 'https://zqserverz.example:6443' },
      versions: { [SERVICE]: '4.3.2', [CALLER]: '9.8.7-zqtagz' },
      services: { [CALLER]: { owner: 'zqownerz' } },
    },
    zqotherz: {
      namespace: 'zqothernamespacez',
      cluster: { name: 'zqclusternamez' },
      versions: {},
      overrides: { enabled: false },
    },
  },
  services: {
    [SERVICE]: {
      name: 'zqnamez',
      image: { repository: 'zqimagesz.example/zqimagez' },
      command: ['zqcommandz'],
      args: ['zqargz'],
      ports: { [PORT]: { port: 8080, metricsPath: '/zqmetricsz' } },
      resources: { requests: { cpu: '111m', memory: '111Mi' }, limits: { cpu: '1113m', memory: '1113Mi' } },
      probes: { readiness: probe('ready'), liveness: probe('live'), startup: probe('start') },
      config: { ZQCONFIG: 'zqconfigvaluez' },
      secrets: {
        ZQSECRET: external('secret'),
        ZQEXISTING: { existing: { name: 'zqexistingz', key: 'zqexistingkeyz' } },
      },
      security: { writablePaths: ['/zqwritablez'] },
      strategy: {
        steps: [{ setWeight: 20 }, { pause: { durationSeconds: 3600 } }, { analysis: [STEP_GATE] }],
        background: { gates: [BACKGROUND_GATE], startingStep: 0 },
      },
      routing: {
        port: PORT,
        hosts: ['zqhostz.example.com'],
        gateways: ['zqgatewaynsz/zqownz'],
        canaryHeader: { name: 'zqheaderz', value: 'zqheadervaluez' },
        retries: { retryOn: 'zqretryz' },
      },
      gates: {
        [STEP_GATE]: { kind: 'query', query: 'zqqueryz{zq="{{args.canary-hash}}"}', atMost: 1 },
        [BACKGROUND_GATE]: { kind: 'restarts', atMost: 2, intervalSeconds: 10 },
      },
      migrations: {
        directory: DIRECTORY,
        database: {
          host: 'zqdatabasez.example.com',
          name: 'zqdatabasenamez',
          schema: 'zqschemaz',
          sslMode: 'verify-full',
          caCertificate: { configMap: 'zqcaz', key: 'zqcafilez.crt' },
          cidr: '10.77.0.0/16',
        },
        user: external('user'),
        password: external('password'),
        contracts: { '2': { release: '4.3.1' } },
        uses: {
          '4.2.77': { reads: ['zqreadz.zqonez'], writes: ['zqwrittenz.zqtwoz'], selectStar: ['zqstarz'] },
        },
        judgedFrom: '0.1834',
        rehearsal: {
          versions: {
            '4.2.9': {
              schema: '77.31',
              probes: { zqprobez: { kind: 'read', sql: 'SELECT zqprobedz', parameters: ['zqtablez.zqcolumnz'] } },
            },
          },
          invariants: { zqinvariantz: { since: '77.32', until: '77.33', sql: 'SELECT zqbrokenz' } },
          seed: 'zqseedz/zqfillz.sql',
        },
      },
      allowedCallers: { services: [CALLER], namespaces: ['zqcallersz'], gateway: true },
      notifications: { zqteamz: { slack: 'zqchannelz' }, zqpagerz: { webhook: 'zqwebhookz', on: ['aborted'] } },
    },
    [CALLER]: {
      ports: { zqtwoz: { port: 81 } },
      strategy: { steps: [{ setWeight: 50 }, { pause: { durationSeconds: 60 } }] },
      migrations: {
        directory: 'zqmigrationsz/zqcallersz',
        database: { host: 'zqsecondz.example.com', name: 'zqseconddbz' },
        user: { existing: { name: 'zquserz', key: 'zquserkeyz' } },
        password: { existing: { name: 'zqpasswordz', key: 'zqpasswordkeyz' } },
      },
    },
  },
} as const;

export const FULL_FILES: Files = {
  [`${DIRECTORY}/expand/V1__zq.sql`]: 'CREATE TABLE one (id bigint PRIMARY KEY);\n',
  [`${DIRECTORY}/contract/V2__zq.sql`]: 'ALTER TABLE one DROP COLUMN old;\n',
  [`${DIRECTORY}/expand/V3__zq.sql`]: 'CREATE TABLE three (id bigint PRIMARY KEY);\n',
  'zqmigrationsz/zqcallersz/expand/V1__zq.sql': 'SELECT 1;\n',
};

/** Where the migrations are of which files are replaced by hostile ones. */
export const FULL_DIRECTORY = DIRECTORY;
