import { type Node, text } from '../tree';
import { tableOf } from './names';

/** Finds strings and tables that stand anywhere in a statement. */
export class Mentions {
  readonly #literals = new Set<string>();
  readonly #tables = new Set<string>();

  visit(tag: string, node: Node): void {
    if (tag === 'sval') this.#literals.add(text(node, 'sval'));
    else if (tag === 'RangeVar' || tag === 'relation') this.#tables.add(tableOf(node));
  }

  get literals(): readonly string[] {
    return [...this.#literals].filter(Boolean);
  }

  get tables(): readonly string[] {
    return [...this.#tables].filter(Boolean);
  }
}
