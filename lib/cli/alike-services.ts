import { Alike } from '../alike/alike';
import type { Hashed } from '../alike/content-hash';
import type { Likeness } from '../alike/likeness';
import { Names } from '../alike/names';
import { Twins } from '../alike/twins';
import type { PendingService } from '../catalog/pending';
import type { PendingRelease } from '../catalog/resolve';
import type { Snapshot } from '../files/snapshot';
import { Kept } from '../incremental/kept';
import type { CacheOptions } from '../incremental/open';
import type { RenderedFile } from './charts';
import type { Judged } from './migration-linter';

/** What a service is rendered to, and what is to be judged of it. */
export interface Rendered {
  readonly files: readonly Pick<RenderedFile, 'path' | 'text'>[];
  readonly migrations: Judged | undefined;
}

/** What stands for a likeness in the index. There is no blank in a word. */
export const markOf = ({ shape, words }: Likeness): string => [shape, ...words].join(' ');

/** Of the services of a catalog, those that are alike to others: what one was rendered to tells what the next one will be. */
export class AlikeServices {
  readonly #alike: Alike;
  readonly #snapshot: (path: string) => Snapshot;
  readonly #names = new WeakMap<PendingRelease, Names>();
  readonly #twins = new Twins();

  /** `snapshot` gives what stands at a path; `cache` says where earlier runs have kept what they learned. */
  constructor(snapshot: (path: string) => Snapshot, cache: CacheOptions) {
    this.#alike = new Alike(Kept.of(cache, 'shapes'));
    this.#snapshot = snapshot;
  }

  /** What a service has in common with others, if there are any; `shared` is said of all services of its release, `folder` is what its migrations are known by. */
  likenessOf(release: PendingRelease, service: PendingService, shared: string, folder: string): Likeness | undefined {
    const said = release.services.length > 1 ? service.said() : undefined;
    if (said === undefined) return undefined;
    const names = this.#names.get(release) ?? new Names(release.services.flatMap(({ key, name }) => [key, name]));
    this.#names.set(release, names);
    const directory = service.migrations();
    const texts = () => (directory === undefined ? [] : textsOf(this.#snapshot(directory), ''));
    return this.#twins.likenessOf(said, names, { shared, folder, texts });
  }

  /** What a service is rendered to; undefined where none that is alike to it tells. */
  rendered(likeness: Likeness): Rendered | undefined {
    const texts = this.#alike.textsOf(likeness);
    if (texts === undefined) return undefined;
    const [directory = '', history = ''] = texts;
    const files = [];
    for (let i = 2; i < texts.length; i += 2) files.push({ path: texts[i] ?? '', text: texts[i + 1] ?? '' });
    return { files, migrations: history === '' ? undefined : { directory, history } };
  }

  /** The same by what stands for a likeness in the index; undefined where nothing tells it any more. */
  toldAgain(mark: string): Rendered['files'] | undefined {
    const [shape = '', ...words] = mark.split(' ');
    return this.rendered({ shape, words })?.files;
  }

  /** Learns what a service without a finding was rendered to, with the hashes that went into it. */
  learn(likeness: Likeness, { files, migrations }: Rendered, hashes: readonly Hashed[]): void {
    const { directory, history } = migrations ?? { directory: '', history: '' };
    const texts = [directory, history, ...files.flatMap(({ path, text }) => [path, text])];
    this.#alike.learn(likeness, { texts, hashes });
  }

  /** Keeps what was learned for later runs. */
  save(): void {
    this.#alike.save();
  }
}

/** The names and texts of all that stands in a folder. */
function textsOf(snapshot: Snapshot, path: string): readonly string[] {
  if (snapshot.kind === 'file') return [path, snapshot.bytes.toString('latin1')];
  if (snapshot.kind !== 'folder') return [path, snapshot.kind];
  return snapshot.entries.flatMap(([name, entry]) => textsOf(entry, `${path}/${name}`));
}
