import { literal, quoted } from '../connect';
import type { SeedColumn } from './tables';

/** How many days of the past the times of the seed are spread over. */
const DAYS = 1000;

/** SQL that makes a value of a type from the number `n` of its row, different for each row where the type has room for it. */
const BY_TYPE: Readonly<Record<string, (column: SeedColumn) => string>> = {
  int2: () => '(n % 32000)',
  int4: () => 'n',
  int8: () => 'n',
  oid: () => 'n',
  numeric: ({ type }) => `(n % ${10 ** Math.min(9, wholeDigits(type))})`,
  float4: () => 'n / 7.0',
  float8: () => 'n / 7.0',
  money: () => 'n',
  bool: () => '(n % 2 = 0)',
  text,
  varchar: text,
  bpchar: text,
  citext: text,
  name: text,
  uuid: ({ name }) => `md5(${literal(name)} || n)`,
  date: () => `date '2026-01-01' - (n % ${DAYS})::int`,
  timestamp: () => past('timestamp'),
  timestamptz: () => past('timestamptz'),
  time: () => `time '00:00' + n * interval '1 second'`,
  timetz: () => `timetz '00:00+00' + n * interval '1 second'`,
  interval: () => `n * interval '1 second'`,
  json: () => `json_build_object('n', n)`,
  jsonb: () => `jsonb_build_object('n', n)`,
  bytea: () => `decode(md5(n::text), 'hex')`,
  inet: () => `inet '10.0.0.0' + n % 16000000`,
  cidr: () => `set_masklen(inet '10.0.0.0' + n % 16000000, 32)`,
  macaddr: () => `lpad(to_hex(n), 12, '0')`,
};

function text({ name, length }: SeedColumn): string {
  return length !== undefined && length < name.length + 12 ? `left(n::text, ${length})` : `${literal(`${name}-`)} || n`;
}

const past = (type: string): string =>
  `${type} '2026-01-01' - (n % ${DAYS}) * interval '1 day' - n * interval '1 millisecond'`;

/** Digits before the point of `numeric(10,2)`. */
function wholeDigits(type: string): number {
  const [, precision, scale] = /\((\d+),(\d+)\)/.exec(type) ?? [];
  return precision === undefined || scale === undefined ? 9 : Math.max(0, Number(precision) - Number(scale));
}

/**
 * SQL for the value of a column in row `n`; undefined where nothing can be made up for its type. A column that may be null is
 * so in every third row.
 */
export function seedValue(column: SeedColumn): string | undefined {
  const value = madeUp(column);
  if (value === undefined) return column.notNull ? undefined : 'NULL';
  return column.notNull ? value : `CASE WHEN n % 3 > 0 THEN ${value} END`;
}

function madeUp(column: SeedColumn): string | undefined {
  const one =
    column.labels > 0
      ? `(enum_range(NULL::${enumType(column)}))[1 + n % ${column.labels}]`
      : BY_TYPE[column.baseType]?.(column);
  if (one === undefined) return undefined;
  return column.array ? `ARRAY[${one}]::${column.type}` : `(${one})::${column.type}`;
}

const enumType = ({ array, baseType, type }: SeedColumn): string => (array ? quoted(baseType) : type);
