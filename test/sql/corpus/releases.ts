import { type Case, inside, outside } from './case';

/** Columns and tables by release, in any schema, and what PL/pgSQL refuses. */
export const RELEASES: readonly Case[] = [
  inside('SET LOCAL search_path = app; ALTER TABLE users DROP COLUMN l', 'SQL201', {
    releases: { stable: { reads: ['app.users.l'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('ALTER TABLE app.users DROP COLUMN l', 'SQL201', {
    releases: { stable: { reads: ['users.l'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('ALTER TABLE app.users DROP COLUMN l', 'safe', {
    releases: { stable: { reads: ['other.users.l'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('ALTER TABLE users DROP COLUMN l', 'safe', {
    releases: { stable: { reads: ['power_users.l', 'users.ll'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('DROP TABLE users', 'SQL201', {
    releases: { stable: { reads: [], writes: [], selectStar: ['app.users'] } },
    phase: 'contract',
  }),
  inside('DROP SCHEMA app', 'SQL201', {
    releases: { stable: { reads: [], writes: ['app.users.x'], selectStar: [] } },
    phase: 'contract',
  }),
  inside('DROP SCHEMA app', 'safe', {
    releases: { stable: { reads: ['application.users.x'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('ALTER TABLE users ADD COLUMN x int', 'SQL202', {
    releases: { stable: { reads: [], writes: [], selectStar: ['app.users'] } },
  }),
  outside('CREATE UNIQUE INDEX CONCURRENTLY u ON app.users (email)', 'SQL204', {
    releases: { stable: { reads: [], writes: ['users.email'], selectStar: [] } },
  }),
  inside('ALTER TABLE app.users ADD CONSTRAINT c CHECK (x IS NOT NULL) NOT VALID', 'SQL203', {
    releases: { stable: { reads: [], writes: ['users.y'], selectStar: [] } },
  }),
  inside('ALTER TABLE app.users ADD CONSTRAINT c CHECK (x IS NOT NULL) NOT VALID', 'safe', {
    releases: { stable: { reads: [], writes: ['users.x'], selectStar: [] } },
  }),
  inside('DROP TABLE a, users', 'SQL201', {
    releases: { stable: { reads: ['users.id'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('DROP TABLE IF EXISTS users', 'SQL201', {
    releases: { stable: { reads: ['users.*'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('DROP MATERIALIZED VIEW mv', 'SQL201', {
    releases: { stable: { reads: ['mv.id'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('ALTER TABLE users RENAME TO people', 'SQL141', {
    releases: { stable: { reads: ['users.id'], writes: [], selectStar: [] } },
    phase: 'contract',
  }),
  inside('ALTER TABLE users ALTER COLUMN x SET NOT NULL', 'SQL203', {
    releases: { stable: { reads: [], writes: ['users.y'], selectStar: [] } },
    phase: 'contract',
    schema: 'CREATE TABLE users (x int CHECK (x IS NOT NULL), y int);',
  }),
  outside(
    'DO $$ BEGIN BEGIN DELETE FROM users WHERE id = 5; COMMIT; EXCEPTION WHEN others THEN NULL; END; END $$',
    'SQL214',
    { phase: 'backfill' },
  ),
  outside('CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; SELECT f()', 'SQL214'),
  outside('CREATE PROCEDURE f() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL f()', 'safe'),
  outside('SAVEPOINT a', 'SQL171'),
  outside('BEGIN; SAVEPOINT a; RELEASE a; COMMIT', 'safe'),
  inside('CREATE POLICY p ON users AS RESTRICTIVE USING (a > 5)', 'SQL160'),
  inside('CREATE POLICY p ON users AS PERMISSIVE USING (a > 5)', 'safe'),
  inside('ALTER TABLE users ALTER COLUMN a TYPE varchar(20)[]', 'SQL131', {
    schema: 'CREATE TABLE users (a varchar(10)[]);',
  }),
  inside('ALTER TABLE users ALTER COLUMN a DROP DEFAULT', 'SQL145'),
  inside('ALTER TABLE users ALTER COLUMN a DROP DEFAULT', 'safe', { schema: 'CREATE TABLE users (a int DEFAULT 5);' }),
  inside('ALTER TABLE users ALTER COLUMN a DROP DEFAULT', 'safe', { phase: 'contract' }),
  outside("SET lock_timeout='2s'; CREATE INDEX CONCURRENTLY i ON users (x)", 'SQL209'),
  outside("SET lock_timeout='2s'; SET lock_timeout = 0; CREATE INDEX CONCURRENTLY i ON users (x)", 'safe'),
];
