import { Type } from '@sinclair/typebox';
import { rehearsal } from './rehearsal';
import { DNS_LABEL, fields, hostname, integer, mapOf, oneOf, removable, seconds, subdomain } from './scalars';
import { secret } from './workload';

const caCertificate = fields(
  {
    configMap: subdomain({
      description: 'Name of a ConfigMap in the namespace that somebody else manages, such as trust-manager.',
      examples: ['database-ca'],
    }),
    key: Type.String({
      pattern: '^[-._a-zA-Z0-9]+$',
      maxLength: 253,
      description: 'Key in it: one PEM certificate or several.',
      examples: ['ca.crt'],
    }),
  },
  { description: 'Who signs the certificate of the server. Wanted by verify-ca and verify-full.' },
);

const database = fields(
  {
    host: Type.Union([hostname({ description: 'Host name.' })], {
      description:
        "Host of the PostgreSQL server; not a pooler in transaction mode, which breaks Flyway's session locks.",
    }),
    port: integer(1, 65_535, { description: 'Port.', default: 5432 }),
    name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_-]{0,62}$', description: 'Name of the database.' }),
    schema: Type.String({
      pattern: '^[a-z_][a-z0-9_]{0,62}$',
      description: 'Schema that holds the tables and the history.',
      default: 'public',
    }),
    sslMode: oneOf(['require', 'verify-ca', 'verify-full', 'disable'], {
      description: 'sslmode of the connection.',
      default: 'require',
    }),
    caCertificate: removable(caCertificate),
    serverVersion: integer(13, 18, {
      description: 'Major version of the PostgreSQL server: decides which settings it is sent.',
      default: 15,
    }),
    cidr: Type.String({
      pattern: '^([0-9]{1,3}\\.){3}[0-9]{1,3}/([89]|[12][0-9]|3[0-2])$',
      description: 'Addresses that the migration may open connections to (its NetworkPolicy).',
      examples: ['10.20.0.0/16'],
    }),
  },
  { description: 'The PostgreSQL database.' },
);

const contract = fields(
  {
    release: Type.String({
      pattern: '^[0-9]+(\\.[0-9]+){0,3}$',
      description:
        'The image version whose full promotion lets this migration run: a release later than the one that stopped using what it removes.',
      examples: ['1.10.0'],
    }),
  },
  { description: 'When one contract migration runs.' },
);

const COLUMN = '^[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?\\.([A-Za-z_][A-Za-z0-9_$]*|\\*)$';
const TABLE = '^[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?$';
const columns = (description: string) =>
  Type.Array(Type.String({ pattern: COLUMN, description: 'A column: table.column.' }), {
    uniqueItems: true,
    description,
    examples: [['users.email']],
  });

const use = fields(
  {
    reads: columns('Columns that it reads, as table.column; table.* is all of them.'),
    writes: columns('Columns that it writes.'),
    selectStar: Type.Array(Type.String({ pattern: TABLE, description: 'A table.' }), {
      uniqueItems: true,
      description: 'Tables that it reads with SELECT *: its prepared statements fail when a column comes or goes.',
      examples: [['users']],
    }),
  },
  { description: 'What a version does with the database.' },
);

export const migrations = removable(
  fields(
    {
      directory: Type.String({
        pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$',
        maxLength: 200,
        description:
          'Folder with the folders expand/, backfill/ and contract/ of Flyway files, from the root of the repository.',
        default: 'migrations/<service>',
      }),
      database,
      user: secret,
      password: secret,
      contracts: mapOf('^[0-9]+([._][0-9]+)*$', contract, {
        description: 'For each file in contract/, by its version: the release that lets it run.',
        examples: [{ '1.2': { release: '1.10.0' } }],
      }),
      uses: mapOf('^[0-9]+(\\.[0-9]+){0,3}$', use, {
        description:
          'What the versions of the service read and write, each from a version on until the next one that is listed: migrations are held against the version before a release, the release, and the one to roll back to.',
        examples: [{ '2.5.0': { reads: ['users.email'], writes: ['users.email'] } }],
      }),
      judgedFrom: Type.String({
        pattern: '^[0-9]+([._][0-9]+)*$',
        description:
          'First version of the files that is judged. Older ones have been applied and can no longer be changed; they are only replayed.',
        default: '0',
      }),
      activeDeadlineSeconds: seconds(10, {
        description: 'Time that a migration may take, in seconds; then it is stopped and the release with it.',
        default: 900,
      }),
      lockTimeoutSeconds: integer(1, 60, {
        description: 'Time that a statement may wait for a lock while it makes everybody else wait, in seconds.',
        default: 2,
      }),
      rehearsal,
    },
    { description: 'Flyway migrations of the database that this service owns.' },
  ),
);

/** The key pattern of services; exported for the catalog's maps. */
export const SERVICE_KEY = DNS_LABEL;
