import type { Phase } from '../comments';
import type { SqlFile } from '../read-file';
import type { SchemaState } from '../schema-state';
import type { Given, Part } from './part';
import { rewrite } from './rewrite';

/** The files that a file becomes, in the order in which they run, or why a person must do it. */
export type Plan =
  | { readonly parts: readonly Part[]; readonly lockTimeout: string }
  | { readonly refused: string; readonly line: number };

const PHASE_ORDER: readonly Phase[] = ['expand', 'backfill', 'contract'];

/** Takes a file apart; `state` is what was there before it, and what is there behind it when this returns. */
export function planFile(file: SqlFile, transaction: boolean, state: SchemaState): Plan {
  const broken = file.findings.find(({ code }) => /^SQL00[1236]$/.test(code));
  if (broken !== undefined) return { refused: `it cannot be read as a whole (${broken.code})`, line: broken.line };
  if (file.text.includes('${')) return { refused: 'it has placeholders', line: 1 };
  const fresh = (table: string): boolean => state.isFresh(table, file.path);
  const parts: Part[] = [];
  let lockTimeout = "'2s'";
  for (const given of givenOf(file)) {
    const { located } = given;
    const { statement } = located;
    if (statement.kind === 'transaction' && transaction) continue;
    if (statement.kind === 'transaction') return { refused: 'it opens transactions of its own', line: located.line };
    if (statement.kind === 'set' && /^(lock|statement)_timeout$/.test(statement.name)) {
      if (statement.name === 'lock_timeout' && !statement.reset && !/^0/.test(statement.value))
        lockTimeout = `'${statement.value}'`;
      continue;
    }
    const rewritten = rewrite(given, { state, fresh });
    if ('refused' in rewritten) return { refused: rewritten.refused, line: located.line };
    parts.push(...rewritten);
    state.apply(statement, { file: file.path, transaction: file.path });
  }
  return { parts: joined(tightenLater(parts)), lockTimeout };
}

/** The statements with the comments above them. */
function givenOf(file: SqlFile): readonly Given[] {
  let end = 0;
  return file.statements.map(({ located }) => {
    const comments = file.text.slice(end, located.offset).replace(/^\ufeff?[\s;]*/, '');
    end = located.offset + located.text.length + 1;
    return { located, sql: comments + located.text, comments, phase: file.phase };
  });
}

/** What needs the data as a back-fill leaves it cannot come before it: it tightens, and so it is contract. */
function tightenLater(parts: readonly Part[]): readonly Part[] {
  const first = parts.findIndex(({ phase }) => phase === 'backfill');
  if (first < 0) return parts;
  const moved = parts.map((part, i) =>
    i > first && part.phase === 'expand' && part.tightens ? { ...part, phase: 'contract' as const } : part,
  );
  return PHASE_ORDER.flatMap((phase) => moved.filter((part) => part.phase === phase));
}

/** Neighbours that may share a transaction share a file: one table's lock, and no reading of it while it is held. */
function joined(parts: readonly Part[]): readonly Part[] {
  const files: Part[] = [];
  for (const part of parts) {
    const last = files.at(-1);
    const together =
      last !== undefined &&
      !last.alone &&
      !part.alone &&
      last.phase === part.phase &&
      !part.validates &&
      [...part.locks].every((table) => last.locks.length === 0 || last.locks.includes(table));
    if (together && last !== undefined)
      files[files.length - 1] = {
        ...last,
        sql: [...last.sql, ...part.sql],
        locks: [...new Set([...last.locks, ...part.locks])],
      };
    else files.push(part);
  }
  return files;
}

/** Whether a statement is of those that a header of timeouts is for. */
export const needsHeader = (part: Part): boolean => part.locks.length > 0 && !part.ownTimeouts;
