-- The next version lists verified accounts by age. Built before the back-fill, while no old row matches: the build
-- only reads the table.
--
-- CONCURRENTLY takes SHARE UPDATE EXCLUSIVE: reads and writes go on. It waits twice for the transactions that are open,
-- and others do not queue behind those waits, so here the short timeouts are wrong: one that fires leaves an INVALID
-- index and a failed row in Flyway's history. Not inside a transaction: see the .conf.
SET lock_timeout = 0;
SET statement_timeout = 0;

-- What an earlier, killed attempt left. IF NOT EXISTS on the CREATE would keep an INVALID index and call it a success.
DROP INDEX CONCURRENTLY IF EXISTS users_verified_created_at;

CREATE INDEX CONCURRENTLY users_verified_created_at ON users (created_at) WHERE email_verified;

DO $$
BEGIN
  IF NOT (SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_verified_created_at'::regclass) THEN
    RAISE EXCEPTION 'index users_verified_created_at is INVALID: drop it, then flyway repair and migrate again';
  END IF;
END
$$;

-- Flyway runs the next file in this session: back to the timeouts of the JDBC URL.
RESET lock_timeout;
RESET statement_timeout;
