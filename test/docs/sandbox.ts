import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../tools/catalog';

/** What the commands of the documents read; tests are not among it. */
const COPIED = [
  '.gitignore',
  'biome.json',
  'cdk8s.yaml',
  'charts',
  'dist',
  'docs',
  'imports',
  'lib',
  'main.ts',
  'migrations',
  'package-lock.json',
  'package.json',
  'services.json',
  'test/imports/objects.ts',
  'tsconfig.json',
];

const IDENTITY = { NAME: 'test', EMAIL: 'test@example.com', DATE: '2026-01-01T00:00:00Z' };

/** Git without the machine's configuration. */
const ENVIRONMENT = {
  ...process.env,
  ...Object.fromEntries(
    Object.entries(IDENTITY).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  ),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

export interface Ran {
  readonly status: number | null;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** A copy of the repository in a folder of its own; nothing that happens in it reaches the repository. */
export class Sandbox {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  run(script: string, path = process.env.PATH): Ran {
    const { status, stdout } = spawnSync('sh', ['-c', `exec 2>&1\nset -e\n${script}`], {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...ENVIRONMENT, PATH: path },
    });
    return { status, output: stdout };
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  /** Every object in `dist/` with its file. */
  objects(): readonly RenderedObject[] {
    const dist = join(this.root, 'dist');
    return readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .flatMap((entry) =>
        parseAllDocuments(readFileSync(join(entry.parentPath, entry.name), 'utf8')).map(
          (document): RenderedObject => document.toJS(),
        ),
      );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A rendered object as far as the tests look at it. */
export interface RenderedObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  };
}

/** Where the copies of one test file are, and the first of them, from which the others are made. */
export class Sandboxes {
  readonly #folder = mkdtempSync(join(tmpdir(), 'documents-'));
  readonly #first: string;
  #made = 0;

  constructor() {
    this.#first = join(this.#folder, '0');
    for (const name of COPIED) {
      cpSync(join(ROOT, name), join(this.#first, name), {
        recursive: true,
        filter: (from) => relative(join(ROOT, name), from).split('/')[0] !== 'node_modules',
      });
    }
    linkPackages(this.#first);
    // The commands are bundled once, here.
    const { status, output } = new Sandbox(this.#first).run(
      'npm run --silent synth\ngit init -q -b main\ngit add --all\ngit commit -q -m "The sample"',
    );
    if (status !== 0) throw new Error(output);
  }

  make(): Sandbox {
    this.#made += 1;
    const root = join(this.#folder, String(this.#made));
    cpSync(this.#first, root, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    return new Sandbox(root);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The repository's packages, but with caches and the workspace of the copy. */
function linkPackages(root: string): void {
  const packages = join(ROOT, 'node_modules');
  mkdirSync(join(root, 'node_modules/@cdk8s'), { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name !== '.cache' && name !== '@cdk8s') symlinkSync(join(packages, name), join(root, 'node_modules', name));
  }
  symlinkSync('../../imports', join(root, 'node_modules/@cdk8s/imports'));
}
