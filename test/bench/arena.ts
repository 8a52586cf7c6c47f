import * as fs from 'node:fs';
import * as path from 'node:path';
import { differences, readObjects } from './equal';
import { writeFile } from './files';
import { measure } from './measure';
import type { Peer } from './peers/peer';
import { type Equivalent, peerServices } from './rendered';
import type { Cost } from './statistics';
import { Workspace } from './workspace';

/** How the product is run. */
export type Scenario = 'cold' | 'warm' | 'checkout';

export const SCENARIOS: readonly { readonly id: Scenario; readonly title: string; readonly what: string }[] = [
  { id: 'cold', title: 'Cutover, cold', what: 'no `dist/` and no index' },
  {
    id: 'warm',
    title: 'Cutover, warm',
    what: 'one service has a new version; `dist/` and the index of the run before',
  },
  {
    id: 'checkout',
    title: 'Cutover, CI checkout',
    what: 'as warm, and every file of the project, the catalog and `dist/` is a new one with a time of now',
  },
];

/** A copy of the product that checks nothing: never run but to tell what checking costs. */
export const UNCHECKED = { id: 'unchecked', title: 'Cutover, cold, unchecked' } as const;

/** A catalog in which no two services are alike: what is measured where nothing can be rendered once for several. */
export const UNLIKE = { id: 'unlike', title: 'Cutover, cold, no two services alike' } as const;

/** Where the runs of one number of services happen: the product's workspace, and beside it each peer's source. */
export class Arena {
  readonly services: number;
  readonly workspace: Workspace;
  readonly #folder: string;
  readonly #product: string;
  #unchecked: Workspace | undefined;
  #unlike: Workspace | undefined;
  #peers: readonly Peer[] = [];

  constructor(product: string, folder: string, services: number) {
    this.services = services;
    this.#folder = folder;
    this.#product = product;
    this.workspace = new Workspace(product, path.join(folder, 'product'), services);
    // Makes the bundle, and the output that the peers are filled from.
    measure(this.workspace.synth);
  }

  get peers(): readonly Peer[] {
    return this.#peers;
  }

  /** Writes the sources of the peers, except of those that so many services would keep for minutes. */
  invite(peers: readonly Peer[], equivalent: Equivalent): void {
    const { root, output } = this.workspace;
    this.#peers = peers.filter((peer) => this.services <= peer.most);
    const services = peerServices(equivalent, this.workspace.catalog(), output);
    for (const peer of this.#peers) {
      const place = this.#place(peer);
      for (const [file, text] of peer.source({ equivalent, services })) writeFile(path.join(place, file), text);
      fs.symlinkSync(path.join(root, 'node_modules'), path.join(place, 'node_modules'));
    }
  }

  /** A run of the product. Fails where it writes more or less than the scenario asks for. */
  synth(scenario: Scenario): Cost {
    if (scenario === 'cold') this.workspace.forget();
    else this.workspace.changeOne();
    if (scenario === 'checkout') this.workspace.checkOut();
    const output = path.join(this.#folder, 'synth.out');
    const cost = measure({ ...this.workspace.synth, output });
    const told = fs.readFileSync(output, 'utf8');
    const expected = scenario === 'cold' ? /\b0 unchanged/ : /\b1 written/;
    if (!expected.test(told)) throw new Error(`${scenario} should have ${expected}: ${told}`);
    return cost;
  }

  /** A cold run without checks. */
  unchecked(): Cost {
    if (this.#unchecked === undefined) {
      this.#unchecked = new Workspace(this.#product, path.join(this.#folder, UNCHECKED.id), this.services);
      this.#unchecked.leaveOutChecks();
      measure(this.#unchecked.synth);
    }
    this.#unchecked.forget();
    return measure(this.#unchecked.synth);
  }

  /** A cold run of a catalog in which no two services are alike. */
  unlike(): Cost {
    if (this.#unlike === undefined) {
      const place = path.join(this.#folder, UNLIKE.id);
      this.#unlike = new Workspace(this.#product, place, this.services, { unlike: true });
      measure(this.#unlike.synth);
    }
    this.#unlike.forget();
    return measure(this.#unlike.synth);
  }

  /** A run of a peer, from nothing. */
  run(peer: Peer): Cost {
    fs.rmSync(path.join(this.#place(peer), peer.output), { recursive: true, force: true });
    return measure(peer.command(this.#place(peer)));
  }

  /** What the last runs have written, compared with the product; throws where a peer renders anything else. */
  verify(): void {
    const ours = readObjects(this.workspace.output);
    for (const peer of this.#peers) {
      const found = differences(ours, readObjects(path.join(this.#place(peer), peer.output)));
      if (found.length > 0) {
        throw new Error(`${peer.title} does not render the same objects:\n  ${found.slice(0, 10).join('\n  ')}`);
      }
    }
  }

  /** The cost of starting Node. */
  node(): Cost {
    return measure({ command: process.execPath, arguments: ['-e', '0'], cwd: this.#folder });
  }

  #place(peer: Peer): string {
    return path.join(this.#folder, peer.id);
  }
}
