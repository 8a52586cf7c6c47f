import type { Located } from './statement';

/** What a file's name says to Flyway. */
export interface FlywayName {
  /** The service: the folder above the phase's. */
  readonly service: string;
  readonly folder: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly repeatable: boolean;
}

const VERSIONED = /^V([0-9]+(?:[._][0-9]+)*)__.+\.sql$/;

/** Takes a path apart. */
export function flywayName(path: string): FlywayName {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2) ?? '';
  const phased = /^(expand|backfill|contract)$/.test(folder);
  return {
    service: parts.slice(0, phased ? -2 : -1).join('/'),
    folder: phased ? folder : '',
    name,
    version: VERSIONED.exec(name)?.[1]?.replaceAll('_', '.'),
    repeatable: /^R__.+\.sql$/.test(name),
  };
}

/** Versions in Flyway's order: by their numbers, so that 1 and 1.0 are the same. */
export function compareFlywayVersions(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const [x = '0', y = '0'] = [left[i], right[i]];
    const difference = x === y ? 0n : BigInt(x) - BigInt(y);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

/** The settings of a script's .conf file that matter, and the lines that mean nothing. */
export function parseConf(text: string): {
  readonly transaction: boolean | undefined;
  readonly unknown: readonly string[];
} {
  let transaction: boolean | undefined;
  const unknown: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [key = '', value = ''] = trimmed.split('=').map((part) => part.trim());
    if (key === 'executeInTransaction' && /^(true|false)$/i.test(value)) transaction = value.toLowerCase() === 'true';
    else if (!/^(encoding|placeholderReplacement|shouldExecute|flyway\..+)$/.test(key)) unknown.push(trimmed);
  }
  return { transaction, unknown };
}

/**
 * Whether Flyway itself runs a statement outside a transaction (PostgreSQLParser.java, detectCanExecuteInTransaction);
 * REINDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY and a COMMIT in DO or CALL are not among them.
 */
export function flywayRecognises({ statement, text }: Located): boolean {
  if (statement.kind === 'create-index') return statement.concurrent;
  if (statement.kind === 'drop') return statement.concurrent || /^(DATABASE|TABLESPACE)$/.test(statement.object);
  if (statement.kind === 'vacuum') return !statement.analyzeOnly;
  return /^(create\s+(database|tablespace|subscription)|alter\s+system|discard\s+all)\b/i.test(text);
}

/** Something that `${…}` stands for. */
export interface Placeholder {
  readonly offset: number;
  readonly name: string;
  /** It stands for a name, behind a word that wants one or before a dot. */
  readonly harmless: boolean;
}

const PLACEHOLDER = /\$\{([^}\s]{1,200})\}/g;
const WANTS_NAME =
  /\b(from|into|table|join|update|on|to|schema|owner|role|user|exists|only|index|view|concurrently|references|tablespace|public|for)\s+"?$/i;

/** Puts a name of the same length in the place of each placeholder, so that the text can be parsed and places stay. */
export function replacePlaceholders(text: string): {
  readonly text: string;
  readonly placeholders: readonly Placeholder[];
} {
  if (!text.includes('${')) return { text, placeholders: [] };
  const placeholders: Placeholder[] = [];
  const replaced = text.replace(PLACEHOLDER, (whole: string, name: string, offset: number) => {
    const before = text.slice(Math.max(0, offset - 60), offset);
    const after = text.slice(offset + whole.length, offset + whole.length + 2);
    placeholders.push({ offset, name, harmless: WANTS_NAME.test(before) || /^"?\./.test(after) });
    return `p_${name.replace(/[^A-Za-z0-9_]/g, '_').toLowerCase()}_`;
  });
  return { text: replaced, placeholders };
}
