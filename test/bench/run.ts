import * as fs from 'node:fs';
import * as path from 'node:path';
import { Arena, SCENARIOS, UNCHECKED, UNLIKE } from './arena';
import { PERIOD } from './catalog';
import type { Peer } from './peers/peer';
import { type Equivalent, equivalentOf } from './rendered';
import type { Results } from './results';
import type { Cost } from './statistics';

/** What all measurements share. */
export interface Setting {
  readonly repository: string;
  /** The product that is measured: a copy of the repository's. */
  readonly product: string;
  readonly folder: string;
  readonly peers: readonly Peer[];
  readonly tell: (line: string) => void;
}

/** The templates of the peers, once everybody has rendered equal objects from them. */
export function provenEquivalent({ product, folder, peers, tell }: Setting): Equivalent {
  const place = path.join(folder, 'equal');
  const arena = new Arena(product, place, PERIOD);
  const equivalent = equivalentOf(arena.workspace.output);
  arena.invite(peers, equivalent);
  for (const peer of arena.peers) arena.run(peer);
  arena.verify();
  fs.rmSync(place, { recursive: true });
  tell(`equal objects with ${PERIOD} services: ${['Cutover', ...peers.map(({ title }) => title)].join(', ')}`);
  return equivalent;
}

/** A machine wavers more within a tenth of a second than within several, so that who is quick runs more often. */
export const LAPS = 5;
export const QUICK_SECONDS = 2;

/**
 * Rounds in which everybody runs, one right after another, so that what they are compared by happened at the same time: the quick ones
 * several times in turn, and then the others, since the machine of a second is not that of a minute later. The first round warms up
 * and does not count; `runs` 0 is one round without.
 */
export function measureSize(
  setting: Setting,
  equivalent: Equivalent,
  services: number,
  runs: number,
  results: Results,
): void {
  const place = path.join(setting.folder, String(services));
  const arena = new Arena(setting.product, place, services);
  arena.invite(setting.peers, equivalent);
  let runners = runnersOf(arena);
  for (let round = runs === 0 ? 1 : 0; round <= Math.max(runs, 1); round += 1) {
    setting.tell(`${services} services, ${round === 0 ? 'warm-up' : `round ${round} of ${Math.max(runs, 1)}`}`);
    const ran = runners.map((runner) => ({ runner, cost: runner.run() }));
    if (round > 0) for (const { runner, cost } of ran) results.add(runner.id, services, cost);
    else runners = inLaps(ran);
  }
  fs.rmSync(place, { recursive: true });
}

/** Who runs in a round, by what it took in the first. */
function inLaps(ran: readonly { readonly runner: Runner; readonly cost: Cost }[]): readonly Runner[] {
  const isQuick = ({ cost }: { readonly cost: Cost }) => cost.seconds < QUICK_SECONDS;
  const quick = ran.filter(isQuick).map(({ runner }) => runner);
  const slow = ran.filter((one) => !isQuick(one)).map(({ runner }) => runner);
  return [...Array.from({ length: LAPS }, () => quick).flat(), ...slow];
}

interface Runner {
  readonly id: string;
  readonly run: () => Cost;
}

const runnersOf = (arena: Arena): readonly Runner[] => [
  ...SCENARIOS.map(({ id }) => ({ id, run: () => arena.synth(id) })),
  { id: UNCHECKED.id, run: () => arena.unchecked() },
  { id: UNLIKE.id, run: () => arena.unlike() },
  ...arena.peers.map((peer) => ({ id: peer.id, run: () => arena.run(peer) })),
  { id: 'node', run: () => arena.node() },
];
