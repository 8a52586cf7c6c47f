-- Released later: only when no pod that reads or writes email_confirmed_at is left, and no roll-back to such a version
-- is wanted any more. What the column held is gone after this.
--
-- Three changes of the catalog under one ACCESS EXCLUSIVE lock, no row is rewritten. One transaction: a trigger without
-- its column would fail every write. A short wait, for the reason given in V1.1.
SET LOCAL lock_timeout = '500ms';
SET LOCAL statement_timeout = '5s';

DROP TRIGGER users_sync_email_verified ON users;
DROP FUNCTION users_sync_email_verified();
ALTER TABLE users DROP COLUMN email_confirmed_at;
