import { type Case, edited, together } from './case';
import {
  BINDING,
  CLAIM,
  CONFIG,
  DEPLOYMENT,
  EXPAND,
  JOB,
  NAMESPACE,
  ROLLOUT,
  SECRET,
  SERVICE,
  SQL,
  STATEFUL_SET,
} from './manifests';

/** What the cluster refuses, what is lost, and what the database loses. */
export const REFUSED: readonly Case[] = [
  {
    name: 'the selector of a Deployment',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, [
      '  selector:\n    matchLabels:\n      app: web',
      '  selector:\n    matchLabels:\n      app: shop',
    ]),
    verdict: ['changed Deployment/web: error DIF040 spec.selector.matchLabels.app'],
  },
  {
    name: 'the template of a Job',
    before: JOB,
    after: edited(JOB, ['report:1.0.0', 'report:1.1.0']),
    verdict: ['changed Job/report: error DIF040 spec.template.spec.containers[name=report].image'],
  },
  {
    name: 'the template of a hook',
    before: edited(EXPAND, ['  name: web-expand-0a1b2c3d4e', '  name: web-expand']),
    after: edited(
      EXPAND,
      ['  name: web-expand-0a1b2c3d4e', '  name: web-expand'],
      ['flyway:13.12.0', 'flyway:13.13.0'],
    ),
    verdict: ['changed Job/web-expand: info DIF151 (root)'],
  },
  {
    name: 'the template of a Job that is replaced',
    before: edited(JOB, [
      '  namespace: shop\n',
      '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-options: Replace=true,Force=true\n',
    ]),
    after: edited(
      JOB,
      [
        '  namespace: shop\n',
        '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-options: Replace=true,Force=true\n',
      ],
      ['report:1.0.0', 'report:1.1.0'],
    ),
    verdict: ['changed Job/report: info DIF180 spec.template.spec.containers[name=report].image'],
  },
  {
    name: 'the retries of a Job',
    before: JOB,
    after: edited(JOB, ['backoffLimit: 1', 'backoffLimit: 3']),
    verdict: ['changed Job/report: info DIF180 spec.backoffLimit'],
  },
  {
    name: 'a Service loses its address',
    before: edited(SERVICE, ['  type: ClusterIP', '  type: ClusterIP\n  clusterIP: 10.0.0.1']),
    after: edited(SERVICE, ['  type: ClusterIP', '  type: ClusterIP\n  clusterIP: None']),
    verdict: ['changed Service/web: error DIF040 spec.clusterIP'],
  },
  {
    name: 'a claim of a StatefulSet grows',
    before: STATEFUL_SET,
    after: edited(STATEFUL_SET, ['storage: 10Gi', 'storage: 20Gi']),
    verdict: [
      'changed StatefulSet/db: error DIF040 spec.volumeClaimTemplates[metadata.name=data].spec.resources.requests.storage',
    ],
  },
  {
    name: 'the name of a StatefulSet for its pods',
    before: STATEFUL_SET,
    after: edited(STATEFUL_SET, ['serviceName: db', 'serviceName: data']),
    verdict: ['changed StatefulSet/db: error DIF040 spec.serviceName'],
  },
  {
    name: 'a claim grows',
    before: CLAIM,
    after: edited(CLAIM, ['storage: 10Gi', 'storage: 20Gi']),
    verdict: ['changed PersistentVolumeClaim/data: info DIF180 spec.resources.requests.storage'],
  },
  {
    name: 'a claim shrinks',
    before: CLAIM,
    after: edited(CLAIM, ['storage: 10Gi', 'storage: 5Gi']),
    verdict: ['changed PersistentVolumeClaim/data: error DIF040 spec.resources.requests.storage'],
  },
  {
    name: 'a claim of another class',
    before: CLAIM,
    after: edited(CLAIM, ['storageClassName: fast', 'storageClassName: slow']),
    verdict: ['changed PersistentVolumeClaim/data: error DIF040 spec.storageClassName'],
  },
  {
    name: 'another role of a binding',
    before: BINDING,
    after: edited(BINDING, ['  kind: Role\n  name: web', '  kind: Role\n  name: admin']),
    verdict: ['changed RoleBinding/web: error DIF040 roleRef.name', 'changed RoleBinding/web: warning DIF111 subjects'],
  },
  {
    name: 'immutable configuration',
    before: edited(CONFIG, ['\ndata:', '\nimmutable: true\ndata:']),
    after: edited(CONFIG, ['\ndata:', '\nimmutable: true\ndata:'], ['LEVEL: info', 'LEVEL: debug']),
    verdict: [
      'changed ConfigMap/web-config: error DIF040 data.LEVEL',
      'changed ConfigMap/web-config: warning DIF082 data.LEVEL',
    ],
  },
  {
    name: 'the type of a Secret',
    before: SECRET,
    after: edited(SECRET, ['type: Opaque', 'type: kubernetes.io/basic-auth']),
    verdict: ['changed Secret/web: error DIF040 type'],
  },
  { name: 'a namespace goes', before: NAMESPACE, after: '', verdict: ['removed Namespace/shop: error DIF051 (root)'] },
  {
    name: 'a claim goes',
    before: CLAIM,
    after: '',
    verdict: ['removed PersistentVolumeClaim/data: error DIF051 (root)'],
  },
  {
    name: 'a StatefulSet goes',
    before: STATEFUL_SET,
    after: '',
    verdict: ['removed StatefulSet/db: warning DIF051 (root)'],
  },
  {
    name: 'a contract comes with code',
    before: ROLLOUT,
    after: together(
      edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']),
      edited(
        EXPAND,
        ['web-expand', 'web-contract'],
        ['argocd.argoproj.io/hook: PreSync', 'argocd.argoproj.io/hook: PostSync'],
      ),
    ),
    verdict: [
      'changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image',
      'added Job/web-contract-0a1b2c3d4e: error DIF150 (root)',
      'added Job/web-contract-0a1b2c3d4e: warning DIF151 (root)',
    ],
  },
  {
    name: 'a contract comes alone',
    before: ROLLOUT,
    after: together(
      ROLLOUT,
      edited(
        EXPAND,
        ['web-expand', 'web-contract'],
        ['argocd.argoproj.io/hook: PreSync', 'argocd.argoproj.io/hook: PostSync'],
      ),
    ),
    verdict: ['added Job/web-contract-0a1b2c3d4e: warning DIF151 (root)'],
  },
  {
    name: 'an expand comes with code',
    before: ROLLOUT,
    after: together(edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']), EXPAND),
    verdict: [
      'changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image',
      'added Job/web-expand-0a1b2c3d4e: info DIF151 (root)',
    ],
  },
  {
    name: 'a back-fill',
    before: ROLLOUT,
    after: together(
      ROLLOUT,
      edited(EXPAND, ['web-expand', 'web-backfill'], ['  annotations:\n    argocd.argoproj.io/hook: PreSync\n', '']),
    ),
    verdict: ['added Job/web-backfill-0a1b2c3d4e: info DIF151 (root)'],
  },
  {
    name: 'a column is dropped with code',
    before: together(ROLLOUT, SQL),
    after: together(
      edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']),
      `${SQL}  V2__mail.sql: |\n    ALTER TABLE users DROP COLUMN mail;\n`,
    ),
    verdict: [
      'changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image',
      'changed ConfigMap/web-sql: error DIF150 data',
      'changed ConfigMap/web-sql: warning DIF082 data["V2__mail.sql"]',
      'changed ConfigMap/web-sql: warning DIF151 data',
    ],
  },
  {
    name: 'a column is dropped alone',
    before: SQL,
    after: `${SQL}  V2__mail.sql: |\n    ALTER TABLE users DROP COLUMN mail;\n`,
    verdict: [
      'changed ConfigMap/web-sql: warning DIF082 data["V2__mail.sql"]',
      'changed ConfigMap/web-sql: warning DIF151 data',
    ],
  },
  {
    name: 'a column is added with code',
    before: together(ROLLOUT, SQL),
    after: together(
      edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']),
      `${SQL}  V2__mail.sql: |\n    ALTER TABLE users ADD COLUMN mail text;\n`,
    ),
    verdict: [
      'changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image',
      'changed ConfigMap/web-sql: warning DIF082 data["V2__mail.sql"]',
      'changed ConfigMap/web-sql: info DIF151 data',
    ],
  },
];
