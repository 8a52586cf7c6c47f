import * as fs from 'node:fs';
import * as path from 'node:path';
import { type BenchCatalog, benchCatalog, type CatalogOptions } from './catalog';
import { writeFile } from './files';
import type { Command } from './measure';

/** What a checkout of the project has, without its sample, its output and its tests. */
const PARTS = ['main.ts', 'lib', 'charts', 'imports', 'package.json', 'package-lock.json'];

/** Of what the product keeps between runs, the bundle. All else is the index. */
const BUNDLE = 'synth';

/** Where the product checks something: the catalog, gates against objectives, migrations, rendered objects. */
const CHECKS: readonly { readonly file: string; readonly check: string; readonly without: string }[] = [
  { file: 'lib/catalog/validator.ts', check: 'return fits(shape, part);', without: 'return true;' },
  { file: 'lib/catalog/complete/service.ts', check: 'checkRating(context, service);', without: '' },
  {
    file: 'lib/cli/migration-linter.ts',
    check: 'if (migrations === undefined) return CLEAN;',
    without: 'return CLEAN;',
  },
  { file: 'charts/render.ts', check: 'checkObjects(path, objects)', without: '[]' },
];

/**
 * A checkout of the project with a generated catalog in the place of the sample. The product is copied, so that its cache is its
 * own, a scenario may age its files, and nobody's edits change what is measured half-way.
 */
export class Workspace {
  readonly root: string;
  readonly #services: number;
  readonly #unlike: boolean;
  #changes = 0;

  constructor(
    product: string,
    root: string,
    services: number,
    { unlike = false }: Pick<CatalogOptions, 'unlike'> = {},
  ) {
    this.root = root;
    this.#services = services;
    this.#unlike = unlike;
    fs.mkdirSync(root, { recursive: true });
    for (const part of PARTS) fs.cpSync(path.join(product, part), path.join(root, part), { recursive: true });
    linkPackages(product, root);
    const catalog = this.catalog();
    for (const [file, text] of catalog.migrations) writeFile(path.join(root, file), text);
    this.#writeCatalog(catalog);
  }

  catalog(): BenchCatalog {
    return benchCatalog(this.#services, { changes: this.#changes, unlike: this.#unlike });
  }

  get output(): string {
    return path.join(this.root, 'dist');
  }

  /** `npm run synth` without npm. */
  get synth(): Command {
    return {
      command: process.execPath,
      arguments: [path.join(this.root, 'lib/cli/launch.cjs'), 'synth'],
      cwd: this.root,
    };
  }

  /** The same for one shard. */
  shard(index: number, count: number): Command {
    const { synth } = this;
    return { ...synth, arguments: [...synth.arguments, '--shard', `${index}/${count}`] };
  }

  /** One service gets a new version. */
  changeOne(): void {
    this.#changes += 1;
    this.#writeCatalog(this.catalog());
  }

  /** No index and no output; the bundle stays. */
  forget(): void {
    const cache = path.join(this.root, 'node_modules/.cache/cutover');
    for (const name of fs.existsSync(cache) ? fs.readdirSync(cache) : []) {
      if (name !== BUNDLE) fs.rmSync(path.join(cache, name), { recursive: true });
    }
    fs.rmSync(this.output, { recursive: true, force: true });
  }

  /** Takes all that is checked out of this copy of the product, which has no switch for that. */
  leaveOutChecks(): void {
    for (const { file, check, without } of CHECKS) {
      const place = path.join(this.root, file);
      const text = fs.readFileSync(place, 'utf8');
      const changed = text.replace(check, without);
      if (changed === text) throw new Error(`${file} checks in another form: see CHECKS`);
      fs.writeFileSync(place, changed);
    }
  }

  /** As after a checkout with a restored cache: every file is another one with a time of now, and what it holds is the same. */
  checkOut(): void {
    for (const part of [...PARTS, 'services.json', 'migrations', 'dist']) {
      const file = path.join(this.root, part);
      if (!fs.existsSync(file)) continue;
      fs.cpSync(file, `${file}.new`, { recursive: true });
      fs.rmSync(file, { recursive: true });
      fs.renameSync(`${file}.new`, file);
    }
  }

  #writeCatalog({ catalog }: BenchCatalog): void {
    writeFile(path.join(this.root, 'services.json'), `${JSON.stringify(catalog, undefined, 2)}\n`);
  }
}

/** The product as it is now: all workspaces are made of it, so that nobody's edits come between one size and the next. */
export function snapshot(repository: string, to: string): string {
  for (const part of PARTS) fs.cpSync(path.join(repository, part), path.join(to, part), { recursive: true });
  fs.symlinkSync(path.join(repository, 'node_modules'), path.join(to, 'node_modules'));
  return to;
}

/** A node_modules of its own, so that the cache in it is its own; the packages are those of the product. */
function linkPackages(product: string, root: string): void {
  const from = path.join(product, 'node_modules');
  const to = path.join(root, 'node_modules');
  fs.mkdirSync(path.join(to, '@cdk8s'), { recursive: true });
  for (const name of fs.readdirSync(from)) {
    if (!name.startsWith('.') && name !== '@cdk8s') fs.symlinkSync(path.join(from, name), path.join(to, name));
  }
  fs.symlinkSync('../../imports', path.join(to, '@cdk8s/imports'));
}
