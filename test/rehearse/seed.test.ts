import { insertInto } from '../../lib/rehearse/seed/seed';
import { inOrder, type SeedColumn, type SeedTable } from '../../lib/rehearse/seed/tables';
import { seedValue } from '../../lib/rehearse/seed/values';

const column = (name: string, baseType: string, changed: Partial<SeedColumn> = {}): SeedColumn => ({
  ...{ name, type: baseType, baseType, array: false, labels: 0, length: undefined },
  ...{ notNull: true, filled: false, unique: false },
  ...changed,
});
const table = (name: string, ...parents: readonly string[]): SeedTable => ({
  name,
  columns: [],
  foreignKeys: parents.map((parent) => ({ columns: [`${parent}_id`], table: parent, referenced: ['id'] })),
});

test.each([
  ['int8', column('id', 'int8'), '(n)::int8'],
  [
    'a short text',
    column('code', 'varchar', { type: 'character varying(3)', length: 3 }),
    '(left(n::text, 3))::character varying(3)',
  ],
  ['a number with few digits', column('p', 'numeric', { type: 'numeric(4,2)' }), '((n % 100))::numeric(4,2)'],
  ['an enum', column('mood', 'mood', { labels: 3 }), '((enum_range(NULL::mood))[1 + n % 3])::mood'],
  ['an array', column('tags', 'text', { type: 'text[]', array: true }), "ARRAY['tags-' || n]::text[]"],
  ['what may be null', column('age', 'int4', { notNull: false }), 'CASE WHEN n % 3 > 0 THEN (n)::int4 END'],
  ['what is not known and may be null', column('shape', 'geometry', { notNull: false }), 'NULL'],
  ['what is not known', column('shape', 'geometry'), undefined],
])('the value of %s', (_, given, expected) => expect(seedValue(given)).toBe(expected));

test('parents come before those that refer to them, and a circle does not end it', () => {
  expect(inOrder([table('items', 'orders'), table('orders', 'users'), table('users')]).map(({ name }) => name)).toEqual(
    ['users', 'orders', 'items'],
  );
  expect(inOrder([table('a', 'b'), table('b', 'a'), table('c', 'c')])).toHaveLength(3);
});

test('a table that needs what cannot be made up says which column', () => {
  const given = {
    ...table('places'),
    columns: [column('id', 'int8'), column('shape', 'geometry', { type: 'geometry(Point)' })],
  };
  expect(() => insertInto(given, 5)).toThrow('nothing can be made up for shape, which is geometry(Point)');
});
