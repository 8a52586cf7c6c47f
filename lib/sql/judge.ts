import type { Severity } from '../diagnostic/diagnostic';
import type { Bodies } from './bodies';
import type { SqlFinding } from './finding';
import { flywayRecognises } from './flyway';
import type { Body } from './locate';
import { opaqueCalls } from './opaque';
import { Progress } from './progress';
import { type ReadStatement, type SqlFile, teller } from './read-file';
import type { Releases } from './releases';
import type { Judged, SqlRule } from './rule';
import { rulesOn } from './rules';
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
  readonly bodies: Bodies;
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
  readonly #progress: Progress;
  readonly #fresh: Judged['fresh'];
  readonly #later: Judged['later'];
  #target = -1;
  /** Functions and procedures that the statement runs: each is looked at once, however often and from where it is called. */
  readonly #seen = new Set<string>();
  #open: boolean;
  #count = 0;
  #index = 0;

  constructor(file: SqlFile, history: History, settings: Settings) {
    this.#file = file;
    this.#history = history;
    this.#settings = file.releases === undefined ? settings : { ...settings, releases: file.releases };
    this.#open = this.#whole;
    this.#fresh = (table) => history.state.isFresh(table, file.path);
    this.#later = (wanted) =>
      file.statements.slice(this.#index).some(({ located: { statement } }) => wanted(statement));
    this.#progress = new Progress(this.#fresh);
  }

  /** Whether the file runs in one transaction. */
  get #whole(): boolean {
    return this.#file.transaction ?? this.#settings.transaction;
  }

  run(): readonly SqlFinding[] {
    for (const statement of this.#file.statements) {
      this.#index += 1;
      this.#one(statement);
    }
    this.#leftOpen();
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

  /** What BEGIN opened must be closed again; in Flyway's own transaction a BEGIN is told by its rule. */
  #leftOpen(): void {
    const last = this.#file.statements
      .map(({ located }) => located)
      .findLast(({ statement }) => statement.kind === 'transaction');
    if (this.#whole || !this.#open || last === undefined) return;
    this.#target = last.offset;
    this.#tell('SQL206', last, 'the transaction that was begun is still open at the end of the file');
  }

  #one(statement: ReadStatement): void {
    this.#seen.clear();
    try {
      this.#run(statement);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#tell('SQL004', statement.located, 'what it calls is nested too deeply to be followed');
    }
  }

  #run({ located, body }: ReadStatement): void {
    this.#target = located.offset;
    this.#judge(located);
    const { statement } = located;
    if (statement.kind === 'create-function') this.#history.bodies.define(statement.name, statement.signature, body);
    if (statement.kind === 'do') this.#do(located, body);
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
    this.#ask(located, transaction, inTransaction);
    this.#opaque(located);
    this.#calls(located);
    // What stands in a body may not run, so nobody may count on what it creates.
    const moment = { file: located.within === undefined ? file : `${file}#body`, transaction };
    state.apply(located.statement, moment);
    this.#progress.add(located, transaction, inTransaction);
  }

  /** Asks the rules; nothing is told of a file that has been applied. */
  #ask(located: Located, transaction: string, inTransaction: boolean): void {
    if (this.#file.applied) return;
    const { statement, text, offset, line, column, calls, literals, features, tables, within } = located;
    let current: SqlRule | undefined;
    // One object for all rules, written out: a copy for each, and spreading what it is made of, took most of the time.
    const judged: Judged = {
      statement,
      text,
      offset,
      line,
      column,
      calls,
      literals,
      features,
      tables,
      within,
      server: this.#settings.server,
      releases: this.#settings.releases,
      state: this.#history.state,
      file: this.#file.path,
      phase: this.#file.phase,
      inTransaction,
      transaction,
      progress: this.#progress,
      later: this.#later,
      fresh: this.#fresh,
      tell: (message, hint, severity) => {
        if (current !== undefined) this.#found(current, located, message, hint, severity);
      },
    };
    for (const rule of rulesOn(statement.kind)) {
      current = rule;
      rule.check(judged);
    }
  }

  #found(rule: SqlRule, { line, column }: Located, message: string, hint?: string, severity?: Severity): void {
    const told = { code: rule.code, severity: severity ?? rule.severity, path: this.#file.path, line, column, message };
    this.#findings.push({ ...told, hint: hint ?? rule.hint, target: this.#target });
  }

  #tell(
    code: 'SQL004' | 'SQL005' | 'SQL015' | 'SQL206' | 'SQL214',
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
    if (statement.kind === 'copy' && statement.with === 'file')
      this.#tell('SQL004', located, `COPY ${statement.table} uses a file or a program of the server`);
    if (statement.kind === 'do' && located.within !== undefined)
      this.#tell('SQL004', located, 'DO in a body cannot be read');
  }

  /** What the functions and the procedure that a statement calls do, where the history tells; the others may do anything. */
  #calls(located: Located): void {
    const { bodies } = this.#history;
    for (const call of opaqueCalls(located, bodies)) this.#called(call.replace(/^public\./, ''), `${call}()`, located);
    if (located.statement.kind === 'call') {
      const { procedure } = located.statement;
      this.#called(procedure, `CALL ${procedure}`, located);
    }
  }

  #called(name: string, what: string, located: Located): void {
    const found = this.#history.bodies.of(name);
    if (found.length === 0 || found.includes(undefined))
      this.#tell('SQL004', located, `${what} may do anything: its body is not known here`);
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    for (const body of found) if (body !== undefined) this.#body(body, located);
  }

  #do(located: Located, body: Body | undefined): void {
    const { statement } = located;
    if (body !== undefined) this.#body(body, located);
    else if (statement.kind === 'do')
      this.#tell('SQL004', located, `the body of DO in ${statement.language} cannot be read`);
  }

  /** Judges what a body does, where it runs: the lines of DO are lines of the file, a function's are told at its call. */
  #body(body: Body, located: Located): void {
    const own = located.statement.kind === 'do';
    for (const { line, why } of body.opaque)
      this.#tell('SQL004', own ? { line, column: 1 } : located, `what runs here cannot be judged: ${why}`);
    for (const line of body.refused)
      this.#tell(
        'SQL214',
        own ? { line, column: 1 } : located,
        'COMMIT is refused with 2D000 in a function, and in a block with EXCEPTION',
      );
    for (const statement of body.statements)
      this.#judge(own ? statement : { ...statement, line: located.line, column: located.column });
    if (body.commits && this.#open)
      this.#judge({
        ...located,
        statement: { kind: 'transaction', op: 'commit' },
        calls: [],
        text: own ? 'DO' : 'CALL',
        within: { what: 'DO', loop: 'none' },
      });
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
