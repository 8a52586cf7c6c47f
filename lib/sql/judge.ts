import type { Severity } from '../diagnostic/diagnostic';
import type { SqlFinding } from './finding';
import { flywayRecognises } from './flyway';
import type { Body } from './locate';
import { opaqueCalls } from './opaque';
import { type ReadStatement, type SqlFile, teller } from './read-file';
import type { Releases } from './releases';
import type { Judged, Ran, SqlRule } from './rule';
import { SQL_RULES } from './rules';
import type { SchemaState } from './schema-state';
import type { Located } from './statement';
import { shorten } from './text';

/** What holds for all files of a run. */
export interface Settings {
  readonly server: number;
  readonly transaction: boolean;
  readonly releases: Releases;
}

/** What is known before a file. */
export interface History {
  readonly state: SchemaState;
  readonly bodies: Map<string, Body>;
}

/** Judges a file's statements one after the other and takes each over into the state. */
export function judgeFile(file: SqlFile, history: History, settings: Settings): readonly SqlFinding[] {
  return new Judge(file, history, settings).run();
}

class Judge {
  readonly #file: SqlFile;
  readonly #history: History;
  readonly #settings: Settings;
  readonly #findings: (SqlFinding & { readonly target: number })[] = [];
  readonly #before: Ran[] = [];
  #target = -1;
  #open: boolean;
  #count = 0;

  constructor(file: SqlFile, history: History, settings: Settings) {
    this.#file = file;
    this.#history = history;
    this.#settings = settings;
    this.#open = this.#whole;
  }

  /** Whether the file runs in one transaction. */
  get #whole(): boolean {
    return this.#file.transaction ?? this.#settings.transaction;
  }

  run(): readonly SqlFinding[] {
    for (const statement of this.#file.statements) this.#one(statement);
    this.#mixed();
    const rest = this.#withoutIgnored();
    return [...this.#file.findings, ...rest];
  }

  /** Flyway refuses a file of which it would run one part outside of a transaction and the rest in one. */
  #mixed(): void {
    const statements = this.#file.statements.map(({ located }) => located);
    const alone = statements.find(flywayRecognises);
    if (!this.#whole || alone === undefined || statements.every(flywayRecognises)) return;
    this.#target = alone.offset;
    this.#tell(
      'SQL015',
      alone,
      `Flyway runs "${shorten(alone.text, 50)}" outside of a transaction and the rest in one: it refuses the file`,
    );
  }

  #one({ located, body }: ReadStatement): void {
    this.#target = located.offset;
    this.#judge(located);
    this.#bodyOf(located, body);
    const { statement } = located;
    if (statement.kind === 'transaction') {
      if (statement.op === 'begin') this.#open = true;
      if (statement.op === 'commit' || statement.op === 'rollback') this.#open = false;
    }
  }

  #judge(located: Located): void {
    if (!this.#open) this.#count += 1;
    const file = this.#file.path;
    const transaction = `${file}#${this.#count}`;
    const inTransaction = this.#open || (located.within !== undefined && located.within.loop !== 'committed');
    const { state } = this.#history;
    const judged: Omit<Judged, 'tell'> = {
      ...located,
      ...this.#settings,
      state,
      file,
      phase: this.#file.phase,
      inTransaction,
      transaction,
      before: this.#before,
      fresh: (table) => state.isFresh(table, file),
    };
    for (const rule of SQL_RULES) rule.check({ ...judged, tell: this.#teller(rule, located) });
    this.#opaque(located);
    // What stands in a body may not run, so nobody may count on what it creates.
    const moment = { file: located.within === undefined ? file : `${file}#body`, transaction };
    state.apply(located.statement, moment);
    this.#before.push({ statement: located, transaction, inTransaction });
  }

  #teller(rule: SqlRule, { line, column }: Located) {
    return (message: string, hint?: string, severity?: Severity): void => {
      const told = {
        code: rule.code,
        severity: severity ?? rule.severity,
        path: this.#file.path,
        line,
        column,
        message,
      };
      this.#findings.push({ ...told, hint: hint ?? rule.hint, target: this.#target });
    };
  }

  #tell(
    code: 'SQL004' | 'SQL005' | 'SQL015',
    located: { readonly line: number; readonly column: number },
    message: string,
  ): void {
    const told: SqlFinding[] = [];
    teller(this.#file.path, told)(code, located, message);
    this.#findings.push(...told.map((one) => ({ ...one, target: this.#target })));
  }

  /** What no rule can see. */
  #opaque(located: Located): void {
    const { statement } = located;
    if (statement.kind === 'unknown') this.#tell('SQL005', located, `no rule knows ${statement.what}`);
    if (statement.kind === 'alter-table' && statement.target === 'type')
      this.#tell(
        'SQL005',
        located,
        `no rule knows ALTER TYPE ${statement.table}: versions that use its fields may fail`,
      );
    if (statement.kind === 'alter-table')
      for (const action of statement.actions)
        if (action.kind === 'unknown') this.#tell('SQL005', located, `no rule knows ALTER TABLE … ${action.what}`);
    if (statement.kind === 'copy' && statement.from === 'file')
      this.#tell('SQL004', located, `COPY ${statement.table} reads a file of the server`);
    for (const call of opaqueCalls(located)) {
      const body = this.#history.bodies.get(call);
      if (body === undefined) this.#tell('SQL004', located, `${call}() may do anything: its body is not known here`);
      else if (located.within === undefined) this.#inside(body, located);
    }
  }

  #bodyOf(located: Located, body: Body | undefined): void {
    const { statement } = located;
    if (statement.kind === 'create-function') {
      if (body !== undefined) this.#history.bodies.set(statement.name, body);
      return;
    }
    if (statement.kind === 'do') {
      if (body === undefined) this.#tell('SQL004', located, `the body of DO in ${statement.language} cannot be read`);
      else this.#inside(body, located);
    }
    if (statement.kind === 'call') {
      const known = this.#history.bodies.get(statement.procedure);
      if (known === undefined) this.#tell('SQL004', located, `CALL ${statement.procedure}: its body is not known here`);
      else this.#inside(known, located);
    }
  }

  #inside(body: Body, located: Located): void {
    for (const { line, why } of body.opaque) {
      const place = located.statement.kind === 'do' ? { line, column: 1 } : located;
      this.#tell('SQL004', place, `what runs here cannot be judged: ${why}`);
    }
    for (const statement of body.statements)
      this.#judge(
        located.statement.kind === 'do' ? statement : { ...statement, line: located.line, column: located.column },
      );
    if (body.commits && this.#open) {
      const what = located.statement.kind === 'do' ? 'DO' : 'CALL';
      this.#judge({
        ...located,
        statement: { kind: 'transaction', op: 'commit' },
        text: what,
        within: { what: 'DO', loop: 'none' },
      });
    }
  }

  #withoutIgnored(): readonly SqlFinding[] {
    const findings = this.#findings.map(({ target: _, ...finding }) => finding);
    const used = new Set<number>();
    const kept = findings.filter((finding, i) => {
      const target = this.#findings[i]?.target;
      const ignore = this.#file.ignores.findIndex(
        (one) => one.target === target && one.code === finding.code && one.reason !== '',
      );
      if (ignore >= 0) used.add(ignore);
      return ignore < 0;
    });
    const told: SqlFinding[] = [];
    const tell = teller(this.#file.path, told);
    for (const [i, ignore] of this.#file.ignores.entries()) {
      if (ignore.code === '' || ignore.reason === '') tell('SQL013', ignore, 'the ignore names no code or no reason');
      else if (!used.has(i)) tell('SQL012', ignore, `the statement behind it has no finding ${ignore.code}`);
    }
    return [...kept, ...told];
  }
}
