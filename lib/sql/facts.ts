import { Changes } from './model/data';
import { calledBy, isCall } from './model/expression';
import { Features } from './model/features';
import { Mentions } from './model/mentions';
import { statementOf } from './model/statement';
import type { Facts, Statement } from './statement';
import { type Node, walk } from './tree';

/** Statements that call functions when they run; CREATE VIEW and the like only name them. */
const RUNS: ReadonlySet<Statement['kind']> = new Set(['select', 'data', 'create-table', 'copy', 'call']);

/** What a statement's tree says, found in one walk; `text` is what it was parsed from. */
export function factsOf(tree: Node, text: string): Facts {
  const calls = new Set<string>();
  const changes = new Changes();
  const features = new Features(text);
  const mentions = new Mentions();
  walk(tree, (tag, node) => {
    if (isCall(tag)) calls.add(calledBy(node));
    changes.visit(tag, node);
    features.visit(tag, node);
    mentions.visit(tag, node);
  });
  const statement = statementOf(tree, changes);
  const { literals, tables } = mentions;
  return { statement, calls: RUNS.has(statement.kind) ? [...calls] : [], features: features.all, literals, tables };
}
