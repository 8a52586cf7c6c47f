import type { TypeName } from './statement';

/** Whether a type change leaves the rows as they are and reads none (ATColumnChangeRequiresRewrite in tablecmds.c). */
export function keepsRows(from: TypeName, to: TypeName): boolean {
  if (from.array !== to.array) return false;
  const [old = Number.POSITIVE_INFINITY, oldScale = 0] = from.modifiers;
  const [wanted = Number.POSITIVE_INFINITY, newScale = 0] = to.modifiers;
  if (from.name === to.name && from.modifiers.join() === to.modifiers.join()) return true;
  // Each element is converted, and so each row.
  if (from.array) return false;
  const pair = `${from.name} ${to.name}`;
  if (/^(varchar|text) (varchar|text)$/.test(pair)) return wanted >= old;
  if (pair === 'numeric numeric')
    return to.modifiers.length === 0 || (from.modifiers.length > 0 && wanted >= old && newScale === oldScale);
  if (pair === 'interval interval') return to.modifiers.length === 0;
  if (/^(varbit varbit|timestamp timestamp|timestamptz timestamptz|time time|timetz timetz)$/.test(pair))
    return wanted >= old;
  return pair === 'cidr inet';
}
