import type { PendingService } from '../catalog/pending';
import type { FaultCount } from '../catalog/read';
import type { PendingRelease } from '../catalog/resolve';
import type { Service } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';
import type { Snapshot } from '../files/snapshot';
import type { TreeWriter } from '../files/tree';
import { fingerprint } from '../incremental/fingerprint';
import type { RenderIndex } from '../incremental/render-index';
import type { Charts, RenderedFile } from './charts';
import type { MigrationLinter } from './migration-linter';
import type { Part } from './shard';

export interface RendererOptions {
  readonly root: string;
  readonly tree: TreeWriter;
  readonly index: RenderIndex | undefined;
  /** What of it is brought. */
  readonly part: Part;
  readonly charts: () => Charts;
  /** What judges migrations. */
  readonly linter: MigrationLinter;
  /** What stands at a path that the catalog names. */
  readonly snapshot: (path: string) => Snapshot;
  /** Faults of the catalog so far. */
  readonly faults: () => FaultCount;
}

/** So many services wait for a verdict at most, because each keeps what it was rendered to. */
const MOST_UNJUDGED = 20;

/** Brings the files of one release after the other into the tree: those that are as they were stay, the others are rendered and checked. */
export class Renderer {
  /** What is wrong with rendered objects. */
  readonly found: Diagnostic[] = [];
  readonly #options: RendererOptions;
  readonly #unjudged: { readonly service: Service; readonly remember: () => void }[] = [];
  #charts: Charts | undefined;

  constructor(options: RendererOptions) {
    this.#options = options;
  }

  async release(release: PendingRelease): Promise<void> {
    const { platform, environment } = release;
    const { part } = this.#options;
    const shared = fingerprint(release.sharedInputs());
    if (part.ownsShared)
      this.#bring(environment.name, shared, () => this.#load().renderEnvironment(platform, environment));
    for (const service of release.services) {
      if (!part.ownsService(service.key)) continue;
      this.#bring(`${environment.name}/${service.key}`, this.#inputs(shared, service), (later) => {
        const before = this.#options.faults().errors;
        const complete = service.complete();
        const faulty = this.#options.faults().errors > before;
        if (complete.migrations !== undefined) later(complete);
        return faulty ? undefined : this.#load().renderService(platform, environment, complete);
      });
      if (this.#unjudged.length >= MOST_UNJUDGED) await this.#judge();
    }
    if (this.#unjudged.length > 0) await this.#judge();
  }

  /** The parser of SQL is loaded when it is needed, which takes a turn of the event loop: so migrations are judged behind the rest. */
  async #judge(): Promise<void> {
    for (const { service, remember } of this.#unjudged.splice(0)) {
      const { clean, fresh } = await this.#options.linter.judge(service);
      this.found.push(...fresh);
      if (clean) remember();
    }
  }

  #load(): Charts {
    this.#charts ??= this.#options.charts();
    return this.#charts;
  }

  #inputs(shared: string, service: PendingService): string {
    const migrations = service.migrations();
    const { index, snapshot } = this.#options;
    const folder = migrations === undefined ? '' : (index?.folder('.', migrations, snapshot) ?? '');
    return `${shared} ${service.inputs()} ${folder}`;
  }

  /** `render` gives undefined for a service with errors. What has a finding is not remembered, so that every run tells it. */
  #bring(
    id: string,
    inputs: string,
    render: (later: (service: Service) => void) => readonly RenderedFile[] | undefined,
  ): void {
    const { tree, index, root } = this.#options;
    const kept = index?.fresh(id, inputs, root);
    if (kept?.every((file) => tree.keep(file))) return;
    const before = this.#findings();
    let unjudged: Service | undefined;
    const rendered = render((service) => {
      unjudged = service;
    });
    const files = rendered?.map(({ path, text, findings }) => {
      this.found.push(...findings);
      return { path, bytes: Buffer.from(text) };
    });
    for (const { path, bytes } of files ?? []) tree.put(path, bytes);
    const clean = files !== undefined && this.#findings() === before;
    const remember = () => {
      if (clean) index?.rendered(id, inputs, files);
    };
    if (unjudged === undefined) remember();
    else this.#unjudged.push({ service: unjudged, remember });
  }

  #findings(): number {
    return this.#options.faults().all + this.found.length;
  }
}
