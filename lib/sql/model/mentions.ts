import { type Node, text, walk } from '../tree';
import { tableOf } from './names';

/** Strings and tables that stand anywhere in a statement. */
export function mentionsOf(tree: Node): { readonly literals: readonly string[]; readonly tables: readonly string[] } {
  const literals = new Set<string>();
  const tables = new Set<string>();
  walk(tree, (tag, node) => {
    if (tag === 'sval') literals.add(text(node, 'sval'));
    if (tag === 'RangeVar' || tag === 'relation') tables.add(tableOf(node));
  });
  return { literals: [...literals].filter(Boolean), tables: [...tables].filter(Boolean) };
}
