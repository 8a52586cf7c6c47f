import type { ManifestRule } from '../rule';
import { backgroundGateFires } from './background-gate-fires';
import { drainBudget } from './drain-budget';
import { gateConditions } from './gate-conditions';
import { nameLength } from './name-length';
import { objectSize } from './object-size';
import { referencesResolve } from './references-resolve';
import { selectorLabels } from './selector-labels';
import { uniqueObjects } from './unique-objects';

/** Every rule over rendered objects, by code. A new rule is one file and one line here. */
export const MANIFEST_RULES: readonly ManifestRule[] = [
  uniqueObjects,
  nameLength,
  referencesResolve,
  selectorLabels,
  drainBudget,
  backgroundGateFires,
  gateConditions,
  objectSize,
];

/** Codes that no longer occur; never given to anything else. */
export const RETIRED_MANIFEST_CODES: readonly string[] = [];
