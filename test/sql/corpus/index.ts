import { BODIES } from './bodies';
import type { Case } from './case';
import { COLUMNS } from './columns';
import { CONSTRAINTS } from './constraints';
import { DATA } from './data';
import { HISTORIES } from './histories';
import { IDIOMS } from './idioms';
import { INDEXES } from './indexes';
import { MISLEADING } from './misleading';
import { OBJECTS } from './objects';
import { RELEASES } from './releases';
import { TABLES } from './tables';
import { UPKEEP } from './upkeep';
import { VERSIONS } from './versions';

/** Every labelled case. */
export const CASES: readonly Case[] = [
  ...INDEXES,
  ...COLUMNS,
  ...CONSTRAINTS,
  ...OBJECTS,
  ...DATA,
  ...TABLES,
  ...UPKEEP,
  ...BODIES,
  ...HISTORIES,
  ...VERSIONS,
  ...IDIOMS,
  ...RELEASES,
  ...MISLEADING,
];
