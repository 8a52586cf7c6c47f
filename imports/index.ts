import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A JSON Schema, draft 2020-12, of one kind; it refers to nothing outside itself. */
export interface KindSchema {
  readonly [keyword: string]: unknown;
}

/** A kind that has a schema here. */
export interface KindEntry {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether the product emits it: it then has classes in src/ and a wire type in `Kinds`. */
  readonly typed: boolean;
  /** The upstream that its schema was generated from, with the version. */
  readonly source: string;
}

/** Keywords in the schemas that say something about a value without checking it, for validators that want them declared. */
export const ANNOTATION_KEYWORDS: readonly string[] = [
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-preserve-unknown-fields',
];

/** Every kind that has a schema. Reads the index, which is small, and no schema. */
export function listKinds(): readonly KindEntry[] {
  return JSON.parse(readFileSync(join(folder(), 'index.json'), 'utf8')) as readonly KindEntry[];
}

/** The schema of a kind, or undefined for a kind that is not known here. Reads the one file, at every call. */
export function schemaFor(apiVersion: string, kind: string): KindSchema | undefined {
  if (!/^(?:[a-z0-9.-]+\/)?v[a-z0-9]+$/.test(apiVersion) || !/^[A-Z][A-Za-z0-9]*$/.test(kind)) return undefined;
  const file = join(folder(), apiVersion, `${kind}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KindSchema) : undefined;
}

/** Found as a package, since the code that runs is a bundle in another folder. */
const folder = (): string => join(dirname(createRequire(__filename).resolve('@cdk8s/imports/package.json')), 'schemas');
