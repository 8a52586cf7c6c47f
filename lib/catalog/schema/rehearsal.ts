import { Type } from '@sinclair/typebox';
import { DNS_LABEL, fields, mapOf, oneOf, text } from './scalars';

const MIGRATION_VERSION = '^[0-9]+([._][0-9]+)*$';

const probe = fields(
  {
    kind: oneOf(['read', 'write'], { description: 'Whether it reads or writes: their waits are told apart.' }),
    sql: text({
      description:
        'One statement, as the service prepares it; $1 stands for the first parameter. List columns: a prepared SELECT * fails once after every added column.',
      examples: ['SELECT id, email FROM users WHERE email = $1'],
    }),
    parameters: Type.Array(
      Type.String({
        pattern: '^([a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*|uniqueText|uniqueNumber)$',
        maxLength: 130,
        description: 'Where one value comes from.',
      }),
      {
        maxItems: 50,
        description:
          'Where the values come from, in order: <table>.<column> is a value that stands there; uniqueText and uniqueNumber are new ones.',
        examples: [['users.email']],
      },
    ),
  },
  { description: 'A statement that this version sends.' },
);

const version = fields(
  {
    schema: Type.String({
      pattern: MIGRATION_VERSION,
      description: 'The last migration that must have run before this version may: its probes run from then on.',
      examples: ['1.1'],
    }),
    probes: mapOf(DNS_LABEL, probe, { description: 'A few statements that stand for all that this version sends.' }),
  },
  { description: 'What one version of the image sends to the database.' },
);

const invariant = fields(
  {
    since: Type.String({
      pattern: MIGRATION_VERSION,
      description: 'The first migration after which it must hold.',
      examples: ['1.1.2'],
    }),
    until: Type.String({
      pattern: MIGRATION_VERSION,
      description: 'The migration that ends it: from then on it is not asked. Without one it is asked to the end.',
    }),
    sql: text({
      description: 'A query that gives the rows that are wrong.',
      examples: ['SELECT id FROM users WHERE email_verified <> (email_confirmed_at IS NOT NULL)'],
    }),
  },
  { description: 'What a back-fill promises.' },
);

/** What `npm run migrate:rehearse` needs to know, and nothing that is rendered. */
export const rehearsal = fields(
  {
    versions: mapOf('^v?[0-9]+(\\.[0-9]+)*$', version, {
      description: 'By version of the image: what it sends. One that is not named sends what the one before it does.',
    }),
    invariants: mapOf(DNS_LABEL, invariant, { description: 'Queries that must give no row after a migration.' }),
    seed: Type.String({
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$',
      maxLength: 200,
      description:
        'SQL file that fills tables, from the root of the repository; what it leaves empty is filled by the types of the columns.',
      examples: ['docs/examples/backend-seed.sql'],
    }),
  },
  { description: 'Statements and checks for rehearsing the migrations; nothing of it is rendered.' },
);
