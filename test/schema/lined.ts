import { isRecord } from '../../imports/merge';
import { schemaLines } from '../../lib/build/schema-lines';
import { type JsonSchema, type Shape, Shapes } from '../../lib/schema/shape';

/** Definitions as the bundled product has them. */
export function linedShapes(definitions: Readonly<Record<string, unknown>>) {
  const { lines, lineOf } = schemaLines(definitions);
  const shapes = new Shapes((line) => JSON.parse(lines[Number(line)] ?? 'null'));
  return { shapes, lines, shapeOf: (name: string): Shape => shapes.at(String(lineOf(name))) };
}

/** A schema as the bundled product has it. */
export const linedShape = ({ $defs, ...schema }: JsonSchema): Shape =>
  linedShapes({ ...(isRecord($defs) ? $defs : {}), '(whole)': schema }).shapeOf('(whole)');
