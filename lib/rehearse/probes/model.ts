/** One statement of a version, as the service sends it. */
export interface Probe {
  /** The version of the image that sends it. */
  readonly version: string;
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** Where the value of a parameter comes from: a row that is there, or made up anew for each call. */
export type Parameter =
  | { readonly kind: 'column'; readonly table: string; readonly column: string }
  | { readonly kind: 'uniqueText' | 'uniqueNumber' };

/** One call of a probe. */
export interface Sample {
  readonly probe: Probe;
  readonly startedMs: number;
  /** From sending to the answer. */
  readonly ms: number;
  readonly failure: Failure | undefined;
}

export interface Failure {
  /** Undefined where the server gave no answer. */
  readonly sqlState: string | undefined;
  readonly message: string;
}

/** Where the catalog has a probe; `path` is that of the migrations. */
export const probePath = (path: string, { version, name }: Pick<Probe, 'version' | 'name'>): string =>
  `${path}.rehearsal.versions["${version}"].probes.${name}`;

const PARAMETER = /^(?<table>[a-z_][a-z0-9_]*)\.(?<column>[a-z_][a-z0-9_]*)$/;

/** Reads a parameter as the catalog writes it: `users.email`, `uniqueText` or `uniqueNumber`. */
export function parameterOf(text: string): Parameter {
  const { table, column } = PARAMETER.exec(text)?.groups ?? {};
  if (table !== undefined && column !== undefined) return { kind: 'column', table, column };
  return { kind: text === 'uniqueNumber' ? 'uniqueNumber' : 'uniqueText' };
}
