/** One statement of a file as it stands there, without the semicolon. */
export interface Piece {
  readonly text: string;
  /** Where its first word begins. */
  readonly offset: number;
}

/** A comment, without its marks. */
export interface Comment {
  readonly text: string;
  readonly offset: number;
}

/** Something in a file that is not SQL. */
export interface Oddity {
  readonly kind: 'unclosed' | 'psql' | 'copy-unended';
  readonly what: string;
  readonly offset: number;
}

export interface Split {
  readonly pieces: readonly Piece[];
  readonly comments: readonly Comment[];
  readonly oddities: readonly Oddity[];
  /** Lines of data behind COPY … FROM STDIN. */
  readonly copiedRows: number;
}

const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const SPACE = /[\s\ufeff]+/y;
const OTHER = /[^\s\ufeff'"$\-/;\\()A-Za-z_\u0080-\uffff]+/y;

/** Whether SPACE is worth asking, which costs more than this. */
const mayBeSpace = (c: string): boolean => c <= ' ' || c > '~';

/**
 * Splits a file into statements as PostgreSQL's own lexer reads it (scan.l): quotes, dollar quotes, nested comments,
 * `BEGIN ATOMIC` bodies and the parentheses of CREATE RULE; then COPY data and the commands of psql, which only psql knows.
 */
export function split(text: string): Split {
  return new Splitter(text).run();
}

class Splitter {
  readonly #text: string;
  readonly #pieces: Piece[] = [];
  readonly #comments: Comment[] = [];
  readonly #oddities: Oddity[] = [];
  #copied = 0;
  #at = 0;
  #start: number | undefined;
  #end = 0;
  #parens = 0;
  /** Words of the statement, as far as they decide where it ends. */
  #words: string[] = [];
  #atomic = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Split {
    while (this.#at < this.#text.length) this.#step();
    this.#finish();
    return { pieces: this.#pieces, comments: this.#comments, oddities: this.#oddities, copiedRows: this.#copied };
  }

  #step(): void {
    const text = this.#text;
    const at = this.#at;
    const c = text[at] ?? '';
    if (mayBeSpace(c) && this.#skip(SPACE)) return;
    if (c === '-' && text[at + 1] === '-') this.#lineComment();
    else if (c === '/' && text[at + 1] === '*') this.#blockComment();
    else if (c === ';') this.#semicolon();
    else if (c === '\\') this.#psql();
    else this.#token(c);
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #token(c: string): void {
    this.#start ??= this.#at;
    const before = this.#at;
    if (c === "'" || c === '"') this.#quoted(c, false);
    else if (c === '$') this.#dollar();
    else if (c === '(' || c === ')') {
      this.#parens = Math.max(0, this.#parens + (c === '(' ? 1 : -1));
      this.#at += 1;
    } else if (this.#skip(WORD)) this.#word(this.#text.slice(before, this.#at));
    else if (!this.#skip(OTHER)) this.#at += 1;
    this.#end = this.#at;
  }

  #word(word: string): void {
    if ((word === 'e' || word === 'E') && this.#text[this.#at] === "'") {
      this.#quoted("'", true);
      return;
    }
    const upper = word.toUpperCase();
    if (this.#words.length < 12) this.#words.push(upper);
    // The body of a function in SQL: BEGIN ATOMIC … END, with CASE … END inside.
    if (upper === 'ATOMIC') this.#atomic = 1;
    else if (this.#atomic > 0 && upper === 'CASE') this.#atomic += 1;
    else if (this.#atomic > 0 && upper === 'END') this.#atomic -= 1;
  }

  #quoted(quote: string, escapes: boolean): void {
    const text = this.#text;
    const open = this.#at;
    let at = open + 1;
    for (;;) {
      const end = text.indexOf(quote, at);
      if (end < 0) {
        this.#unclosed(quote === '"' ? 'quoted name' : 'string', open);
        return;
      }
      const slash = escapes ? text.indexOf('\\', at) : -1;
      if (slash >= 0 && slash < end) at = slash + 2;
      else if (text[end + 1] === quote) at = end + 2;
      else {
        this.#at = end + 1;
        return;
      }
    }
  }

  #dollar(): void {
    const open = this.#at;
    DOLLAR.lastIndex = open;
    const tag = DOLLAR.exec(this.#text)?.[0];
    if (tag === undefined) {
      this.#at += 1;
      return;
    }
    const end = this.#text.indexOf(tag, open + tag.length);
    if (end < 0) this.#unclosed(`text quoted with ${tag}`, open);
    else this.#at = end + tag.length;
  }

  #unclosed(what: string, offset: number): void {
    this.#oddities.push({ kind: 'unclosed', what, offset });
    this.#at = this.#text.length;
  }

  #lineComment(): void {
    const newline = this.#text.indexOf('\n', this.#at);
    const end = newline < 0 ? this.#text.length : newline;
    this.#comments.push({ text: this.#text.slice(this.#at + 2, end).trim(), offset: this.#at });
    this.#at = end;
  }

  #blockComment(): void {
    const open = this.#at;
    let depth = 1;
    let at = open + 2;
    const mark = /\/\*|\*\//g;
    while (depth > 0) {
      mark.lastIndex = at;
      const next = mark.exec(this.#text);
      if (next === null) {
        this.#unclosed('comment', open);
        return;
      }
      depth += next[0] === '/*' ? 1 : -1;
      at = mark.lastIndex;
    }
    this.#comments.push({ text: this.#text.slice(open + 2, at - 2).trim(), offset: open });
    this.#at = at;
  }

  #psql(): void {
    if (this.#start !== undefined) {
      this.#end = this.#at + 1;
      this.#at += 1;
      return;
    }
    const newline = this.#text.indexOf('\n', this.#at);
    const end = newline < 0 ? this.#text.length : newline;
    this.#oddities.push({ kind: 'psql', what: this.#text.slice(this.#at, end).trim(), offset: this.#at });
    this.#at = end;
  }

  #semicolon(): void {
    this.#at += 1;
    if (this.#atomic > 0 || (this.#parens > 0 && this.#words.includes('RULE'))) return;
    const copy = this.#words[0] === 'COPY' && this.#start !== undefined;
    const copies = copy && /\bfrom\s+stdin\b/i.test(this.#text.slice(this.#start, this.#end));
    this.#finish();
    if (copies) this.#copyData();
  }

  #copyData(): void {
    const from = this.#text.indexOf('\n', this.#at);
    const start = from < 0 ? this.#text.length : from + 1;
    const end = /^\\\.\r?$/m.exec(this.#text.slice(start));
    if (end === null) {
      this.#oddities.push({ kind: 'copy-unended', what: 'COPY data without \\. at its end', offset: this.#at - 1 });
      this.#at = this.#text.length;
      return;
    }
    this.#copied += this.#text.slice(start, start + end.index).split('\n').length - 1;
    this.#at = start + end.index + end[0].length;
  }

  #finish(): void {
    if (this.#start !== undefined)
      this.#pieces.push({ text: this.#text.slice(this.#start, this.#end), offset: this.#start });
    this.#start = undefined;
    this.#parens = 0;
    this.#atomic = 0;
    this.#words = [];
  }
}
