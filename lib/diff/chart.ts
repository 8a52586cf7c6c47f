import type { Severity } from '../diagnostic/diagnostic';
import { compareText } from '../diagnostic/format';
import type { JudgedChange } from './judge';
import { byService } from './summary';

/** What an effect comes to in a service. */
export interface ChartCell {
  /** How many objects have it. */
  readonly objects: number;
  /** The worst of them. */
  readonly severity: Severity;
}

/** Services in which the same happens. */
export interface ChartRow {
  readonly services: readonly string[];
  readonly cells: ReadonlyMap<string, ChartCell>;
}

/** A large change: services by effects. */
export interface Chart {
  /** The codes, those with the worst effects first. */
  readonly codes: readonly string[];
  /** The services with the worst effects first. */
  readonly rows: readonly ChartRow[];
}

const RANKS = { error: 0, warning: 1, info: 2 } as const;

/** What happens to whom; services to which the same happens are one row, so that a change of all of them is a short chart. */
export function chartOf(changes: readonly JudgedChange[]): Chart {
  const rows = new Map<string, { readonly services: string[]; readonly cells: ReadonlyMap<string, ChartCell> }>();
  const worst = new Map<string, number>();
  for (const [service, own] of byService(changes)) {
    const cells = cellsOf(own);
    for (const [code, { severity }] of cells) worst.set(code, Math.min(worst.get(code) ?? RANKS.info, RANKS[severity]));
    const key = JSON.stringify([...cells].sort(([a], [b]) => compareText(a, b)));
    const same = rows.get(key);
    if (same === undefined) rows.set(key, { services: [service], cells });
    else same.services.push(service);
  }
  const codes = [...worst].sort(([a, x], [b, y]) => x - y || compareText(a, b)).map(([code]) => code);
  return { codes, rows: [...rows.values()] };
}

function cellsOf(changes: readonly JudgedChange[]): ReadonlyMap<string, ChartCell> {
  const cells = new Map<string, ChartCell>();
  for (const { effects } of changes) {
    const own = new Map<string, Severity>();
    for (const { code, severity } of effects) {
      const known = own.get(code);
      if (known === undefined || RANKS[severity] < RANKS[known]) own.set(code, severity);
    }
    for (const [code, severity] of own) {
      const known = cells.get(code);
      const isWorse = known === undefined || RANKS[severity] < RANKS[known.severity];
      cells.set(code, { objects: (known?.objects ?? 0) + 1, severity: isWorse ? severity : known.severity });
    }
  }
  return cells;
}
