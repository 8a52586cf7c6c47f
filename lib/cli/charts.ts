import type { Environment, Platform, Service } from '../catalog/service';
import type { KubeObject } from '../manifest/object';

/** What charts make of the catalog; they come in from main.ts, because lib never imports them. */
export interface Charts {
  readonly renderEnvironment: (platform: Platform, environment: Environment) => readonly RenderedFile[];
  readonly renderService: (platform: Platform, environment: Environment, service: Service) => readonly RenderedFile[];
}

export interface RenderedFile {
  readonly path: string;
  readonly objects: readonly KubeObject[];
}
