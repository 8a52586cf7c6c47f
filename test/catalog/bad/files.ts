import type { BadCatalog } from '../bad-catalog';
import { API, MIGRATIONS } from './places';

/** Files of migrations. */
export const FILES: readonly BadCatalog[] = [
  {
    name: 'no folder of migrations, and no word of its contracts',
    files: { [`${MIGRATIONS}/expand/V1__items.sql`]: undefined, [`${MIGRATIONS}/contract/V2__drop.sql`]: undefined },
    told: [['CAT060', 'services.api.migrations.directory']],
  },
  {
    name: 'a file in place of the folder',
    edit: { [`${API}/migrations/directory`]: 'services.json' },
    told: [['CAT060', 'services.api.migrations.directory']],
  },
  {
    name: 'a linked folder',
    files: { [`${MIGRATIONS}/backfill`]: { link: '/etc' } },
    told: [['CAT060', 'services.api.migrations.directory']],
    says: 'migrations/api/backfill is a symbolic link',
  },
  {
    name: 'a linked file',
    files: { [`${MIGRATIONS}/expand/V1.1__passwd.sql`]: { link: '/etc/passwd' } },
    told: [['CAT061', 'services.api.migrations.directory']],
    says: 'is not a plain file',
  },
  {
    name: 'a migration that is not UTF-8',
    files: { [`${MIGRATIONS}/expand/V1.1__x.sql`]: Buffer.from([0xff]) },
    told: [['CAT060', 'services.api.migrations.directory']],
  },
  {
    name: 'one underscore',
    files: { [`${MIGRATIONS}/expand/V1.1_x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
    hint: 'V<version>__<words>.sql',
  },
  {
    name: 'a small v',
    files: { [`${MIGRATIONS}/expand/v1.1__x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'a conf of no migration',
    files: { [`${MIGRATIONS}/expand/V1.1__x.sql.conf`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'SQL beside the folders of phases',
    files: { [`${MIGRATIONS}/V1.1__x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
    hint: 'the folders are: expand, backfill, contract',
  },
  {
    name: 'a misspelt phase',
    files: { [`${MIGRATIONS}/expnad/V1.1__x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'a file in place of a phase',
    files: { [`${MIGRATIONS}/backfill`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'a misnamed contract is not also missing',
    files: { [`${MIGRATIONS}/contract/V2__drop.sql`]: undefined, [`${MIGRATIONS}/contract/V2_drop.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'the same version twice',
    files: { [`${MIGRATIONS}/backfill/V1__fill.sql`]: '' },
    told: [['CAT062', 'services.api.migrations.directory']],
  },
  {
    name: 'the same version in other digits',
    files: { [`${MIGRATIONS}/expand/V1.0__more.sql`]: '' },
    told: [['CAT062', 'services.api.migrations.directory']],
  },
  {
    name: 'the same repeatable migration twice',
    files: { [`${MIGRATIONS}/expand/R__view.sql`]: '', [`${MIGRATIONS}/backfill/R__view.sql`]: '' },
    told: [
      ['CAT062', 'services.api.migrations.directory'],
      ['CAT067', 'services.api.migrations.directory'],
    ],
  },
  {
    name: 'migrations that are judged from a version that none of them reaches',
    edit: { [`${API}/migrations/judgedFrom`]: '99' },
    told: [['CAT081', 'services.api.migrations.judgedFrom']],
    says: 'no file is judged',
  },
  {
    name: 'a contract release of no file',
    edit: { [`${API}/migrations/contracts/3`]: { release: '2.0.0' } },
    told: [['CAT063', 'services.api.migrations.contracts["3"]']],
    hint: 'the versions are: 2',
  },
  {
    name: 'one contract by two names',
    edit: { [`${API}/migrations/contracts`]: { '1.2': { release: '1.0.0' }, '1_2': { release: '1.0.0' } } },
    files: { [`${MIGRATIONS}/contract/V2__drop.sql`]: undefined, [`${MIGRATIONS}/contract/V1_2__drop.sql`]: '' },
    told: [['CAT063', 'services.api.migrations.contracts["1_2"]']],
  },
  {
    name: 'a contract against a version without numbers',
    edit: { 'environments/staging/versions/api': 'sha-3f2a' },
    told: [['CAT063', 'services.api.migrations.contracts["2"].release']],
    says: 'version sha-3f2a of api in staging',
  },
  {
    name: 'a contract against latest is one fault',
    edit: { 'environments/staging/versions/api': 'latest' },
    told: [['CAT021', 'environments.staging.versions.api']],
  },
  {
    name: 'a contract without a release',
    edit: { [`${API}/migrations/contracts`]: undefined },
    told: [['CAT064', 'services.api.migrations.contracts']],
    hint: 'add "2"',
  },
  {
    name: 'a contract with a malformed release',
    edit: { [`${API}/migrations/contracts/2/release`]: 'v2' },
    told: [['CAT008', 'services.api.migrations.contracts["2"].release']],
  },
  {
    name: 'a migration behind a contract before its release',
    edit: { [`${API}/migrations/contracts/2/release`]: '2.1.0' },
    files: { [`${MIGRATIONS}/expand/V3__next.sql`]: '' },
    told: [['CAT065', 'services.api.migrations']],
    says: 'waits for V2__drop.sql in production',
  },
  {
    name: 'migrations of more than a ConfigMap',
    files: { [`${MIGRATIONS}/expand/V1.1__big.sql`]: 'x'.repeat(1_048_576) },
    told: [['CAT066', 'services.api.migrations.directory']],
  },
  {
    name: 'a repeatable contract',
    files: { [`${MIGRATIONS}/contract/R__drop.sql`]: '' },
    told: [['CAT067', 'services.api.migrations.directory']],
  },
  {
    name: 'a certificate authority that nobody looks at',
    edit: { [`${API}/migrations/database/caCertificate`]: { configMap: 'ca', key: 'ca.crt' } },
    told: [['CAT068', 'services.api.migrations.database.caCertificate']],
  },
  {
    name: 'verification without a certificate authority',
    edit: { [`${API}/migrations/database/sslMode`]: 'verify-full' },
    told: [['CAT004', 'services.api.migrations.database.caCertificate']],
  },
];
