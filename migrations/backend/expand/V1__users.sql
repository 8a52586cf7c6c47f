-- The schema before the change. Nothing runs on it yet, so the timeouts only keep a blocked Job from hanging.
SET LOCAL lock_timeout = '500ms';
SET LOCAL statement_timeout = '5s';

CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  email_confirmed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
