import { recall, remember } from '../../lib/sql/recall';
import type { Facts } from '../../lib/sql/statement';
import { lint } from './tools';

const FACTS: Facts = {
  statement: { kind: 'transaction', op: 'begin' },
  calls: [],
  literals: [],
  features: [],
  tables: [],
};

test('a text is judged where it stands, not where it stood before', async () => {
  const savepoint = 'SAVEPOINT a;';
  const places = async () =>
    (await lint({ sql: `${savepoint}\n\n  ${savepoint}`, transaction: false }))
      .filter(({ code }) => code === 'SQL171')
      .map(({ line, column }) => [line, column]);
  expect(await places()).toEqual([
    [1, 1],
    [3, 3],
  ]);
  expect((await lint({ sql: savepoint })).map(({ code }) => code)).not.toContain('SQL171');
  expect(await places()).toEqual([
    [1, 1],
    [3, 3],
  ]);
});

test('what was seen in a body is read anew where it runs', async () => {
  const inner = "DO 'BEGIN DROP TABLE users; END'";
  await lint({ sql: `CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN ${inner}; END $$; CALL p();` });
  expect((await lint({ sql: inner })).map(({ code }) => code)).toContain('SQL143');
});

test('few texts are kept, and only short ones', () => {
  const texts = Array.from({ length: 5000 }, (_, i) => `SELECT ${i}`);
  for (const text of texts) remember(text, FACTS);
  expect(recall('SELECT 4999')).toBe(FACTS);
  expect(texts.filter((text) => recall(text) !== undefined).length).toBeLessThanOrEqual(1000);
  remember(`SELECT ${'1'.repeat(200)}`, FACTS);
  expect(recall(`SELECT ${'1'.repeat(200)}`)).toBeUndefined();
});
