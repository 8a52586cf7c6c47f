import type { Command } from '../measure';
import type { Equivalent, PeerService } from '../rendered';

/** What a peer renders: templates, and the services to fill them with. */
export interface PeerInput {
  readonly equivalent: Equivalent;
  readonly services: readonly PeerService[];
}

/** A tool that renders the same objects. */
export interface Peer {
  readonly id: string;
  readonly title: string;
  /** The program that must be on the PATH; undefined for Node. */
  readonly program: string | undefined;
  /** How its version is told. */
  readonly version: readonly string[];
  /** Most services that it is asked for; more would take it minutes. */
  readonly most: number;
  /** Its source, by path. */
  readonly source: (input: PeerInput) => ReadonlyMap<string, string>;
  /** How it is run in the folder of its source. */
  readonly command: (folder: string) => Command;
  /** Where it writes: a folder or a file, removed before each run. */
  readonly output: string;
}
