import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { sortDiagnostics } from '../diagnostic/format';
import { type Snapshot, snapshotReader } from '../files/snapshot';
import { schemaFaults } from './check-schema';
import { CATALOG_CODES } from './codes';
import { type Fault, toDiagnostics } from './faults';
import { type MigrationFolder, readMigrations } from './migration-files';
import { type Parsed, parseJson } from './parse';
import { without } from './prune';
import { type Refused, refusedPlaces } from './refused';
import { type PendingRelease, pendingReleases } from './resolve';
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

/** A catalog whose services are completed one by one, so that a thousand of them are never in memory at once. */
export interface OpenCatalog {
  readonly input: CatalogInput | undefined;
  readonly releases: readonly PendingRelease[];
  /** What stands at a path that the catalog names. */
  readonly snapshot: (path: string) => Snapshot;
  /** How many faults there are so far, and how many of them are errors: more may come with each service that is completed. */
  readonly faults: () => FaultCount;
  /** Every fault so far as a diagnostic, in the order of the file. */
  readonly diagnostics: () => readonly Diagnostic[];
}

export interface FaultCount {
  readonly all: number;
  readonly errors: number;
}

/** Reads `services.json` and the migrations beside it. Never throws for what is in the files: every fault is a diagnostic. */
export function readCatalog(file: string): ReadCatalog {
  return completed(openCatalog(file));
}

/** The same from a text; `root` is the folder against which the catalog's paths are read. */
export function catalogFromText(file: string, text: string, root: string): ReadCatalog {
  return completed(openText(file, text, root));
}

function completed(catalog: OpenCatalog): ReadCatalog {
  const releases = catalog.releases.map(({ platform, environment, services }) => ({
    platform,
    environment,
    services: services.map((service) => service.complete()),
  }));
  const diagnostics = catalog.diagnostics();
  const failing = diagnostics.some((d) => d.severity === 'error');
  return { releases: failing ? [] : releases, diagnostics, input: catalog.input };
}

/** Opens `services.json`: what is wrong with it as a whole is found at once, what is wrong with a service when it is completed. */
export function openCatalog(file: string): OpenCatalog {
  const shown = path.basename(file);
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return unreadable(shown, `${shown} cannot be read: ${told}`, 'run this in the folder of services.json');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return unreadable(shown, `${shown} is not UTF-8 text`, 'save it as UTF-8');
  }
  return openText(shown, text, path.dirname(file));
}

function openText(file: string, text: string, root: string): OpenCatalog {
  const parsed = parseJson(file, text, isCatalog);
  const faults: Fault[] = [];
  const snapshot = snapshotReader(root);
  const checked = checkSchema(parsed, faults);
  // The schema knows errors only.
  let errors = faults.length;
  const releases = checked.catalog
    ? pendingReleases(checked.catalog, {
        report: (fault) => {
          faults.push(fault);
          if (CATALOG_CODES[fault.code].severity === 'error') errors += 1;
        },
        refused: checked.refused,
        readMigrations: migrationReader(root, snapshot),
      })
    : [];
  const source = { file, text, value: parsed.value };
  return {
    input: checked.catalog,
    releases,
    snapshot,
    faults: () => ({ all: parsed.diagnostics.length + faults.length, errors: parsed.diagnostics.length + errors }),
    diagnostics: () => sortDiagnostics([...parsed.diagnostics, ...toDiagnostics(faults, source)]),
  };
}

/** The catalog without what its schema refuses, so that the later rules find the other faults in the same run. */
function checkSchema(
  { value, known }: Parsed<CatalogInput>,
  faults: Fault[],
): { readonly catalog: CatalogInput | undefined; readonly refused: Refused } {
  if (known !== undefined || value === undefined) return { catalog: known, refused: refusedPlaces([]) };
  const found = schemaFaults(value, catalogErrors(value));
  for (const { absent: _, ...fault } of found) faults.push(fault);
  const places = found.filter((fault) => fault.code !== 'CAT004').map((fault) => fault.at);
  const rest = without(value, places);
  return {
    catalog: hasTypesOfCatalog(rest) ? { ...STUBS, ...rest } : STUBS,
    refused: refusedPlaces([...places, ...found.flatMap(({ absent }) => (absent === undefined ? [] : [absent]))]),
  };
}

/** What must stand in a catalog at the least; where it is missing the fault is told already. */
const STUBS: CatalogInput = { platform: {}, environments: {}, services: {} };

/** What pruning may break in turn: too little is left. The types promise nothing about that. */
const LEFT_BY_PRUNING = ['required', 'minProperties', 'minItems'];

function hasTypesOfCatalog(value: unknown): value is CatalogInput {
  return catalogErrors(value).every(({ keyword }) => LEFT_BY_PRUNING.includes(keyword));
}

function migrationReader(
  root: string,
  snapshot: (directory: string) => Snapshot,
): (directory: string) => MigrationFolder {
  const folders = new Map<string, MigrationFolder>();
  return (directory) => {
    const known = folders.get(directory);
    if (known) return known;
    const folder = readMigrations(root, directory, snapshot);
    folders.set(directory, folder);
    return folder;
  };
}

function unreadable(file: string, message: string, hint: string): OpenCatalog {
  const diagnostic: Diagnostic = {
    code: 'CAT009',
    severity: 'error',
    path: '(root)',
    message,
    hint,
    position: { file, line: 1, column: 1 },
  };
  return {
    input: undefined,
    releases: [],
    snapshot: () => ({ kind: 'absent' }),
    faults: () => ({ all: 1, errors: 1 }),
    diagnostics: () => [diagnostic],
  };
}
