import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../tools/catalog';

/** A fenced block of a document. `line` is that of the opening fence, from 1. */
export interface Fence {
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

export interface Link {
  readonly line: number;
  readonly target: string;
}

/** A document as far as the tests look into it; `path` is from the root of the repository. */
export interface Document {
  readonly path: string;
  readonly fences: readonly Fence[];
  readonly links: readonly Link[];
  /** What stands between single backticks in the text. */
  readonly code: readonly string[];
  readonly anchors: ReadonlySet<string>;
  readonly lines: readonly string[];
}

/** Reads a document. An open fence at its end is a fence up to the end. */
export function parseDocument(path: string, text: string): Document {
  const fences: Fence[] = [];
  const links: Link[] = [];
  const code: string[] = [];
  const slugs = new Map<string, number>();
  const anchors = new Set<string>();
  const lines = text.split('\n');
  let open: { readonly line: number; readonly info: string; readonly body: string[] } | undefined;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('```')) {
      if (open === undefined) open = { line: i + 1, info: line.slice(3).trim(), body: [] };
      else {
        fences.push({ line: open.line, info: open.info, text: open.body.join('\n') });
        open = undefined;
      }
    } else if (open !== undefined) open.body.push(line);
    else {
      const heading = /^#{1,6} (.*)$/.exec(line)?.[1];
      if (heading !== undefined) anchors.add(unique(slugOf(heading), slugs));
      const prose = line.replace(/`([^`]+)`/g, (_, span: string) => {
        code.push(span);
        return '``';
      });
      for (const match of prose.matchAll(/\]\(([^)\s]+)\)/g)) links.push({ line: i + 1, target: match[1] ?? '' });
    }
  }
  if (open !== undefined) fences.push({ line: open.line, info: open.info, text: open.body.join('\n') });
  return { path, fences, links, code, anchors, lines };
}

/** GitHub's anchor of a heading. */
function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function unique(slug: string, seen: Map<string, number>): string {
  const times = seen.get(slug) ?? 0;
  seen.set(slug, times + 1);
  return times === 0 ? slug : `${slug}-${times}`;
}

const read = (path: string): Document => parseDocument(path, readFileSync(join(ROOT, path), 'utf8'));

const below = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();

const generated = (path: string): boolean => path.startsWith('docs/reference/') || path === 'docs/rules.md';

/** Benchmarks have commands of their own that take minutes; their tests are beside them. */
const benchmark = (path: string): boolean => path.startsWith('docs/benchmarks');

/** Every document of the repository. */
export const ALL_DOCUMENTS: readonly Document[] = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'README.md',
  'imports/README.md',
  ...below('docs'),
].map(read);

/** The documents whose blocks are looked at: those that people write. */
export const DOCUMENTS: readonly Document[] = ALL_DOCUMENTS.filter(
  ({ path }) => !generated(path) && !benchmark(path) && path !== 'imports/README.md',
);

/** What a block is for, by its info string. */
export type Block =
  | { readonly kind: 'commands' }
  | { readonly kind: 'output'; readonly exit: number }
  | { readonly kind: 'excerpt'; readonly file: string }
  | { readonly kind: 'whole'; readonly file: string }
  | { readonly kind: 'patch'; readonly file: string }
  | { readonly kind: 'shown' };

/** Gives undefined for an info string that says nothing a test could hold it to. */
export function blockOf({ info }: Fence): Block | undefined {
  if (info === 'sh') return { kind: 'commands' };
  if (info === 'mermaid' || info === 'text') return { kind: 'shown' };
  const output = /^text output(?:, exit (?<exit>\d+))?$/.exec(info);
  if (output !== null) return { kind: 'output', exit: Number(output.groups?.exit ?? 0) };
  const file = /^(?<language>[a-z]+) (?<file>[\w./-]+\.[a-z]+)(?<whole> \(whole file\))?$/.exec(info)?.groups;
  if (file?.file === undefined) return undefined;
  if (file.language === 'diff') return { kind: 'patch', file: file.file };
  return { kind: file.whole === undefined ? 'excerpt' : 'whole', file: file.file };
}
