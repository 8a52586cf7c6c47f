import * as fs from 'node:fs';
import * as path from 'node:path';
import { differences, readObjects } from './equal';
import { writeFile } from './files';
import { measure } from './measure';
import type { Peer } from './peers/peer';
import { type Equivalent, peerServices } from './rendered';
import type { Cost } from './statistics';
import { Workspace } from './workspace';

/** Services at which every peer's objects are compared with the product's. */
export const EQUAL_AT = 10;

/** Where the runs of one number of services happen: the product's workspace, and beside it each peer's source. */
export class Arena {
  readonly workspace: Workspace;
  readonly #folder: string;
  readonly #peers: readonly Peer[];

  constructor(repository: string, folder: string, services: number, peers: readonly Peer[], equivalent?: Equivalent) {
    this.#folder = folder;
    this.#peers = peers.filter((peer) => services <= peer.most);
    this.workspace = new Workspace(repository, path.join(folder, 'product'), services);
    measure(this.workspace.synth);
    if (equivalent === undefined || this.#peers.length === 0) return;
    const { root, output } = this.workspace;
    const input = { equivalent, services: peerServices(equivalent, this.workspace.catalog(), output) };
    for (const peer of this.#peers) {
      for (const [file, text] of peer.source(input)) writeFile(path.join(this.#place(peer), file), text);
      fs.symlinkSync(path.join(root, 'node_modules'), path.join(this.#place(peer), 'node_modules'));
    }
  }

  get peers(): readonly Peer[] {
    return this.#peers;
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

  #place(peer: Peer): string {
    return path.join(this.#folder, peer.id);
  }
}
