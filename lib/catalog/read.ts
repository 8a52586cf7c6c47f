import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { sortDiagnostics } from '../diagnostic/format';
import { type Snapshot, snapshotReader } from '../files/snapshot';
import { decodeUtf8 } from '../files/utf8';
import type { RecalledCatalog, RememberedCatalog } from '../incremental/catalog-memory';
import { schemaFaults } from './check-schema';
import { CATALOG_CODES } from './codes';
import { type Fault, toDiagnostics } from './faults';
import type { Known } from './known-services';
import { type MigrationFolder, readMigrations } from './migration-files';
import { type Parsed, parseJson } from './parse';
import type { ResolveOptions } from './pending';
import { without } from './prune';
import { type Refused, refusedPlaces } from './refused';
import { reopen } from './reopen';
import { type PendingRelease, pendingReleases } from './resolve';
import type { CatalogInput } from './schema/catalog';
import type { Release } from './service';
import { inBytes, type Slices, writtenIn } from './slices';
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
  /** What the next run may take over; undefined where something is wrong with the catalog as a whole. */
  readonly toRemember: () => RememberedCatalog | undefined;
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
  return completed(openText(file, text, root, () => text));
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

/**
 * Opens `services.json`: what is wrong with it as a whole is found at once, what is wrong with a service when it is completed.
 * Of a catalog that is recalled only the change is read, and its text is closed.
 */
export function openCatalog(file: string, recalled?: RecalledCatalog): OpenCatalog {
  try {
    return open(file, recalled);
  } finally {
    recalled?.text.close();
  }
}

function open(file: string, recalled: RecalledCatalog | undefined): OpenCatalog {
  const shown = path.basename(file);
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return unreadable(shown, `${shown} cannot be read: ${told}`, 'run this in the folder of services.json');
  }
  const root = path.dirname(file);
  // Made again for who asks: kept, the text would take as much memory as the bytes for all of the run.
  const textAgain = () => bytes.toString('utf8');
  const reopened = recalled && reopen(recalled, bytes);
  if (reopened !== undefined) {
    const { catalog, known, slices, writtenOf } = reopened;
    const read = () => slices && { bytes, slices };
    return opened({ file: shown, root, text: textAgain, catalog, known, slices: read, writtenOf });
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) return unreadable(shown, `${shown} is not UTF-8 text`, 'save it as UTF-8');
  return openText(shown, text, root, textAgain, bytes);
}

/** Nothing in it may hold the text itself: see `openCatalog`. */
function openText(file: string, text: string, root: string, textAgain: () => string, bytes?: Buffer): OpenCatalog {
  const parsed = parseJson(file, text, isCatalog);
  const slices = bytes && parsed.slices && inBytes(parsed.slices, text);
  const faults: Fault[] = [];
  const checked = checkSchema(parsed, faults);
  return opened({
    file,
    root,
    text: textAgain,
    catalog: checked.catalog,
    refused: checked.refused,
    faults,
    diagnostics: parsed.diagnostics,
    slices: () => bytes && slices && { bytes, slices },
    writtenOf: bytes && slices ? writtenIn(bytes, slices) : () => undefined,
  });
}

/** A catalog that is read, with what was wrong with it so far. */
interface Opening {
  readonly file: string;
  readonly root: string;
  readonly text: () => string;
  readonly catalog: CatalogInput | undefined;
  readonly known?: Known;
  readonly refused?: Refused;
  readonly faults?: Fault[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly slices: () => { readonly bytes: Buffer; readonly slices: Slices } | undefined;
  readonly writtenOf: ResolveOptions['writtenOf'];
}

function opened(opening: Opening): OpenCatalog {
  const { file, root, text, catalog, known, faults = [], diagnostics = [] } = opening;
  const snapshot = snapshotReader(root);
  // The schema knows errors only.
  let errors = faults.length;
  const options: ResolveOptions = {
    report: (fault) => {
      faults.push(fault);
      if (CATALOG_CODES[fault.code].severity === 'error') errors += 1;
    },
    refused: opening.refused ?? refusedPlaces([]),
    readMigrations: migrationReader(root, snapshot),
    writtenOf: opening.writtenOf,
  };
  const releases = catalog ? pendingReleases(catalog, options, known) : [];
  const whole = faults.length === 0 && diagnostics.length === 0;
  return {
    input: catalog,
    releases,
    snapshot,
    faults: () => ({ all: diagnostics.length + faults.length, errors: diagnostics.length + errors }),
    diagnostics: () => {
      if (faults.length === 0) return sortDiagnostics(diagnostics);
      const source = { file, text: text(), value: parsedOr(text()) };
      return sortDiagnostics([...diagnostics, ...toDiagnostics(faults, source)]);
    },
    toRemember: () => (whole ? remembering(releases, opening.slices()) : undefined),
  };
}

/** The value of a text that may not be JSON. */
function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function remembering(
  releases: readonly PendingRelease[],
  read: { readonly bytes: Buffer; readonly slices: Slices } | undefined,
): RememberedCatalog | undefined {
  if (read === undefined) return undefined;
  const facts = releases.map(({ environment, services }) => [
    environment.name,
    services.flatMap((service) => service.facts()),
  ]);
  return { bytes: read.bytes, facts: { ...read.slices, releases: Object.fromEntries(facts) } };
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
    toRemember: () => undefined,
    faults: () => ({ all: 1, errors: 1 }),
    diagnostics: () => [diagnostic],
  };
}
