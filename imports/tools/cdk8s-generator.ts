import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The parts of cdk8s-cli and of its dependencies that the import uses; the package publishes no entry for them. */
export interface ApiObject {
  readonly fqn: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}
export interface Definitions {
  readonly definitions: Readonly<Record<string, unknown>>;
}
interface TypeGenerator {
  addDefinition(name: string, definition: { readonly $ref: string }): void;
  render(): string;
}
interface CodeMaker {
  indentation: number;
  openFile(name: string): void;
  line(text: string): void;
  closeFile(name: string): void;
  save(directory: string): Promise<unknown>;
}
interface Parts {
  readonly 'lib/import/crd.js': {
    readonly ImportCustomResourceDefinition: new (
      manifest: string,
    ) => {
      generateTypeScript(code: CodeMaker, module: string, options: object): Promise<void>;
    };
  };
  readonly 'lib/import/k8s.js': { findApiObjectDefinitions(schema: Definitions, prefix: string): readonly ApiObject[] };
  readonly 'lib/import/k8s-util.js': {
    safeParseJsonSchema(text: string): Definitions;
    parseApiTypeName(name: string): { readonly basename: string; readonly version?: { readonly raw: string } };
  };
  readonly 'lib/import/codegen.js': {
    emitHeader(code: CodeMaker, custom: boolean): void;
    getTypeName(custom: boolean, kind: string, version: string): string;
    getPropsTypeName(object: ApiObject): string;
    generateConstruct(generator: TypeGenerator, object: ApiObject): void;
  };
  readonly json2jsii: { readonly TypeGenerator: new (options: object) => TypeGenerator };
  readonly codemaker: { readonly CodeMaker: new () => CodeMaker };
}

const manifest = createRequire(__filename).resolve('cdk8s-cli/package.json');
const fromCli = createRequire(manifest);

/** A module of cdk8s-cli, or of its own dependencies, at the version that is installed. */
export function part<Name extends keyof Parts>(name: Name): Parts[Name] {
  return fromCli(name.startsWith('lib/') ? `./${name}` : name) as Parts[Name];
}

export const generatorVersion = (): string => (fromCli('./package.json') as { readonly version: string }).version;

/** What a generator writes into a CodeMaker, as text: CodeMaker can only save to a folder. */
export async function render(emit: (code: CodeMaker) => Promise<void> | void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    const code = new (part('codemaker').CodeMaker)();
    code.indentation = 2;
    code.openFile('out.ts');
    await emit(code);
    code.closeFile('out.ts');
    await code.save(folder);
    return readFileSync(join(folder, 'out.ts'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
