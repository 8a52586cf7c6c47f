import { CAPABILITIES, type Capability, PAIRS, ROUTER_FACTS, whyNot } from '../catalog/capabilities';
import { ROUTERS, STRATEGIES } from '../catalog/kinds';
import type { RouterKind, StrategyKind } from '../catalog/service';

const START = '<!-- Generated from lib/catalog/capabilities.ts by `npm run generate`: pairs -->';
const END = '<!-- End of pairs -->';

const NAMES: { readonly [S in StrategyKind]: string } = {
  rolling: 'rolling: pods are exchanged a few at a time',
  blueGreen: 'blue/green: both versions whole, and a switch',
  canary: 'canary: shares in steps',
  abTest: 'A/B test: variants side by side, users stay in theirs',
};

/** A text with the table of pairs between its marks; without marks it is as it was. */
export function withPairs(text: string): string {
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start === -1 || end < start) return text;
  return `${text.slice(0, start + START.length)}\n${pairsTable()}${text.slice(end)}`;
}

/** Strategies by routers: how each shares requests out, or that the pair is refused. */
function pairsTable(): string {
  const head = ['release strategy', ...ROUTERS.map((router) => `\`${router}\``)];
  const rows = STRATEGIES.map((strategy) => [`\`${strategy}\``, ...ROUTERS.map((router) => cell(strategy, router))]);
  return `${line(head)}${line(head.map(() => '---'))}${rows.map(line).join('')}`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** How a pair shares requests out, the most exact first. */
const SHARES: readonly (readonly [Capability, string])[] = [
  ['weights', 'exact shares'],
  ['podWeights', 'shares by pods'],
  ['commitWeights', 'shares by commit'],
];

function cell(strategy: StrategyKind, router: RouterKind): string {
  const pair = PAIRS[strategy][router];
  if ('refused' in pair) return 'refused';
  return SHARES.find(([capability]) => pair.can.includes(capability))?.[1] ?? 'yes';
}

/** `docs/reference/strategies.md`: the whole table, with the reasons. */
export function pairsReference(): string {
  const routers = ROUTERS.map((router) => {
    const { title, needs, splitsBy } = ROUTER_FACTS[router];
    return line([`\`${router}\``, title, needs, splitsBy]);
  });
  return `<!-- Generated from lib/catalog/capabilities.ts by \`npm run generate\`. Do not edit. -->
# Strategies and routers

\`strategy.kind\` and \`routing.router\` are two words of the catalog. What a pair cannot do is refused before anything is rendered: a whole
pair as CAT050, one step or setting as CAT051, each with the reason below. [How to choose](../how-to/strategies.md).

${pairsTable()}
## Routers

| router | what it is | made for | who shares requests out |
|---|---|---|---|
${routers.join('')}
${STRATEGIES.map(section).join('\n')}`;
}

function section(strategy: StrategyKind): string {
  const rows = ROUTERS.map((router) => {
    const pair = PAIRS[strategy][router];
    if ('refused' in pair) return line([`\`${router}\``, `Refused: ${pair.refused}.`]);
    return line([
      `\`${router}\``,
      `${pair.can.map((one) => CAPABILITIES[one]).join('; ')}.${cannot(strategy, router)}`,
    ]);
  });
  return `## ${NAMES[strategy]}\n\n| router | what it can do |\n|---|---|\n${rows.join('')}`;
}

/** What the same strategy can do elsewhere and not here, with the reason where there is one to tell. */
function cannot(strategy: StrategyKind, router: RouterKind): string {
  const elsewhere = new Set(
    ROUTERS.flatMap((other) => {
      const pair = PAIRS[strategy][other];
      return 'can' in pair ? pair.can : [];
    }),
  );
  const pair = PAIRS[strategy][router];
  const own: readonly Capability[] = 'can' in pair ? pair.can : [];
  const missing = [...elsewhere].filter((one) => !own.includes(one) && !SHARES.some(([share]) => share === one));
  return missing.map((one) => ` Not: ${CAPABILITIES[one]} (${whyNot(strategy, router, one)}).`).join('');
}
