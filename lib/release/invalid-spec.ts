import type { RolloutFacts } from './read/rollout';

/** A refusal of the controller in the words of the catalog. */
export interface Refusal {
  /** Where to look in `services.json`; undefined where the catalog has no such field. */
  readonly path: string | undefined;
  readonly words: string;
  readonly next: string;
}

/** Where the catalog has what the controller names: prefixes of its paths, the longest first. */
const PLACES: readonly (readonly [prefix: string, place: string])[] = [
  ['spec.strategy.canary.steps', 'strategy.steps'],
  ['spec.strategy.steps', 'strategy.steps'],
  ['spec.strategy.canary.analysis', 'strategy.background'],
  ['spec.strategy.canary.trafficRouting', 'routing'],
  ['spec.strategy.trafficRouting', 'routing'],
  ['spec.strategy.canary.canaryService', 'routing'],
  ['spec.strategy.canary.stableService', 'routing'],
  ['spec.strategy.stableService', 'routing'],
  ['spec.strategy.canaryService', 'routing'],
  ['spec.strategy.blueGreen.prePromotionAnalysis', 'strategy.prePromotion'],
  ['spec.strategy.blueGreen.postPromotionAnalysis', 'strategy.postPromotion'],
  ['spec.strategy.blueGreen', 'strategy'],
  ['spec.strategy.canary', 'strategy'],
  ['spec.strategy', 'strategy'],
  ['spec.progressDeadlineSeconds', 'strategy.progressDeadlineSeconds'],
  ['spec.minReadySeconds', 'strategy.minReadySeconds'],
  ['spec.replicas', 'replicas'],
];

const RENDERED = 'Cutover renders it: see whether Argo CD has applied it, or somebody has deleted it';

/** What the controller cannot find, and what that is in the catalog (Argo Rollouts 1.9.1, pkg/apis/rollouts/validation). */
const MISSING: readonly {
  readonly pattern: RegExp;
  readonly words: (name: string) => string;
  readonly next: string;
}[] = [
  {
    pattern: /virtualservices\.networking\.istio\.io "([^"]*)" not found/,
    words: (name) => `there is no VirtualService "${name}" beside the Rollout`,
    next: RENDERED,
  },
  {
    pattern: /destinationrules\.networking\.istio\.io "([^"]*)" not found/,
    words: (name) => `there is no DestinationRule "${name}" beside the Rollout`,
    next: RENDERED,
  },
  {
    pattern: /AnalysisTemplate '([^']*)' not found/,
    words: (name) => `there is no AnalysisTemplate "${name}", which a gate is rendered to`,
    next: RENDERED,
  },
  {
    pattern: /HTTP Route '([^']*)' is not found/,
    words: (name) => `the VirtualService has no route "${name}"`,
    next: 'somebody has edited it in the cluster: sync the Application',
  },
  {
    pattern: /DestinationRule subset '([^']*)' not found in route/,
    words: (name) => `no route of the VirtualService leads to the subset "${name}"`,
    next: 'somebody has edited it in the cluster: sync the Application',
  },
  {
    pattern: /service "([^"]*)" not found/,
    words: (name) => `there is no Service "${name}" beside the Rollout`,
    next: RENDERED,
  },
];

type Refused = Pick<RolloutFacts, 'dynamicStableScale'>;

/** The controller's message of a Rollout that it refuses, as somebody who edits `services.json` reads it. */
export function inCatalogWords(
  service: string,
  message: string,
  rollout: Refused = { dynamicStableScale: false },
): Refusal {
  const told = message.replace(/^InvalidSpec: /, '').replace(/^The Rollout "[^"]*" is invalid: /, '');
  const path = placeOf(service, told, rollout);
  for (const { pattern, words, next } of MISSING) {
    const found = pattern.exec(told)?.[1];
    if (found !== undefined) return { path, words: words(found), next };
  }
  return { path, words: told, next: 'correct it in services.json, run `npm run synth`, and commit both' };
}

function placeOf(service: string, told: string, { dynamicStableScale }: Refused): string | undefined {
  const field = /^(spec(?:\.[\w-]+|\[\d+\])+)/.exec(told)?.[1];
  if (field === undefined) return undefined;
  const known = PLACES.find(
    ([prefix]) => field === prefix || field.startsWith(`${prefix}.`) || field.startsWith(`${prefix}[`),
  );
  if (known === undefined) return undefined;
  const [prefix, place] = known;
  // With lowOverhead the Rollout has steps between those of the catalog, so that the indexes differ (lib/catalog/between-weights.ts).
  const rest = place === 'strategy.steps' && !dynamicStableScale ? field.slice(prefix.length) : '';
  return `services.${service}.${place}${rest}`;
}
