import type { Likeness } from '../alike/likeness';
import { NotAlike } from '../alike/shape';
import { inTeachingOrder } from '../alike/teaching-order';
import type { PendingService } from '../catalog/pending';
import type { FaultCount } from '../catalog/read';
import type { PendingRelease } from '../catalog/resolve';
import type { Diagnostic } from '../diagnostic/diagnostic';
import type { Snapshot } from '../files/snapshot';
import type { TreeWriter } from '../files/tree';
import { Utf8Writer } from '../files/utf8';
import { fingerprint } from '../incremental/fingerprint';
import { contentOf } from '../incremental/folder-state';
import type { RenderIndex } from '../incremental/render-index';
import { type AlikeServices, markOf, type Rendered } from './alike-services';
import type { Charts, RenderedFile } from './charts';
import { type Judged, judgedOf, type MigrationLinter } from './migration-linter';
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
  /** Undefined where each service is rendered by itself. */
  readonly alike: AlikeServices | undefined;
  /** What stands at a path that the catalog names. */
  readonly snapshot: (path: string) => Snapshot;
  /** Faults of the catalog so far. */
  readonly faults: () => FaultCount;
}

/** What is brought of one service, and how what is alike to it is told of it once nothing is found. */
interface Brought extends Rendered {
  readonly key: string;
  /** Whether nothing was found. */
  readonly clean: boolean;
  readonly learn?: () => void;
  /** What it was told from, where it was not rendered. */
  readonly told?: Likeness | undefined;
}

/** A service whose files are to be brought. */
interface Stale {
  readonly id: string;
  readonly inputs: string;
  /** What its migrations are known by. */
  readonly folder: string;
  readonly service: PendingService;
  readonly likeness: Likeness | undefined;
}

interface Unjudged {
  readonly key: string;
  readonly migrations: Judged;
  /** Whether others that are alike wait for the verdict. */
  readonly teaches: boolean;
  readonly remember: () => void;
}

/** So many services wait for a verdict at most, because each keeps what it was rendered to. */
const MOST_UNJUDGED = 20;

/** Brings the files of one release after the other into the tree: those that are as they were stay, the others are rendered and checked. */
export class Renderer {
  /** What is wrong with rendered objects. */
  readonly found: Diagnostic[] = [];
  readonly #options: RendererOptions;
  readonly #unjudged: Unjudged[] = [];
  readonly #utf8 = new Utf8Writer();
  #charts: Charts | undefined;

  constructor(options: RendererOptions) {
    this.#options = options;
  }

  async release(release: PendingRelease): Promise<void> {
    const { platform, environment } = release;
    const { part, alike } = this.#options;
    const shared = fingerprint(release.sharedInputs());
    if (part.ownsShared && !this.#isKept(environment.name, shared))
      this.#bring(environment.name, shared, this.#ofAll(this.#load().renderEnvironment(platform, environment)));
    const stale = this.#staleOf(release, shared);
    for (const one of alike === undefined ? stale : inTeachingOrder([...stale])) {
      const told = one.likeness && alike?.rendered(one.likeness);
      const brought = told
        ? { key: one.service.key, clean: true, ...told, told: one.likeness }
        : this.#rendered(release, one);
      if (brought !== undefined) this.#bring(one.id, one.inputs, brought);
      if (this.#unjudged.length >= MOST_UNJUDGED || this.#unjudged.some(({ teaches }) => teaches)) await this.#judge();
    }
    if (this.#unjudged.length > 0) await this.#judge();
  }

  /** The services whose files are not those of their inputs. */
  *#staleOf(release: PendingRelease, shared: string): Iterable<Stale> {
    const { part, alike } = this.#options;
    for (const service of release.services) {
      if (!part.ownsService(service.key)) continue;
      const id = `${release.environment.name}/${service.key}`;
      const folder = this.#folder(service);
      const inputs = `${shared} ${service.inputs()} ${folder}`;
      if (this.#isKept(id, inputs)) continue;
      yield { id, inputs, folder, service, likeness: alike?.likenessOf(release, service, shared, folder) };
    }
  }

  /** Undefined for a service with errors. */
  #rendered({ platform, environment }: PendingRelease, { service, folder, likeness }: Stale): Brought | undefined {
    const { errors } = this.#options.faults();
    const before = this.#findings();
    const complete = service.complete();
    const migrations = complete.migrations && judgedOf(complete.migrations);
    if (this.#options.faults().errors > errors) {
      if (migrations !== undefined)
        this.#unjudged.push({ key: service.key, migrations, teaches: false, remember: () => undefined });
      return undefined;
    }
    if (likeness !== undefined && folder !== this.#folderNow(service))
      throw new NotAlike(`the migrations of ${service.key} changed while they were read`);
    const { withHashes, renderService } = this.#load();
    const { made, hashes } = withHashes(() => renderService(platform, environment, complete));
    for (const { findings } of made) this.found.push(...findings);
    const rendered = { files: made, migrations };
    return {
      key: service.key,
      clean: this.#findings() === before,
      ...rendered,
      ...(likeness && { learn: () => this.#options.alike?.learn(likeness, rendered, hashes) }),
    };
  }

  /** What the services of an environment share. */
  #ofAll(files: readonly RenderedFile[]): Brought {
    for (const { findings } of files) this.found.push(...findings);
    return { key: '', clean: files.every(({ findings }) => findings.length === 0), files, migrations: undefined };
  }

  /** The parser of SQL is loaded when it is needed, which takes a turn of the event loop: so migrations are judged behind the rest. */
  async #judge(): Promise<void> {
    for (const { remember, ...service } of this.#unjudged.splice(0)) {
      const { clean, fresh } = await this.#options.linter.judge(service);
      this.found.push(...fresh);
      if (clean) remember();
    }
  }

  #load(): Charts {
    this.#charts ??= this.#options.charts();
    return this.#charts;
  }

  /** What the migrations of a service are known by; empty without any. */
  #folder(service: PendingService): string {
    const directory = service.migrations();
    const { index, snapshot } = this.#options;
    return directory === undefined ? '' : (index?.folder('.', directory, snapshot) ?? '');
  }

  /** The same of what is read now. */
  #folderNow(service: PendingService): string {
    const directory = service.migrations();
    return directory === undefined ? '' : contentOf(this.#options.snapshot(directory));
  }

  /** Whether the files that were rendered from the same inputs are still there: then they stay. */
  #isKept(id: string, inputs: string): boolean {
    const { tree, index, root, alike } = this.#options;
    return index?.fresh(id, inputs, root, (told) => alike?.toldAgain(told))?.every((file) => tree.keep(file)) ?? false;
  }

  /** What has a finding is not remembered, so that every run tells it. */
  #bring(id: string, inputs: string, brought: Brought): void {
    const { tree, index } = this.#options;
    const { told } = brought;
    const files = brought.files.map(({ path, text }) => {
      const bytes = this.#utf8.bytesOf(text);
      const stamp = tree.put(path, bytes);
      return { path, content: told ? undefined : fingerprint(bytes), stamp };
    });
    const remember = () => {
      if (!brought.clean) return;
      index?.rendered(id, inputs, files, told && markOf(told));
      brought.learn?.();
    };
    const { key, migrations } = brought;
    if (migrations === undefined) remember();
    else this.#unjudged.push({ key, migrations, teaches: brought.learn !== undefined, remember });
  }

  #findings(): number {
    return this.#options.faults().all + this.found.length;
  }
}
