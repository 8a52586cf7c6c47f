import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../../lib/catalog/service';
import { ROOT, releasesOf } from '../tools/catalog';

/** A service of every strategy on every router that carries it. */
export const EXAMPLES: readonly Service[] = releasesOf(
  readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'),
).flatMap(({ services }) => services);
