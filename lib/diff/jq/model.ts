/** A filter of jq, as far as expressions that name places take one. */
export type Filter =
  | { readonly kind: 'identity' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `.a`, `.["a"]`, `.[0]`, `.[-1]` */
  | { readonly kind: 'key'; readonly of: Filter; readonly key: string | number }
  /** `.[]` */
  | { readonly kind: 'each'; readonly of: Filter }
  /** `..` */
  | { readonly kind: 'descend' }
  /** `[.a[].b]`: all that it gives, in a list; without a filter an empty one. */
  | { readonly kind: 'collect'; readonly of: Filter | undefined }
  /** `.a?`: an error ends it quietly. */
  | { readonly kind: 'try'; readonly of: Filter }
  | { readonly kind: 'pipe' | 'comma' | 'and' | 'or' | 'alternative'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly argument: Filter | undefined };

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The functions that are known, by whether they take an argument. */
export const FUNCTIONS = {
  select: true,
  first: true,
  has: true,
  test: true,
  startswith: true,
  endswith: true,
  contains: true,
  IN: true,
  any: true,
  all: true,
  not: false,
  length: false,
  type: false,
  empty: false,
  recurse: false,
} as const satisfies Readonly<Record<string, boolean>>;

export type FunctionName = keyof typeof FUNCTIONS;
