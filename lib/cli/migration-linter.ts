import type { Database, Migrations, Service, UsesAround } from '../catalog/service';
import { compareVersions } from '../catalog/versions';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { fingerprint } from '../incremental/fingerprint';
import type { CacheOptions } from '../incremental/open';
import { Verdicts } from '../incremental/verdicts';
import type { SqlFinding } from '../sql/finding';
import type { Linter } from '../sql/linter';
import type { SqlSource } from '../sql/read-file';
import { type Releases, releaseUse } from '../sql/releases';

type Load = () => { readonly loadLinter: () => Promise<Linter> };

/** Of the migrations of a service, what a verdict follows from. */
export interface Judged {
  readonly directory: string;
  /** A History as JSON: many services have the same, and most of them nobody reads. */
  readonly history: string;
}

type History = Pick<Migrations, 'files' | 'judgedFrom' | 'uses' | 'contractUses'> & Pick<Database, 'serverVersion'>;

export function judgedOf({ directory, files, judgedFrom, uses, contractUses, database }: Migrations): Judged {
  const history: History = { files, judgedFrom, uses, contractUses, serverVersion: database.serverVersion };
  return { directory, history: JSON.stringify(history) };
}

/**
 * Judges the migrations of services, each history once. The linter is loaded only where a verdict is not remembered, and
 * what two environments share is told once.
 */
export class MigrationLinter {
  readonly #load: Load;
  readonly #verdicts: Verdicts<readonly SqlFinding[]>;
  readonly #told = new Set<string>();
  #linter: Promise<Linter> | undefined;

  constructor(load: Load, cache: CacheOptions) {
    this.#load = load;
    this.#verdicts = new Verdicts(cache, 'migrations');
  }

  /**
   * Loads what judges, where no earlier run has judged anything. The memory of the parser makes V8 collect its garbage, whatever that
   * is: so before a catalog is read.
   */
  async prepare(): Promise<void> {
    if (!this.#verdicts.isThere()) await this.#loaded();
  }

  /** What is wrong with the migrations of a service, and what nobody has told yet of it. */
  async judge({
    key,
    migrations,
  }: Pick<Service, 'key'> & { readonly migrations: Judged | undefined }): Promise<Judgement> {
    if (migrations === undefined) return CLEAN;
    const findings = (await this.#verdict(migrations)).map((one) => diagnosticOf(one, key));
    const fresh = findings.filter((one) => {
      const text = JSON.stringify(one);
      return !this.#told.has(text) && this.#told.add(text);
    });
    return { clean: findings.length === 0, fresh };
  }

  save(): void {
    this.#verdicts.save();
  }

  #loaded(): Promise<Linter> {
    this.#linter ??= this.#load().loadLinter();
    return this.#linter;
  }

  async #verdict({ directory, history }: Judged): Promise<readonly SqlFinding[]> {
    // Where nothing is wrong it does not matter where the files stand; a finding names its file.
    const anywhere = fingerprint(history);
    const here = `${directory} ${anywhere}`;
    const known = this.#verdicts.get(anywhere) ?? this.#verdicts.get(here);
    if (known !== undefined) return known;
    const lint = await this.#loaded();
    const read: History = JSON.parse(history);
    const options = { server: read.serverVersion, transaction: true, releases: {} };
    // What is only remarked has no place in every run of synth.
    const found = lint(sourcesOf(directory, read), options).filter(({ severity }) => severity !== 'info');
    this.#verdicts.set(found.length === 0 ? anywhere : here, found);
    return found;
  }
}

/** Whether nothing is wrong, and what was found and not told before. */
export interface Judgement {
  readonly clean: boolean;
  readonly fresh: readonly Diagnostic[];
}

const CLEAN: Judgement = { clean: true, fresh: [] };

/** A contract is held against its own release, what comes before it against the one that is released. */
function sourcesOf(directory: string, { files, judgedFrom, uses, contractUses }: History): readonly SqlSource[] {
  return files.map(({ name, phase, version, sql, conf }) => ({
    path: `${directory}/${phase}/${name}`,
    bytes: Buffer.from(sql),
    ...(conf !== undefined && { conf }),
    releases: releasesOf(phase === 'contract' ? contractUses[version ?? ''] : uses),
    applied: version !== undefined && compareVersions(version, judgedFrom) < 0,
  }));
}

/** The version before a release runs beside it, and is the one to roll back to. */
function releasesOf(around: UsesAround | undefined): Releases {
  const { stable, next } = around ?? {};
  return { ...(stable && { stable: releaseUse(stable) }), ...(next && { next: releaseUse(next) }) };
}

const diagnosticOf = ({ code, severity, path, line, column, message, hint }: SqlFinding, key: string): Diagnostic => ({
  code,
  severity,
  path: `services.${key}.migrations`,
  message,
  hint,
  position: { file: path, line, column },
});
