import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RenderedFile, renderEnvironment, renderService } from '../../charts/render';
import { CATALOG_CODES } from '../../lib/catalog/codes';
import { readCatalog } from '../../lib/catalog/read';
import type { Release } from '../../lib/catalog/service';
import type { Diagnostic } from '../../lib/diagnostic/diagnostic';
import { formatDiagnostics } from '../../lib/diagnostic/format';
import { valueAt } from '../../lib/diagnostic/path';
import { SCHEMA_RULE } from '../../lib/manifest/check';
import { MANIFEST_RULES } from '../../lib/manifest/rules';
import type { Case } from './cases';
import { readBack } from './read-back';

/** How a catalog ended: told what is wrong, rendered and clean, or broken: what must never be. */
export type Verdict =
  | { readonly kind: 'told'; readonly codes: readonly string[] }
  | { readonly kind: 'clean'; readonly files: number }
  | { readonly kind: 'broken'; readonly why: string };

export type Probed = Pick<Case, 'bytes' | 'migration'>;

const CODES: ReadonlySet<string> = new Set([
  ...Object.keys(CATALOG_CODES),
  SCHEMA_RULE.code,
  ...MANIFEST_RULES.map((rule) => rule.code),
]);

/** Takes a catalog's bytes the whole way, in a folder where its migrations stand. */
export function probe({ bytes, migration }: Probed, folder: string): Verdict {
  const remove = migration && put(join(folder, migration.path), migration.bytes);
  try {
    const file = join(folder, 'services.json');
    writeFileSync(file, bytes);
    return judge(file);
  } catch (error) {
    if (!(error instanceof Error)) return { kind: 'broken', why: `thrown: ${String(error)}` };
    const [, where = ''] = /\n\s+at (.*)/.exec(error.stack ?? '') ?? [];
    return { kind: 'broken', why: `thrown: ${error.message} (${where})` };
  } finally {
    remove?.();
  }
}

/** Puts a file in a place; gives what brings back what stood there. */
function put(file: string, bytes: Uint8Array): () => void {
  const before = existsSync(file) ? readFileSync(file) : undefined;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return () => (before === undefined ? rmSync(file) : writeFileSync(file, before));
}

function judge(file: string): Verdict {
  const { releases, diagnostics } = readCatalog(file);
  const failing = diagnostics.some(isError);
  if (failing === releases.length > 0) return { kind: 'broken', why: 'neither errors nor releases, or both' };
  const files = releases.flatMap(filesOf);
  const found = [...diagnostics, ...files.flatMap(({ findings }) => findings)];
  const why = found.map(complaint).find((one) => one !== undefined) ?? unprintable(found);
  if (why !== undefined) return { kind: 'broken', why };
  if (found.some(isError)) return { kind: 'told', codes: [...new Set(found.filter(isError).map(({ code }) => code))] };
  const paths = new Set(files.map(({ path }) => path.toLowerCase()));
  if (paths.size < files.length) return { kind: 'broken', why: 'two files of one name' };
  const unread = files.map(misread).find((one) => one !== undefined);
  return unread === undefined ? { kind: 'clean', files: files.length } : { kind: 'broken', why: unread };
}

const filesOf = ({ platform, environment, services }: Release): readonly RenderedFile[] => [
  ...renderEnvironment(platform, environment),
  ...services.flatMap((service) => renderService(platform, environment, service)),
];

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

function complaint({ code, path, message }: Diagnostic): string | undefined {
  if (!CODES.has(code)) return `unknown code ${code}`;
  return path === '' || message === '' ? `${code} without a path or words` : undefined;
}

function unprintable(found: readonly Diagnostic[]): string | undefined {
  const words = formatDiagnostics(found);
  return /[^\n -~\p{L}\p{N}\p{P}\p{S}\p{M}\p{Zs}]/u.test(words) ? 'a control character in the words' : undefined;
}

/** Why a text is not read everywhere as the same objects. */
function misread({ path, text }: RenderedFile): string | undefined {
  // Terraform's, which is JSON and no object of Kubernetes.
  if (path.endsWith('.tf.json')) return typeof JSON.parse(text) === 'object' ? undefined : `${path}: no object`;
  // A runbook is for people; test/charts/runbook.test.ts holds what a catalog can put into it.
  if (path.endsWith('.md')) return undefined;
  for (const read of readBack(text)) {
    if ('why' in read) return read.why;
    if (typeof valueAt(read.value, ['kind']) !== 'string') return 'YAML: a document without a kind';
  }
  return undefined;
}
