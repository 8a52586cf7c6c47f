import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { classModules } from './classes';
import { KINDS, type KindList } from './kinds';
import { printIndex, printSchema, schemaFile } from './print';
import { kindSchemas } from './schemas';
import { readSources, type Sources } from './sources';
import { droppedProperties, wireModule } from './wire';

/** Folders that hold nothing but generated files: what is not generated any more is removed. */
const GENERATED_FOLDERS = ['src', 'schemas'];

const USAGE = 'npm run import [-- --crds <folder> --k8s <folder>] [--out <folder>]';

/** Every generated file, by its path below imports/. Same sources, same bytes. */
export async function generate(sources: Sources, kinds: KindList): Promise<ReadonlyMap<string, string>> {
  const modules = await classModules(sources, kinds);
  const schemas = kindSchemas(sources, kinds);
  return new Map([
    ...modules.map(({ name, text }) => [`src/${name}.ts`, text] as const),
    ...schemas.map((schema) => [`schemas/${schemaFile(schema.apiVersion, schema.kind)}`, printSchema(schema)] as const),
    ['schemas/index.json', printIndex(schemas)],
    ['wire.generated.ts', wireModule(modules, kinds, schemas, droppedProperties(sources, kinds, modules))],
  ]);
}

/** Writes the generated files below `out`, by default the imports folder of the project at `root`. */
export async function main(root: string, args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { crds: text, k8s: text, out: text } });
  const { crds, k8s: kubernetes, out = join(root, 'imports') } = values;
  if ((crds === undefined) !== (kubernetes === undefined)) {
    process.stderr.write(`--crds and --k8s go together\nusage: ${USAGE}\n`);
    return 2;
  }
  const folders = crds !== undefined && kubernetes !== undefined ? { crds, kubernetes } : undefined;
  const sources = await readSources(readFileSync(join(root, 'cdk8s.yaml'), 'utf8'), KINDS, folders);
  const files = await generate(sources, KINDS);
  for (const folder of GENERATED_FOLDERS) rmSync(join(out, folder), { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), content);
  }
  process.stdout.write(`${files.size} files written to ${out}\n`);
  return 0;
}
