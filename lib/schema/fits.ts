import { type Combination, type Shape, TYPE } from './shape';

/**
 * Whether a value fits a schema; says no more than that, and of repeated lists and objects says no too early (see `Shape`):
 * whoever then asks a validator for the errors may find none.
 *
 * One function walks all schemas, so that V8 has it compiled after a few objects; functions that are generated for each schema
 * are run by its interpreter for most of a run. It looks at the fields that are there, of the many that a schema names.
 */
export function fits(shape: Shape, value: unknown): boolean {
  shape.fill();
  if (!hasType(shape, value)) return false;
  if (shape.also !== undefined) for (const check of shape.also) if (!check(value)) return false;
  return shape.combinations === undefined || shape.combinations.every((combination) => combines(combination, value));
}

function hasType(shape: Shape, value: unknown): boolean {
  const { types } = shape;
  switch (typeof value) {
    case 'string':
      return (types & TYPE.string) !== 0 && isText(shape, value);
    case 'number':
      return (types & (Number.isInteger(value) ? TYPE.integer : TYPE.fraction)) !== 0 && isNumber(shape, value);
    case 'boolean':
      return (types & TYPE.boolean) !== 0;
    case 'object':
      if (value === null) return (types & TYPE.null) !== 0;
      return isMap(value)
        ? (types & TYPE.object) !== 0 && areFields(shape, value)
        : (types & TYPE.array) !== 0 && areItems(shape, value);
    default:
      return (types & TYPE.other) !== 0;
  }
}

const isMap = (value: object): value is Readonly<Record<string, unknown>> => !Array.isArray(value);

const isText = ({ shortest, longest, pattern }: Shape, text: string): boolean =>
  (text.length >= 2 * shortest || shortest === 0 || characters(text) >= shortest) &&
  (text.length <= longest || characters(text) <= longest) &&
  (pattern === undefined || pattern.test(text));

/** Half of a pair is a character where the other half is missing. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const isNumber = ({ least, most }: Shape, value: number): boolean =>
  Number.isFinite(value) && value >= least && value <= most;

function areItems({ items }: Shape, list: unknown): boolean {
  if (items === undefined || !Array.isArray(list)) return true;
  for (let i = 0; i < list.length; i += 1) if (!fits(items, list[i])) return false;
  return true;
}

/** What is undefined is not there, where it has a name in the schema. */
function areFields(shape: Shape, map: Readonly<Record<string, unknown>>): boolean {
  const { named, others, names } = shape;
  if (named === undefined && others === undefined && names === undefined) return true;
  let missing = named === undefined ? 0 : named.required.length;
  for (const name in map) {
    const item = map[name];
    const field = shape.field(name);
    if (item !== undefined && field?.required) missing -= 1;
    const expected = field?.shape ?? others;
    if (expected !== undefined && (item !== undefined || field?.shape === undefined) && !fits(expected, item))
      return false;
    if (names !== undefined && !fits(names, name)) return false;
  }
  return missing === 0;
}

function combines({ fit, shapes }: Combination, value: unknown): boolean {
  const fitting = shapes.filter((shape) => fits(shape, value)).length;
  switch (fit) {
    case 'all':
      return fitting === shapes.length;
    case 'any':
      return fitting > 0;
    case 'one':
      return fitting === 1;
    case 'none':
      return fitting === 0;
  }
}
