-- Sets email_verified on the rows that were confirmed before V1.1; the trigger of V1.1 has kept all later ones right.
-- It runs beside the rollout of its release and may end after it, so only the next release reads email_verified.
--
-- 2,000 rows by key, then COMMIT and a rest: writers wait for one batch at most, and vacuum and the replicas keep up
-- (one UPDATE of everything kept a writer waiting for seconds). Not inside a transaction: see the .conf.
--
-- It can be killed and started again at any time: finished batches stay, and rows that are right are passed over.
SET statement_timeout = 0;

-- Waiting for a row that a client has locked keeps this batch's rows locked, too. So give up soon, let go, try again;
-- that must not fail the file, because Flyway then needs a repair before it goes on.
SET lock_timeout = '200ms';

DO $$
DECLARE
  batch CONSTANT int := 2000;
  tries CONSTANT int := 600; -- of 0.2 s waiting and 0.1 s rest each: three minutes for one batch
  end_id bigint;
  done_id bigint;
  last_id bigint;
  tried int;
BEGIN
  -- Rows that are inserted from now on are right; going after them would not end while clients insert.
  SELECT min(id) - 1, max(id) INTO done_id, end_id FROM users;
  WHILE done_id < end_id LOOP
    SELECT max(id) INTO last_id
      FROM (SELECT id FROM users WHERE id > done_id AND id <= end_id ORDER BY id LIMIT batch) AS next_rows;
    EXIT WHEN last_id IS NULL; -- the rest was deleted meanwhile

    tried := 0;
    LOOP
      BEGIN
        UPDATE users SET email_verified = true
          WHERE id > done_id AND id <= last_id AND email_confirmed_at IS NOT NULL AND NOT email_verified;
        EXIT;
      EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        tried := tried + 1;
        IF tried >= tries THEN
          RAISE;
        END IF;
      END;
      COMMIT;
      PERFORM pg_sleep(0.1);
    END LOOP;

    COMMIT;
    PERFORM pg_sleep(0.01);
    done_id := last_id;
  END LOOP;

  -- The version that reads email_verified must not be released on rows that disagree.
  IF EXISTS (SELECT FROM users WHERE email_verified <> (email_confirmed_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'users: email_verified disagrees with email_confirmed_at after the back-fill'
      USING HINT = 'Is the trigger users_sync_email_verified enabled?';
  END IF;
END
$$;

RESET lock_timeout;
RESET statement_timeout;
