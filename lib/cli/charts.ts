import type { Hashed } from '../alike/content-hash';
import type { Environment, Platform, Service } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';

/** What charts make of the catalog; they come in from main.ts, because lib never imports them. */
export interface Charts {
  readonly renderEnvironment: (platform: Platform, environment: Environment) => readonly RenderedFile[];
  readonly renderService: (platform: Platform, environment: Environment, service: Service) => readonly RenderedFile[];
  /** What is rendered, and every hash of a content that went into it. */
  readonly withHashes: <T>(make: () => T) => { readonly made: T; readonly hashes: readonly Hashed[] };
}

/** One file of the output, rendered and checked. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Diagnostic[];
}
