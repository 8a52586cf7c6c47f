import { type Scenario, UNCHECKED, UNLIKE } from './arena';
import type { Results } from './results';

/** What must hold; `--check` fails where it does not. */
export interface Bar {
  readonly scenario: Scenario;
  readonly services: number;
  readonly limit: number;
  /** What is limited: CPU time as a multiple of a peer's, or of the product's own with fewer services; or peak memory. */
  readonly of: { readonly peer: string } | { readonly services: number } | 'MiB';
}

export const BARS: readonly Bar[] = [
  { scenario: 'cold', services: 1000, limit: 0.45, of: { peer: 'helm' } },
  { scenario: 'cold', services: 1000, limit: 0.25, of: { peer: 'jsonnet' } },
  { scenario: 'cold', services: 1000, limit: 0.1, of: { peer: 'cdk8s' } },
  { scenario: 'cold', services: 1000, limit: 2.5, of: { peer: 'json' } },
  { scenario: 'cold', services: 5000, limit: 0.3, of: { peer: 'helm' } },
  { scenario: 'cold', services: 5000, limit: 200, of: 'MiB' },
  { scenario: 'cold', services: 5000, limit: 5.5, of: { services: 1000 } },
  { scenario: 'warm', services: 1000, limit: 0.08, of: { peer: 'helm' } },
  { scenario: 'warm', services: 1000, limit: 2.5, of: { peer: 'node' } },
  { scenario: 'checkout', services: 1000, limit: 0.2, of: { peer: 'helm' } },
  { scenario: 'cold', services: 1, limit: 1.6, of: { peer: 'node' } },
];

export const BAR_SIZES: readonly number[] = [...new Set(BARS.map(({ services }) => services))].sort((a, b) => a - b);

export interface Verdict {
  readonly bar: Bar;
  /** What was measured; undefined where a peer or a size is missing. */
  readonly value: number | undefined;
  /** The same without checks, where that was measured: what no faster check could go below. */
  readonly unchecked: number | undefined;
  /** The same where no two services are alike, where that was measured: the peers' catalog is the usual one. */
  readonly unlike: number | undefined;
  readonly held: boolean;
}

export const judge = (results: Results): readonly Verdict[] =>
  BARS.map((bar) => {
    const value = measured(bar, bar.scenario, results);
    const cold = (who: string) => (bar.scenario === 'cold' ? measured(bar, who, results) : undefined);
    const [unchecked, unlike] = [cold(UNCHECKED.id), cold(UNLIKE.id)];
    return { bar, value, unchecked, unlike, held: value === undefined || value <= bar.limit };
  });

function measured({ services, of }: Bar, who: string, results: Results): number | undefined {
  if (of === 'MiB') return results.of(who, services)?.mebibytes;
  if ('peer' in of) return results.ratio(who, of.peer, services);
  const [more, fewer] = [results.of(who, services), results.of(who, of.services)];
  return more && fewer && more.seconds / fewer.seconds;
}
