import { FILES } from './bad/files';
import { LAYERS } from './bad/layers';
import { OBJECTIVES } from './bad/objectives';
import { RELEASES } from './bad/releases';
import { SCHEMA } from './bad/schema';
import { STRATEGIES_AND_ROUTERS } from './bad/strategies';
import { SYNTAX } from './bad/syntax';
import { TOGETHER } from './bad/together';
import { VALUES } from './bad/values';
import type { BadCatalog } from './bad-catalog';

export type { BadCatalog };
export const BAD_CATALOGS: readonly BadCatalog[] = [
  ...SYNTAX,
  ...SCHEMA,
  ...VALUES,
  ...RELEASES,
  ...OBJECTIVES,
  ...STRATEGIES_AND_ROUTERS,
  ...LAYERS,
  ...FILES,
  ...TOGETHER,
];
