-- Accounts for rehearsing the migrations of the sample's backend: two of three are confirmed, as in production.
INSERT INTO users (email, email_confirmed_at, created_at)
SELECT 'user' || n || '@example.com',
  CASE WHEN n % 3 > 0 THEN timestamptz '2025-01-01' + n * interval '1 second' END,
  timestamptz '2025-01-01' + n * interval '1 second'
FROM generate_series(1, current_setting('cutover.rows')::int) AS n;
