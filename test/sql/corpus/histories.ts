import { type Case, inside, outside } from './case';

/** What a dump says is there, what the file itself creates, loops, and what functions run. */
export const HISTORIES: readonly Case[] = [
  inside('ALTER TABLE users ALTER COLUMN email TYPE varchar(500)', 'safe', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users ALTER COLUMN email TYPE text', 'safe', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users ALTER COLUMN n TYPE bigint', 'SQL131', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users ALTER COLUMN email SET NOT NULL', 'SQL121', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users ALTER COLUMN name SET NOT NULL', 'safe', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users ALTER COLUMN n SET NOT NULL', 'safe', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('CREATE INDEX i ON public.users (email)', 'SQL101', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  outside('CREATE INDEX CONCURRENTLY i ON m (x)', 'SQL103', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('CREATE INDEX i ON m (x)', 'SQL101', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users ADD CONSTRAINT e UNIQUE USING INDEX users_email_idx', 'safe', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users ALTER COLUMN n DROP DEFAULT', 'SQL145', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('CREATE TABLE IF NOT EXISTS users (id int); ALTER TABLE users ADD COLUMN x int UNIQUE', 'SQL116', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('DROP INDEX users_email_idx', 'SQL105', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
    phase: 'contract',
  }),
  inside("UPDATE users SET name='x' WHERE email = 'a'", 'safe', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('ALTER TABLE users DROP CONSTRAINT users_pkey', 'SQL143', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside(
    'ALTER TABLE users DROP CONSTRAINT users_name_nn; ALTER TABLE users ALTER COLUMN name SET NOT NULL',
    'SQL121',
    {
      schema:
        "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
      phase: 'contract',
    },
  ),
  inside('REFRESH MATERIALIZED VIEW mv', 'SQL155', {
    schema:
      "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\nSET default_tablespace = '';\nSET default_table_access_method = heap;\nCREATE TABLE public.users (\n id bigint NOT NULL,\n email character varying(255),\n name text,\n n integer DEFAULT 0 NOT NULL,\n org_id bigint\n);\nALTER TABLE public.users OWNER TO postgres;\nCREATE SEQUENCE public.users_id_seq START WITH 1;\nALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;\nALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\nALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\nCREATE UNIQUE INDEX users_email_idx ON public.users USING btree (email);\nALTER TABLE public.users ADD CONSTRAINT users_name_nn CHECK ((name IS NOT NULL));\nCREATE TABLE public.m (x int, at date) PARTITION BY RANGE (at);\nCREATE MATERIALIZED VIEW public.mv AS SELECT id FROM public.users WITH NO DATA;\nCREATE TYPE public.mood AS ENUM ('a');\n",
  }),
  inside('CREATE TABLE a (x int); ALTER TABLE b ADD COLUMN y int UNIQUE', 'SQL116'),
  inside('CREATE TABLE app.a (x int); CREATE INDEX i ON a (x)', 'SQL101'),
  inside('CREATE TABLE public.a (x int); CREATE INDEX i ON a (x)', 'safe'),
  inside('DO $$ BEGIN IF false THEN CREATE TABLE users (x int); END IF; END $$; CREATE INDEX i ON users (x)', 'SQL101'),
  inside(
    'DO $$ BEGIN CREATE TABLE users (x int); EXCEPTION WHEN duplicate_table THEN NULL; END $$; ALTER TABLE users ADD COLUMN y int UNIQUE',
    'SQL116',
  ),
  inside('CREATE TABLE a (x int); SAVEPOINT s; ROLLBACK TO s; TRUNCATE users', 'SQL154'),
  outside('BEGIN; CREATE TABLE users2 (x int); ROLLBACK; CREATE INDEX i ON users2 (x)', 'SQL101'),
  inside('ALTER TABLE users RENAME TO old_users; CREATE TABLE users (x int); CREATE INDEX i ON users (x)', 'SQL141'),
  inside(
    'CREATE TABLE n (x int); ALTER TABLE users RENAME TO n2; ALTER TABLE n RENAME TO users; DROP TABLE n2',
    'SQL141',
    { phase: 'contract' },
  ),
  inside('CREATE TABLE a (x int); INSERT INTO a SELECT id FROM users; DELETE FROM users', 'SQL161'),
  inside('CREATE TABLE IF NOT EXISTS a (x int); INSERT INTO a VALUES (1)', 'safe'),
  inside('CREATE TABLE "Users" (x int); CREATE INDEX i ON users (x)', 'SQL101'),
  inside('CREATE TABLE users2 (x int); CREATE INDEX i ON "Users2" (x)', 'SQL101'),
  inside(
    'CREATE TABLE a (x int) PARTITION BY RANGE (x); CREATE TABLE a1 PARTITION OF a DEFAULT; CREATE INDEX i ON a (x); CREATE UNIQUE INDEX j ON a1 (x)',
    'safe',
  ),
  inside(
    "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a (id)); ALTER TABLE b ADD CONSTRAINT c CHECK (a_id > 0); ALTER TABLE b ALTER COLUMN a_id SET NOT NULL; CREATE INDEX i ON b (a_id); COMMENT ON TABLE b IS 'x'; GRANT SELECT ON b TO app; INSERT INTO b SELECT 1; TRUNCATE b; LOCK TABLE b; ALTER TABLE b RENAME TO cc",
    'safe',
  ),
  inside(
    'CREATE TABLE a (x int); CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE a DISABLE TRIGGER t; ALTER TABLE a ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON a USING (true); ALTER TABLE a OWNER TO app; CREATE RULE r AS ON INSERT TO a DO NOTHING',
    'safe',
  ),
  inside(
    "CREATE TABLE a (x int); CREATE SEQUENCE s OWNED BY a.x; ALTER TABLE a ALTER COLUMN x SET DEFAULT nextval('s'); ALTER TABLE a ADD COLUMN id bigserial PRIMARY KEY",
    'safe',
  ),
  inside(
    'CREATE TABLE users_new (LIKE users INCLUDING ALL); ALTER TABLE users_new ADD COLUMN x int NOT NULL DEFAULT 0; CREATE INDEX i ON users_new (x)',
    'safe',
  ),
  inside(
    "CREATE TABLE a (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), j json, x varchar(10) UNIQUE CHECK (x <> ''), y int GENERATED ALWAYS AS (1) STORED, EXCLUDE USING btree (x WITH =))",
    'safe',
  ),
  inside(
    'CREATE SCHEMA app; CREATE TABLE app.t (x int); CREATE INDEX i ON app.t (x); ALTER TABLE app.t SET UNLOGGED',
    'safe',
  ),
  inside('CREATE SCHEMA app CREATE TABLE t (x int) CREATE INDEX i ON t (x)', 'safe'),
  inside('ALTER TABLE users ADD COLUMN a int, ADD UNIQUE (a)', 'SQL125'),
  inside('ALTER TABLE users ADD COLUMN a int; ALTER TABLE users ADD UNIQUE (a)', 'SQL125'),
  inside('ALTER TABLE users ADD COLUMN a int; CREATE INDEX i ON users (a)', 'SQL101'),
  inside('ALTER TABLE users ADD COLUMN a int; ALTER TABLE users ALTER COLUMN a SET NOT NULL', 'SQL121'),
  inside('ALTER TABLE users ADD COLUMN a int DEFAULT 5; ALTER TABLE users ADD CHECK (a > 0)', 'SQL122'),
  inside('ALTER TABLE users ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint', 'SQL131'),
  inside('ALTER TABLE users ALTER COLUMN a SET STATISTICS 5, ALTER COLUMN b TYPE text', 'SQL131'),
  inside('ALTER TABLE m ADD COLUMN x int DEFAULT random()', 'SQL111', {
    schema: 'CREATE TABLE m (y int) PARTITION BY RANGE (y);',
  }),
  inside('ALTER TABLE users ADD COLUMN x public.mood DEFAULT my_default()', 'SQL111'),
  inside("ALTER TABLE users ADD COLUMN x public.mood DEFAULT 'a'::public.mood NOT NULL", 'safe'),
  inside('ALTER TABLE users ADD COLUMN x geography(Point,4326) NOT NULL', 'SQL115'),
  inside('ALTER TABLE users ADD COLUMN x geography(Point,4326)', 'safe'),
  inside("ALTER TABLE users ADD COLUMN x timestamptz NOT NULL DEFAULT '-infinity'", 'safe'),
  inside("ALTER TABLE users ADD COLUMN x bit(3) DEFAULT B'101'", 'safe'),
  inside('ALTER TABLE users ADD COLUMN x text DEFAULT NULL', 'safe'),
  inside('ALTER TABLE users ADD COLUMN x text NULL', 'safe'),
  inside('ALTER TABLE users ADD COLUMN x int4range DEFAULT int4range(1,5)', 'safe'),
  inside('ALTER TABLE users ADD COLUMN x tsvector', 'safe'),
  inside("ALTER TABLE users ADD COLUMN x jsonb DEFAULT jsonb_build_object('a',1)", 'safe'),
  inside("ALTER TABLE users ADD COLUMN x text DEFAULT upper('a') || '-' || lower('B')", 'safe'),
  inside('ALTER TABLE users ADD COLUMN x date DEFAULT (now())::date', 'safe'),
  inside('ALTER TABLE users ADD COLUMN x timestamp DEFAULT LOCALTIMESTAMP(3)', 'safe'),
  inside('ALTER TABLE users ADD COLUMN x int DEFAULT EXTRACT(year FROM now())::int', 'safe'),
  inside('ALTER TABLE users ADD COLUMN x boolean DEFAULT CASE WHEN 1 > 0 THEN true ELSE false END', 'safe'),
  inside("ALTER TABLE users ADD COLUMN x text DEFAULT current_setting('app.tenant', true)", 'safe'),
  inside(
    'ALTER TABLE IF EXISTS ONLY public.users ADD COLUMN IF NOT EXISTS x int, ADD COLUMN IF NOT EXISTS y int',
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s'; ALTER TABLE users ADD COLUMN b text; CREATE FUNCTION sync() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.b := NEW.a; RETURN NEW; END $$; CREATE TRIGGER s BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION sync();",
    'safe',
  ),
  inside(
    "SET lock_timeout = '2s'; ALTER TABLE users ADD COLUMN b text; INSERT INTO settings SELECT * FROM users",
    'SQL161',
  ),
  inside("SET lock_timeout = '2s'; ALTER TABLE users ADD COLUMN b text; INSERT INTO settings (k) VALUES ('x')", 'safe'),
  inside(
    "SET lock_timeout = '2s'; ALTER TABLE users ADD COLUMN b text; UPDATE users SET b = 'x' WHERE id = 5",
    'SQL162',
  ),
  inside(
    "SET lock_timeout = '2s'; CREATE TABLE x (a int); ALTER TABLE users ADD COLUMN z int; DELETE FROM users WHERE id IN (1,2)",
    'SQL162',
  ),
  inside("UPDATE users SET a = v.a FROM (VALUES (1,'x'),(2,'y')) AS v(id,a) WHERE users.id = v.id", 'safe'),
  inside("UPDATE users u SET a = v.a FROM (VALUES (1,'x')) AS v(id,a) WHERE v.id = u.id", 'safe'),
  inside('DELETE FROM users USING (VALUES (1),(2)) v(id) WHERE users.id = v.id', 'safe'),
  inside("UPDATE users u SET a = v.a FROM (VALUES (1,'x')) AS v(kind,a) WHERE v.kind = u.kind", 'SQL161'),
  inside(
    'UPDATE users SET a = b.a FROM (SELECT id, a FROM old WHERE id BETWEEN 1 AND 1000) b WHERE users.id = b.id',
    'safe',
    { phase: 'backfill' },
  ),
  inside('UPDATE users SET a = b.a FROM old b WHERE users.id = b.id AND users.id BETWEEN 1 AND 1000', 'safe', {
    phase: 'backfill',
  }),
  inside('UPDATE users SET a = 1 WHERE (id) IN (SELECT id FROM users LIMIT 10)', 'safe', { phase: 'backfill' }),
  inside('UPDATE users SET a=1 WHERE id = 5 OR id = 6', 'safe'),
  inside("UPDATE users SET a=1 WHERE id = '6f1b9c52-0000-0000-0000-000000000000'::uuid", 'safe'),
  inside("DELETE FROM feature_flags WHERE key = 'a' AND value IS NULL", 'safe'),
  inside("UPDATE config SET value = 'x' WHERE name = 'y'", 'safe'),
  inside('UPDATE users SET a=1 WHERE users.id >= 1 AND users.id < 1001', 'safe', { phase: 'backfill' }),
  inside('UPDATE users SET a=1 WHERE id > 1000 AND id <= 1000 + 1000', 'safe', { phase: 'backfill' }),
  inside('UPDATE users SET a=1 WHERE 1000 < id AND 2000 >= id', 'safe', { phase: 'backfill' }),
  inside('DELETE FROM users WHERE id = (SELECT id FROM users WHERE old LIMIT 1)', 'safe', { phase: 'backfill' }),
  inside('DELETE FROM users WHERE ctid IN (SELECT ctid FROM users WHERE old FETCH FIRST 1000 ROWS ONLY)', 'safe', {
    phase: 'backfill',
  }),
  inside(
    'WITH batch AS MATERIALIZED (SELECT ctid FROM users WHERE a IS NULL LIMIT 1000) UPDATE users SET a = 1 FROM batch WHERE users.ctid = batch.ctid',
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    'WITH moved AS (DELETE FROM a WHERE id IN (SELECT id FROM a ORDER BY id LIMIT 1000) RETURNING *) INSERT INTO b SELECT * FROM moved',
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    'WITH batch AS (SELECT id FROM users WHERE a IS NULL LIMIT 1000) UPDATE users u SET a = u.b WHERE u.id IN (SELECT batch.id FROM batch)',
    'safe',
    { phase: 'backfill' },
  ),
  inside(
    'WITH batch AS (SELECT id FROM users WHERE a IS NULL LIMIT 1000) UPDATE users u SET a = u.b WHERE EXISTS (SELECT 1 FROM batch WHERE batch.id = u.id)',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'DO $$\nDECLARE\n last_id bigint := 0; max_id bigint;\nBEGIN\n SELECT coalesce(max(id), 0) INTO max_id FROM users;\n WHILE last_id < max_id LOOP\n  UPDATE users SET email_verified = true WHERE id > last_id AND id <= last_id + 1000 AND email_confirmed_at IS NOT NULL;\n  last_id := last_id + 1000;\n  COMMIT;\n  PERFORM pg_sleep(0.1);\n END LOOP;\nEND $$;',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'DO $$ DECLARE ids bigint[]; BEGIN LOOP SELECT array_agg(id) INTO ids FROM (SELECT id FROM users WHERE a IS NULL LIMIT 1000) s; EXIT WHEN ids IS NULL; UPDATE users SET a = 1 WHERE id = ANY(ids); COMMIT; END LOOP; END $$',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM users WHERE a IS NULL LOOP UPDATE users SET a = 1 WHERE id = r.id; COMMIT; END LOOP; END $$',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'CREATE OR REPLACE PROCEDURE backfill(batch int DEFAULT 1000) LANGUAGE plpgsql AS $$ DECLARE done int; BEGIN LOOP WITH c AS (SELECT id FROM users WHERE b IS NULL LIMIT batch FOR UPDATE SKIP LOCKED) UPDATE users u SET b = u.a FROM c WHERE c.id = u.id; GET DIAGNOSTICS done = ROW_COUNT; COMMIT; EXIT WHEN done = 0; END LOOP; END $$; CALL backfill(500); DROP PROCEDURE backfill',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN LOOP DELETE FROM s WHERE id IN (SELECT id FROM s LIMIT 100); EXIT WHEN NOT FOUND; COMMIT; END LOOP; END $$; DO $$ BEGIN CALL p(); END $$; DROP PROCEDURE p();',
    'safe',
    { phase: 'backfill' },
  ),
  outside(
    'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users; END $$; DO $$ BEGIN CALL p(); END $$;',
    'SQL161',
    { phase: 'backfill' },
  ),
  outside('DO $$ BEGIN CALL p(); END $$', 'SQL004', { phase: 'backfill' }),
  outside('DO $$ BEGIN INSERT INTO a VALUES (wipe()); END $$', 'SQL004', { phase: 'backfill' }),
  inside(
    'CREATE FUNCTION now() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users; RETURN 1; END $$; SELECT now()',
    'SQL161',
  ),
  inside('DO $$ BEGIN IF wipe() THEN NULL; END IF; END $$', 'SQL004'),
  inside('DO $$ DECLARE c CURSOR FOR SELECT wipe(); BEGIN OPEN c; END $$', 'SQL004'),
  inside('DO $$ BEGIN FOR i IN 1..wipe() LOOP NULL; END LOOP; END $$', 'SQL004'),
  inside('DO $$ DECLARE x int; BEGIN x := wipe(); END $$', 'SQL004'),
  inside("DO $$ BEGIN RAISE NOTICE '%', wipe(); END $$", 'SQL004'),
  inside('DO $$ BEGIN ASSERT wipe(); END $$', 'SQL004'),
  inside('DO $$ BEGIN WHILE wipe() LOOP END LOOP; END $$', 'SQL004'),
  inside('DO $$ BEGIN CASE wipe() WHEN 1 THEN NULL; END CASE; END $$', 'SQL004'),
  inside('DO $$ BEGIN FOREACH x IN ARRAY wipe() LOOP NULL; END LOOP; END $$', 'SQL004'),
  inside('CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT f() $$; SELECT f(), g()', 'SQL004'),
  inside('CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT f() $$; SELECT f()', 'safe'),
  inside(
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$ plpy.execute('DELETE') $$; SELECT f()",
    'SQL004',
  ),
  inside(
    'CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users; RETURN 1; END $$; CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; SELECT f(1)',
    'SQL161',
  ),
  inside('CREATE MATERIALIZED VIEW v AS SELECT wipe()', 'SQL004'),
  inside('COPY (SELECT wipe()) TO STDOUT', 'SQL004'),
  inside('CALL p(wipe())', 'SQL004'),
  inside('CREATE TABLE t AS SELECT wipe()', 'SQL004'),
  inside('VALUES (wipe())', 'SQL004'),
  inside('TABLE users; SELECT 1; SELECT wipe()', 'SQL004'),
  inside('SELECT CASE WHEN true THEN wipe() END', 'SQL004'),
  inside('SELECT * FROM users WHERE wipe(id)', 'SQL004'),
  inside('SELECT (wipe()).x', 'SQL004'),
  inside('INSERT INTO t VALUES (1) RETURNING wipe()', 'SQL004'),
  inside('SELECT 1 ORDER BY wipe()', 'SQL004'),
  inside('CREATE INDEX CONCURRENTLY i ON users (x)', 'SQL102', { conf: 'executeInTransaction=true' }),
  inside('CREATE INDEX CONCURRENTLY i ON users (x)', 'safe', { conf: '# x\nexecuteInTransaction=false\n' }),
  inside('CREATE INDEX CONCURRENTLY i ON users (x)', 'safe', { conf: 'executeInTransaction = FALSE\r\n' }),
  inside('CREATE INDEX CONCURRENTLY i ON users (x)', 'SQL102', { conf: 'executeInTransaction=no' }),
  inside('CREATE INDEX CONCURRENTLY i ON users (x)', 'SQL102', { conf: '' }),
  outside("SET lock_timeout='2s'; CREATE INDEX CONCURRENTLY i ON users (x)", 'SQL209'),
  outside(
    "SET lock_timeout='500ms'; DROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY i ON users (x)",
    'SQL209',
  ),
  inside(
    'ALTER TABLE users ADD COLUMN v boolean DEFAULT false NOT NULL; CREATE INDEX CONCURRENTLY i ON users (v) WHERE v; UPDATE users SET v = true WHERE c IS NOT NULL;',
    'SQL015',
  ),
  outside(
    'ALTER TABLE users ADD COLUMN v boolean DEFAULT false NOT NULL; CREATE INDEX CONCURRENTLY i ON users (v) WHERE v; UPDATE users SET v = true WHERE c IS NOT NULL;',
    'SQL161',
  ),
  inside('ALTER TABLE users ADD COLUMN v int; CREATE INDEX CONCURRENTLY i ON users (v)', 'SQL015'),
];
