import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { sortDiagnostics } from '../diagnostic/format';
import type { Path } from '../diagnostic/path';
import { schemaFaults } from './check-schema';
import { type Fault, toDiagnostics } from './faults';
import { type MigrationFolder, readMigrations } from './migration-files';
import { parseJson } from './parse';
import { without } from './prune';
import { resolveCatalog } from './resolve';
import type { CatalogInput } from './schema/catalog';
import type { Release } from './service';
import { catalogErrors, isCatalog } from './validator';

/** A catalog that was read: the releases are empty when a diagnostic is an error. */
export interface ReadCatalog {
  readonly releases: readonly Release[];
  readonly diagnostics: readonly Diagnostic[];
  /** The catalog as it was written; undefined when it is none. */
  readonly input: CatalogInput | undefined;
}

/** Reads `services.json` and the migrations beside it. Never throws for what is in the files: every fault is a diagnostic. */
export function readCatalog(file: string): ReadCatalog {
  const shown = path.basename(file);
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    return failed(shown, `${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failed(shown, `${shown} is not UTF-8 text`);
  }
  return catalogFromText(shown, text, path.dirname(file));
}

/** The same from a text; `root` is the folder against which the catalog's paths are read. */
export function catalogFromText(file: string, text: string, root: string): ReadCatalog {
  const parsed = parseJson(file, text);
  if (parsed.value === undefined) return { releases: [], diagnostics: parsed.diagnostics, input: undefined };
  const source = { file, text, value: parsed.value };
  const faults: Fault[] = [];
  const checked = checkSchema(parsed.value, faults);
  const releases = checked.catalog
    ? resolveCatalog(checked.catalog, {
        report: (fault) => faults.push(fault),
        broken: checked.broken,
        readMigrations: migrationReader(root),
      })
    : [];
  const diagnostics = sortDiagnostics([...parsed.diagnostics, ...toDiagnostics(faults, source)]);
  const failing = diagnostics.some((d) => d.severity === 'error');
  return { releases: failing ? [] : releases, diagnostics, input: checked.catalog };
}

/** The catalog without what its schema refuses, so that the later rules find the other faults in the same run. */
function checkSchema(
  value: unknown,
  faults: Fault[],
): { readonly catalog: CatalogInput | undefined; readonly broken: readonly Path[] } {
  if (isCatalog(value)) return { catalog: value, broken: [] };
  const found = schemaFaults(value, catalogErrors(value));
  faults.push(...found);
  const broken = found.filter((fault) => fault.code !== 'CAT004').map((fault) => fault.at);
  const missing = found.filter((fault) => fault.code === 'CAT004').map((fault) => [...fault.at, missingField(fault)]);
  const rest = without(value, broken);
  const stubs = typeof rest === 'object' && rest !== null && !Array.isArray(rest) ? { ...STUBS, ...rest } : STUBS;
  return { catalog: isCatalog(stubs) ? stubs : undefined, broken: [...broken, ...missing] };
}

/** What must stand in a catalog at the least; where it is missing the fault is told already. */
const STUBS = { platform: {}, environments: {}, services: {} };

const missingField = (fault: Fault): string => /^"([^"]*)"/.exec(fault.message)?.[1] ?? '';

function migrationReader(root: string): (directory: string) => MigrationFolder {
  const folders = new Map<string, MigrationFolder>();
  return (directory) => {
    const known = folders.get(directory);
    if (known) return known;
    const folder = readMigrations(root, directory);
    folders.set(directory, folder);
    return folder;
  };
}

function failed(file: string, message: string): ReadCatalog {
  const diagnostic: Diagnostic = {
    code: 'CAT009',
    severity: 'error',
    path: '(root)',
    message,
    hint: 'run this in the folder of services.json',
    position: { file, line: 1, column: 1 },
  };
  return { releases: [], diagnostics: [diagnostic], input: undefined };
}
