import { type Cost, medianCost, pairedRatio } from './statistics';

/** What was measured: runs by who ran and with how many services, in the order of the rounds. */
export class Results {
  readonly #runs = new Map<string, Cost[]>();

  add(who: string, services: number, cost: Cost): void {
    const key = `${who} ${services}`;
    this.#runs.set(key, [...(this.#runs.get(key) ?? []), cost]);
  }

  /** The median; undefined where nothing was measured. */
  of(who: string, services: number): Cost | undefined {
    const runs = this.#runs.get(`${who} ${services}`);
    return runs && medianCost(runs);
  }

  /** CPU time of one to another of the same rounds. */
  ratio(who: string, peer: string, services: number): number | undefined {
    const runs = this.#runs.get(`${who} ${services}`);
    const others = this.#runs.get(`${peer} ${services}`);
    return runs && others && pairedRatio(runs, others);
  }
}
