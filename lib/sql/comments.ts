import type { Comment } from './split';

export const PHASES = ['expand', 'backfill', 'contract'] as const;
/** What a migration is for: see docs/how-to/write-a-migration.md. */
export type Phase = (typeof PHASES)[number];

export const isPhase = (word: string): word is Phase => PHASES.some((phase) => phase === word);

/** A comment that says not to tell a finding of the statement behind it. */
export interface Ignore {
  readonly code: string;
  readonly reason: string;
  readonly offset: number;
}

const PHASE = /^(?:cutover:\s*)?phase\s*[:= ]\s*([A-Za-z_-]+)\s*$/i;
const IGNORE = /^cutover:\s*ignore\s+(.*)$/is;
const CODE = /^(SQL\d{3})\b[\s:,–-]*(.*)$/s;

/** The phases that comments before the first statement declare. */
export function declaredPhases(
  comments: readonly Comment[],
  first: number,
): readonly (Comment & { readonly phase: string })[] {
  return comments
    .filter(({ offset }) => offset < first)
    .flatMap((comment) => {
      const phase = PHASE.exec(comment.text)?.[1]?.toLowerCase().replace('back-fill', 'backfill');
      return phase === undefined ? [] : [{ ...comment, phase }];
    });
}

/** The ignores of a file: `-- cutover:ignore SQL101 the table has ten rows`; without a code or reason both are ''. */
export function ignoresOf(comments: readonly Comment[]): readonly Ignore[] {
  return comments.flatMap(({ text, offset }) => {
    const rest = IGNORE.exec(text)?.[1];
    if (rest === undefined) return [];
    const found = CODE.exec(rest.trim());
    return [{ code: found?.[1] ?? '', reason: found?.[2]?.trim() ?? '', offset }];
  });
}
