import type { Path } from '../../../diagnostic/path';
import { ITEM_DEFAULTS } from '../../built-in';
import { can, whyNot } from '../../capabilities';
import type { AbTestStrategy, Variant } from '../../service';
import { completeVariantImage } from '../image';
import { entriesOf } from '../workload';
import {
  backgroundOf,
  checkExchange,
  fewestPods,
  paceOf,
  replicaSetSettings,
  type StrategyScope,
  type StrategySettings,
} from './common';

type AbTestSettings = NonNullable<StrategySettings['abTest']>;
type VariantSettings = NonNullable<NonNullable<AbTestSettings['variants']>[string]>;

/** The value of the test's cookie for users of the control. */
export const CONTROL = 'control';

/** The longest time for which a load balancer keeps a user at a target group, in seconds: a week. */
const LONGEST_ALB_STICKINESS_SECONDS = 604_800;

/** Several versions for as long as the test lasts; users stay in theirs. */
export function completeAbTest(scope: StrategyScope): AbTestStrategy {
  const { context, given, gates, routing } = scope;
  const own = given.abTest ?? {};
  const at = (...rest: Path): Path => ['strategy', 'abTest', ...rest];
  const entries = entriesOf(own.variants);
  if (entries.length === 0)
    context.need(at('variants'), undefined, {}, 'at least one variant: { "b": { "version": "1.9.0", "percent": 20 } }');
  const variants = entries.map(([name, variant]) => completeVariant(scope, name, variant, at('variants', name)));
  checkShares(scope, variants, at('variants'));
  const cookie = {
    ...ITEM_DEFAULTS.testCookie,
    name: `${context.settings.name ?? context.key}-variant`,
    ...own.cookie,
  };
  if (routing.router === 'alb' && cookie.maxAgeSeconds > LONGEST_ALB_STICKINESS_SECONDS) {
    context.fault(
      'CAT007',
      at('cookie', 'maxAgeSeconds'),
      `${cookie.maxAgeSeconds} s is longer than a load balancer keeps a user: ${LONGEST_ALB_STICKINESS_SECONDS} s`,
      `use at most ${LONGEST_ALB_STICKINESS_SECONDS}`,
    );
  }
  const pace = paceOf(scope);
  const found = gates.find(own.gates ?? [], at('gates'), 'variant');
  for (const { replicas } of variants) checkExchange(scope, pace, { kind: 'fixed', replicas }, found, at('gates'));
  const background = backgroundOf(scope, pace, [scope.scale]);
  return { kind: 'abTest', ...replicaSetSettings(scope), ...pace, background, cookie, variants, gates: found };
}

function completeVariant(scope: StrategyScope, name: string, given: VariantSettings, path: Path): Variant {
  const { context, routing } = scope;
  const { header, cookie, percent = 0 } = given;
  const image = completeVariantImage(context, given, path);
  if (name === CONTROL) {
    context.fault(
      'CAT069',
      path,
      `"${CONTROL}" is what the test calls the version of the environment`,
      'give the variant another name',
      name,
    );
  }
  if (routing.router === 'alb' && /[*?]/.test(header?.value ?? '')) {
    context.fault(
      'CAT051',
      [...path, 'header', 'value'],
      'a load balancer takes * and ? in the value of a header for any text',
      'choose a value without them',
    );
  }
  for (const [capability, field, used] of [
    ['header', 'header', header != null],
    ['cookie', 'cookie', cookie != null],
    ['sticky', 'percent', percent > 0],
  ] as const) {
    if (!used || can('abTest', routing.router, capability) || context.refused(['routing', 'router'])) continue;
    context.fault(
      'CAT051',
      [...path, field],
      `the router ${routing.router} cannot choose a variant by ${field}: ${whyNot('abTest', routing.router, capability)}`,
      'choose it by a header, or take another router',
    );
  }
  if (header == null && cookie == null && percent === 0 && !context.refused(path)) {
    context.fault('CAT056', path, `nobody comes into variant "${name}"`, 'set percent, header or cookie');
  }
  return {
    name,
    image,
    replicas: given.replicas ?? fewestPods(scope.scale),
    percent,
    header: header
      ? {
          name: context.need([...path, 'header', 'name'], header.name, '', 'the name of the header').toLowerCase(),
          value: context.need([...path, 'header', 'value'], header.value, '', 'its value'),
        }
      : undefined,
    cookie: cookie
      ? {
          name: context.need([...path, 'cookie', 'name'], cookie.name, '', 'the name of the cookie'),
          value: context.need([...path, 'cookie', 'value'], cookie.value, '', 'its value'),
        }
      : undefined,
  };
}

function checkShares({ context }: StrategyScope, variants: readonly Variant[], path: Path): void {
  const sum = variants.reduce((total, { percent }) => total + percent, 0);
  if (sum > 100 && !context.refused(path)) {
    context.fault(
      'CAT055',
      path,
      `the variants together get ${sum} % of the users`,
      'make them 100 at the most; what is left is the control',
    );
  }
  for (const [i, one] of variants.entries()) {
    const twin = variants.slice(0, i).find((other) => sameMatch(other, one));
    if (twin === undefined) continue;
    context.fault(
      'CAT056',
      [...path, one.name],
      `"${twin.name}" and "${one.name}" are chosen by the same header or cookie, so that nobody gets "${one.name}" by it`,
      'give one of them another value',
    );
  }
}

function sameMatch(a: Variant, b: Variant): boolean {
  return (
    (a.header !== undefined && a.header.name === b.header?.name && a.header.value === b.header.value) ||
    (a.cookie !== undefined && a.cookie.name === b.cookie?.name && a.cookie.value === b.cookie.value)
  );
}
