// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Flyway's placeholders look like that.
import { type Case, inside, outside } from './case';

/** What careful people write, as whole files: all of it is right but for a unique index that is dropped too soon. */
export const IDIOMS: readonly Case[] = [
  inside(
    "SET LOCAL lock_timeout = '500ms';\nSET LOCAL statement_timeout = '5s';\nCREATE TABLE orders (\n id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,\n total numeric(12,2) NOT NULL CHECK (total >= 0),\n status text NOT NULL DEFAULT 'new',\n created_at timestamptz NOT NULL DEFAULT now()\n);\nCREATE INDEX orders_user ON orders (user_id);\nCREATE INDEX orders_created ON orders (created_at DESC);\nGRANT SELECT, INSERT ON orders TO app;\nCOMMENT ON TABLE orders IS 'Orders; one per checkout';",
    'safe',
    { phase: 'expand' },
  ),
  inside(
    "CREATE TABLE IF NOT EXISTS audit (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), at timestamptz DEFAULT now(), payload jsonb NOT NULL DEFAULT '{}');",
    'safe',
  ),
  inside(
    'CREATE TABLE a (id int primary key);\nCREATE TABLE b (id int primary key, a_id int);\nALTER TABLE b ADD CONSTRAINT b_a_fk FOREIGN KEY (a_id) REFERENCES a (id);\nALTER TABLE a ADD COLUMN x int;',
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN locale text;\nALTER TABLE users ALTER COLUMN locale SET DEFAULT 'en';",
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN IF NOT EXISTS deleted_at timestamptz, ADD COLUMN IF NOT EXISTS version int NOT NULL DEFAULT 0;",
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN uuid uuid;\nALTER TABLE users ALTER COLUMN uuid SET DEFAULT gen_random_uuid();",
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_present CHECK (email IS NOT NULL) NOT VALID;",
    'safe',
  ),
  inside('SET statement_timeout = 0;\nALTER TABLE users VALIDATE CONSTRAINT users_email_present;', 'safe'),
  inside(
    "SET LOCAL lock_timeout = '2s';\nSET LOCAL statement_timeout = 0;\nALTER TABLE users VALIDATE CONSTRAINT users_email_present;",
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT users_email_present;",
    'safe',
    {
      phase: 'contract',
      schema:
        'CREATE TABLE users (id int, email text); ALTER TABLE users ADD CONSTRAINT users_email_present CHECK (email IS NOT NULL) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT users_email_present;',
    },
  ),
  inside("SET lock_timeout = '2s';\nALTER TABLE users ALTER COLUMN email SET NOT NULL;", 'safe', {
    schema: "CREATE TABLE users (id int, email text, CONSTRAINT x CHECK ((email IS NOT NULL) AND (email <> '')));",
  }),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_idx;",
    'safe',
    { schema: 'CREATE TABLE users (id int, email text); CREATE UNIQUE INDEX users_email_idx ON users (email);' },
  ),
  outside(
    'SET lock_timeout = 0;\nSET statement_timeout = 0;\nDROP INDEX CONCURRENTLY IF EXISTS ix;\nCREATE UNIQUE INDEX CONCURRENTLY ix ON users (lower(email)) WHERE deleted_at IS NULL;\nRESET lock_timeout;\nRESET statement_timeout;',
    'safe',
  ),
  outside('CREATE INDEX CONCURRENTLY ix1 ON users (a);\nCREATE INDEX CONCURRENTLY ix2 ON users (b);', 'safe'),
  outside('REINDEX INDEX CONCURRENTLY ix;', 'safe'),
  inside('ALTER INDEX ix RENAME TO iy;', 'safe'),
  outside('DROP INDEX CONCURRENTLY IF EXISTS ix_old;', 'safe', { phase: 'contract' }),
  inside(
    "SET lock_timeout = '2s';\nCREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  NEW.updated_at = now();\n  RETURN NEW;\nEND;\n$$;\nDROP TRIGGER IF EXISTS touch ON users;\nCREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s';\nCREATE OR REPLACE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch();",
    'safe',
  ),
  inside(
    "DO $$\nBEGIN\n  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN\n    CREATE TYPE mood AS ENUM ('a', 'b');\n  END IF;\nEND\n$$;",
    'safe',
  ),
  inside(
    "DO $$\nBEGIN\n  IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'x') THEN\n    ALTER TABLE users ADD COLUMN x int;\n  END IF;\nEND\n$$;",
    'safe',
  ),
  inside(
    "DO $$\nDECLARE\n  v int;\nBEGIN\n  SELECT count(*) INTO v FROM pg_stat_activity;\n  RAISE NOTICE 'sessions: %', v;\nEND\n$$;",
    'safe',
  ),
  inside("INSERT INTO feature_flags (name, enabled) VALUES ('x', false) ON CONFLICT (name) DO NOTHING;", 'safe'),
  inside(
    "INSERT INTO roles (name) VALUES ('admin'), ('user') ON CONFLICT DO NOTHING;\nINSERT INTO permissions (role_id, name) SELECT id, 'read' FROM roles WHERE name = 'admin';",
    'safe',
  ),
  inside("UPDATE feature_flags SET enabled = true WHERE name = 'x';", 'safe'),
  inside("DELETE FROM feature_flags WHERE name = 'old';", 'safe'),
  inside("UPDATE settings SET value = '5' WHERE key = 'limit';", 'safe'),
  inside(
    'WITH batch AS (\n  SELECT id FROM users WHERE normalized_email IS NULL ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED\n)\nUPDATE users SET normalized_email = lower(email) FROM batch WHERE users.id = batch.id;',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'UPDATE users SET normalized_email = lower(email) WHERE id BETWEEN 1 AND 1000 AND normalized_email IS NULL;\nCOMMIT;\nUPDATE users SET normalized_email = lower(email) WHERE id BETWEEN 1001 AND 2000;',
    'safe',
    { phase: 'backfill' },
  ),
  inside('UPDATE users SET x = 1 WHERE id >= 10 AND id < 1010', 'safe', { phase: 'backfill' }),
  outside(
    'DO $$\nDECLARE\n  rows int;\nBEGIN\n  LOOP\n    UPDATE users SET a = b WHERE id IN (SELECT id FROM users WHERE a IS NULL LIMIT 500 FOR UPDATE SKIP LOCKED);\n    GET DIAGNOSTICS rows = ROW_COUNT;\n    COMMIT;\n    EXIT WHEN rows = 0;\n    PERFORM pg_sleep(0.05);\n  END LOOP;\nEND\n$$;',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'DO $$\nDECLARE\n  min_id bigint; max_id bigint; step bigint := 5000;\nBEGIN\n  SELECT min(id), max(id) INTO min_id, max_id FROM users;\n  FOR i IN min_id..max_id BY step LOOP\n    UPDATE users SET a = b WHERE id >= i AND id < i + step AND a IS NULL;\n    COMMIT;\n  END LOOP;\nEND\n$$;',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'CREATE PROCEDURE backfill() LANGUAGE plpgsql AS $$\nDECLARE last bigint := 0; upto bigint;\nBEGIN\n LOOP\n  SELECT max(id) INTO upto FROM (SELECT id FROM users WHERE id > last ORDER BY id LIMIT 1000) s;\n  EXIT WHEN upto IS NULL;\n  UPDATE users SET a = b WHERE id > last AND id <= upto;\n  last := upto;\n  COMMIT;\n END LOOP;\nEND $$;\nCALL backfill();\nDROP PROCEDURE backfill();',
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    'DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < now() ORDER BY id LIMIT 5000);',
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    "WITH d AS (DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < '2020-01-01' LIMIT 1000) RETURNING *) INSERT INTO events_archive SELECT * FROM d;",
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    'INSERT INTO users_new (id, email) SELECT id, email FROM users WHERE id > 0 AND id <= 1000 ON CONFLICT DO NOTHING;',
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    "MERGE INTO settings t USING (VALUES ('a', '1'), ('b', '2')) AS s (key, value) ON t.key = s.key WHEN MATCHED THEN UPDATE SET value = s.value WHEN NOT MATCHED THEN INSERT (key, value) VALUES (s.key, s.value);",
    'safe',
  ),
  inside("ALTER TYPE status ADD VALUE IF NOT EXISTS 'archived';", 'safe'),
  outside("ALTER TYPE status ADD VALUE 'a' BEFORE 'b';", 'safe'),
  inside(
    'CREATE VIEW active_users AS SELECT id, email FROM users WHERE deleted_at IS NULL;\nGRANT SELECT ON active_users TO reporting;',
    'safe',
  ),
  inside(
    'CREATE OR REPLACE VIEW active_users AS SELECT id, email, locale FROM users WHERE deleted_at IS NULL;',
    'safe',
  ),
  inside('CREATE MATERIALIZED VIEW mv AS SELECT count(*) AS n FROM users WITH NO DATA;', 'safe'),
  outside('REFRESH MATERIALIZED VIEW CONCURRENTLY mv;', 'safe'),
  inside('CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;', 'safe'),
  inside('CREATE SEQUENCE invoice_no START 1000;\nGRANT USAGE ON SEQUENCE invoice_no TO app;', 'safe'),
  inside(
    'CREATE SCHEMA IF NOT EXISTS reporting AUTHORIZATION app;\nALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO reader;',
    'safe',
  ),
  inside(
    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'reader') THEN CREATE ROLE reader NOLOGIN; END IF; END $$;",
    'safe',
  ),
  inside('CREATE DOMAIN positive AS int CHECK (VALUE > 0);\nCREATE TABLE x (p positive);', 'safe'),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);",
    'safe',
  ),
  inside('ALTER TABLE users ALTER COLUMN bio SET STORAGE EXTERNAL;', 'safe'),
  inside('ALTER TABLE users ALTER COLUMN email SET STATISTICS 500;\nANALYZE users;', 'safe'),
  inside('CREATE STATISTICS s (ndistinct, dependencies) ON city, zip FROM addresses;', 'safe'),
  inside('CREATE PUBLICATION pub FOR TABLE users, orders;', 'safe'),
  inside("COMMENT ON COLUMN users.email IS E'the user\\'s address';", 'safe'),
  inside("SET lock_timeout = '2s';\nALTER TABLE users DROP COLUMN legacy_id;", 'safe', { phase: 'contract' }),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE users DROP COLUMN IF EXISTS legacy_id, DROP COLUMN IF EXISTS legacy_name;",
    'safe',
    { phase: 'contract' },
  ),
  inside("SET lock_timeout = '2s';\nDROP TABLE legacy;", 'safe', { phase: 'contract' }),
  inside("SET lock_timeout = '2s';\nDROP VIEW IF EXISTS old_view;\nDROP FUNCTION IF EXISTS old_fn(int);", 'safe', {
    phase: 'contract',
  }),
  inside("SET lock_timeout = '2s';\nALTER TABLE users DROP CONSTRAINT users_old_check;", 'safe', { phase: 'contract' }),
  inside("SET lock_timeout = '2s';\nDROP TRIGGER sync ON users;\nDROP FUNCTION sync();", 'safe', { phase: 'contract' }),
  inside('DROP TYPE old_mood;', 'safe', { phase: 'contract' }),
  inside('DROP SEQUENCE old_seq;', 'safe', { phase: 'contract' }),
  inside(
    "SET LOCAL lock_timeout = '500ms';\nSET LOCAL statement_timeout = '5s';\nALTER TABLE users ALTER COLUMN x DROP DEFAULT;",
    'safe',
    { phase: 'contract' },
  ),
  inside('REVOKE ALL ON users FROM legacy_app;', 'safe', { phase: 'contract' }),
  outside('ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;', 'safe', { phase: 'contract' }),
  inside(
    "CREATE TABLE events_2027 (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS);\nALTER TABLE events_2027 ADD CONSTRAINT b CHECK (at >= '2027-01-01' AND at < '2028-01-01');\nALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');",
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s';\nCREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');",
    'safe',
  ),
  inside('CREATE INDEX ix ON ONLY events (at);', 'safe'),
  outside('CREATE INDEX CONCURRENTLY ix_2027 ON events_2027 (at);', 'safe'),
  inside('ALTER INDEX ix ATTACH PARTITION ix_2027;', 'safe'),
  outside("BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN x int;\nCOMMIT;", 'safe'),
  inside(
    "SET lock_timeout = '2s';\nSET statement_timeout = '30s';\nSET idle_in_transaction_session_timeout = '30s';\nALTER TABLE users ADD COLUMN x int;\nRESET ALL;",
    'safe',
  ),
  inside('SET LOCAL search_path TO app, public;\nCREATE TABLE t (a int);', 'safe'),
  inside("SET TIME ZONE 'UTC';\nSELECT 1;", 'safe'),
  inside("SELECT setval('users_id_seq', (SELECT max(id) FROM users));", 'safe'),
  inside("SELECT pg_notify('channel', 'x');", 'safe'),
  inside('SELECT 1 FROM users LIMIT 1;', 'safe'),
  outside('VACUUM (ANALYZE) users;', 'safe'),
  inside('ALTER TABLE users REPLICA IDENTITY USING INDEX users_pkey;', 'safe'),
  inside(
    "SET lock_timeout = '2s';\nALTER TABLE o ADD CONSTRAINT o_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED NOT VALID;",
    'safe',
  ),
  inside('ALTER TABLE o VALIDATE CONSTRAINT o_fk;', 'safe'),
  inside("SET lock_timeout = '2s';\nALTER TABLE users ALTER COLUMN name TYPE varchar(200);", 'safe', {
    schema: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(100) NOT NULL);',
  }),
  inside("SET lock_timeout = '2s';\nALTER TABLE users ALTER COLUMN name TYPE text;", 'safe', {
    schema: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(100) NOT NULL);',
  }),
  inside("SET lock_timeout = '2s';\nALTER TABLE users ALTER COLUMN amount TYPE numeric(14,2);", 'safe', {
    schema: 'CREATE TABLE users (amount numeric(10,2));',
  }),
  inside(
    '-- cutover:ignore SQL101 forty rows, reference data\nCREATE INDEX countries_code ON countries (code);',
    'safe',
  ),
  inside("ALTER TABLE users ADD COLUMN full_name text GENERATED ALWAYS AS (first || ' ' || last) VIRTUAL;", 'safe', {
    server: 18,
  }),
  inside('ALTER TABLE users ADD CONSTRAINT nn NOT NULL email NOT VALID;', 'safe', { server: 18 }),
  inside('ALTER TABLE users VALIDATE CONSTRAINT nn;', 'safe', { server: 18 }),
  inside('ALTER TABLE users ALTER COLUMN email SET NOT NULL', 'safe', {
    server: 18,
    schema:
      'CREATE TABLE users (email text); ALTER TABLE users ADD CONSTRAINT nn NOT NULL email NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT nn;',
  }),
  inside('COPY countries (code, name) FROM stdin;\nDE\tGermany\nFR\tFrance\n\\.\n', 'safe'),
  inside(
    '/* V12: adds a flag; nobody reads it yet */\n\nALTER TABLE /* big */ users\n  ADD COLUMN -- the flag\n  flag boolean NOT NULL DEFAULT false;\n',
    'safe',
  ),
  inside('ALTER TABLE ${schema}.users ADD COLUMN x int;', 'safe'),
  inside("CREATE POLICY tenant ON users USING (tenant_id = current_setting('app.tenant')::int);", 'safe'),
  outside('DROP INDEX CONCURRENTLY users_email_uq', 'SQL143', {
    schema: 'CREATE TABLE users (email text); CREATE UNIQUE INDEX users_email_uq ON users (email);',
  }),
  outside('DROP INDEX CONCURRENTLY users_email_uq', 'safe', {
    phase: 'contract',
    schema: 'CREATE TABLE users (email text); CREATE UNIQUE INDEX users_email_uq ON users (email);',
  }),
];
