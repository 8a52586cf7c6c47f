import { BUILT_IN } from '../built-in';
import { PAIRS, routersFor } from '../capabilities';
import type { Gate, RequestMetrics, Routing, Scale, Strategy, StrategyKind } from '../service';
import type { Context } from './context';
import { completeAbTest } from './strategy/ab-test';
import { completeBlueGreen } from './strategy/blue-green';
import { completeCanary } from './strategy/canary';
import { checkNumbers, refuseForeignFields, type StrategyScope } from './strategy/common';
import { gateFinder } from './strategy/gate-uses';
import { completeRolling } from './strategy/rolling';

/** One file for each strategy; a new one does not compile until it is here. */
const COMPLETE: {
  readonly [K in StrategyKind]: (scope: StrategyScope) => Extract<Strategy, { readonly kind: K }>;
} = { rolling: completeRolling, blueGreen: completeBlueGreen, canary: completeCanary, abTest: completeAbTest };

/** What a strategy needs that was completed before it. */
export interface StrategySurroundings {
  readonly gates: readonly Gate[];
  readonly routing: Routing;
  readonly scale: Scale;
  readonly requestMetrics: RequestMetrics | undefined;
}

/** The strategy with its steps as a closed union and its gates resolved; reports gates that nothing uses. */
export function completeStrategy(
  context: Context,
  { gates, routing, scale, requestMetrics }: StrategySurroundings,
): Strategy {
  const given = { ...BUILT_IN.strategy, ...context.settings.strategy };
  const finder = gateFinder(context, gates, requestMetrics);
  const scope: StrategyScope = {
    context,
    given,
    gates: finder,
    gateNames: gates.map(({ name }) => name),
    routing,
    scale,
  };
  checkPair(scope);
  refuseForeignFields(scope);
  const strategy = COMPLETE[given.kind](scope);
  checkNumbers(scope);
  tellUnused(scope, gates);
  return strategy;
}

/** A strategy that the router cannot carry is refused with the reason, before anything is rendered. */
function checkPair({ context, given: { kind }, routing: { router } }: StrategyScope): void {
  const pair = PAIRS[kind][router];
  if (!('refused' in pair) || context.refused(['strategy', 'kind'], ['routing', 'router'])) return;
  context.fault(
    'CAT050',
    context.settings.strategy?.kind === undefined ? ['routing', 'router'] : ['strategy', 'kind'],
    `the router ${router} does not carry the strategy ${kind}: ${pair.refused}`,
    `routers that carry ${kind}: ${routersFor(kind).join(', ')}`,
  );
}

function tellUnused({ context, gates: { used } }: StrategyScope, gates: readonly Gate[]): void {
  if (context.refused(['strategy'])) return;
  for (const { name } of gates) {
    if (used.has(name) || !context.isOwn(['gates', name])) continue;
    context.fault(
      'CAT039',
      ['gates', name],
      `gate "${name}" is used by no step and not in the background`,
      "name it in a step's analysis or in strategy.background, or remove it",
    );
  }
}
