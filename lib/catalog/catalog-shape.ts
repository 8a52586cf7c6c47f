import { type Shape, shapeOf } from '../schema/shape';
import schema from './services.schema.json';

/** The shape of the catalog's schema. The bundled product holds the schema as text, without its prose (lib/build/validators.ts). */
export const catalogShape = (): Shape => shapeOf(schema);
