-- Adds email_verified beside email_confirmed_at, and keeps the two equal while both versions run.
--
-- Column and trigger are one transaction: no write of the running version can fall between them. Both are changes of
-- the catalog only (a constant default is not written to the rows), so the ACCESS EXCLUSIVE lock is held for
-- milliseconds. Waiting for it is what hurts: every later query queues behind the waiter, so the wait is kept short;
-- a Job that runs into it fails, rolls back all of this file, and can be started again.
--
-- The back-fill runs beside the rollout of the release that brings this file. So that release still reads
-- email_confirmed_at: a row that the back-fill has not reached says false. The one after it may read email_verified.
SET LOCAL lock_timeout = '500ms';
SET LOCAL statement_timeout = '5s';

ALTER TABLE users ADD COLUMN email_verified boolean DEFAULT false NOT NULL;

-- One version writes only email_confirmed_at, the one after it only email_verified; each must see the other's
-- writes, or a roll-back would forget every confirmation made since the release. The column that a statement changed
-- tells who wrote it. A row the back-fill has not reached yet is made right by whoever writes it.
CREATE FUNCTION users_sync_email_verified() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before_confirmed timestamptz;
  before_verified boolean := false;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    before_confirmed := OLD.email_confirmed_at;
    before_verified := OLD.email_verified;
  END IF;
  IF NEW.email_verified <> before_verified AND NEW.email_confirmed_at IS NOT DISTINCT FROM before_confirmed THEN
    NEW.email_confirmed_at := CASE WHEN NEW.email_verified THEN coalesce(before_confirmed, now()) END;
  ELSE
    NEW.email_verified := NEW.email_confirmed_at IS NOT NULL;
  END IF;
  RETURN NEW;
END
$$;

-- Only statements that name one of the two columns pay for the trigger.
CREATE TRIGGER users_sync_email_verified
  BEFORE INSERT OR UPDATE OF email_confirmed_at, email_verified ON users
  FOR EACH ROW EXECUTE FUNCTION users_sync_email_verified();
