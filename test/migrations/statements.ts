/**
 * What the two versions of the service send while both run. Columns are listed: a prepared `SELECT *` fails once after
 * every added column (0A000), whatever the migration does.
 */
export interface Version {
  readonly insert: (email: string, confirmed: boolean) => string;
  readonly confirm: (email: string) => string;
  readonly revoke: (email: string) => string;
  /** One row, the last column tells whether the address is confirmed: `t` or `f`. */
  readonly read: (email: string) => string;
}

const row = (email: string): string => `WHERE email = '${email}'`;

/** Knows email_confirmed_at only. */
export const previous: Version = {
  insert: (email, confirmed) =>
    `INSERT INTO users (email, email_confirmed_at) VALUES ('${email}', ${confirmed ? 'now()' : 'NULL'})`,
  confirm: (email) => `UPDATE users SET email_confirmed_at = now() ${row(email)}`,
  revoke: (email) => `UPDATE users SET email_confirmed_at = NULL ${row(email)}`,
  read: (email) => `SELECT email, email_confirmed_at IS NOT NULL FROM users ${row(email)}`,
};

/** Knows email_verified only. */
export const next: Version = {
  insert: (email, confirmed) => `INSERT INTO users (email, email_verified) VALUES ('${email}', ${confirmed})`,
  confirm: (email) => `UPDATE users SET email_verified = true ${row(email)}`,
  revoke: (email) => `UPDATE users SET email_verified = false ${row(email)}`,
  read: (email) => `SELECT email, email_verified FROM users ${row(email)}`,
};

/** Both versions agree on every row. */
export const DISAGREEING = 'SELECT count(*) FROM users WHERE email_verified <> (email_confirmed_at IS NOT NULL)';

/** Rows of the time before the change, two of three confirmed: enough for thirty batches of the back-fill. */
export const SEED = `INSERT INTO users (email, email_confirmed_at)
  SELECT 'seed' || n, CASE WHEN n % 3 > 0 THEN timestamptz '2020-01-01' END FROM generate_series(1, 60000) AS n`;
