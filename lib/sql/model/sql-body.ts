import type { Parser } from '../parser';
import { child, list, type Node, text, unwrap } from '../tree';
import { option } from './names';

/** The statements of a function in SQL: of its text, of BEGIN ATOMIC or of RETURN; undefined where they cannot be read. */
export function sqlBodyOf(tree: Node, parser: Parser): readonly Node[] | undefined {
  const node = child(tree, 'CreateFunctionStmt');
  const [tag, body] = unwrap(child(node, 'sql_body'));
  if (tag === 'ReturnStmt') return [asSelect(child(body, 'returnval'))];
  if (tag === 'List')
    return list(body, 'items').flatMap((one) => list(child(one, 'List'), 'items').map(statementOrReturn));
  const [given] = list(child(child(option(node, 'options', 'as') ?? {}, 'arg'), 'List'), 'items');
  const parsed = parser.parse(text(child(given ?? {}, 'String'), 'sval'));
  return parsed.ok ? parsed.trees : undefined;
}

function statementOrReturn(node: Node): Node {
  const [tag, inner] = unwrap(node);
  return tag === 'ReturnStmt' ? asSelect(child(inner, 'returnval')) : node;
}

const asSelect = (val: Node): Node => ({ SelectStmt: { targetList: [{ ResTarget: { val } }] } });
