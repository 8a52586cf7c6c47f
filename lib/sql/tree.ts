/** A node of PostgreSQL's parse tree, as its parser writes it. Read only here and in the files that make statements of it. */
export type Node = Readonly<Record<string, unknown>>;

/** Whether something may stand below a value. */
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether a value is an object with fields. */
export const isNode = (value: unknown): value is Node => isObject(value) && !Array.isArray(value);

/** The node below a field; an empty one where there is none. */
export function child(node: Node, key: string): Node {
  const value = node[key];
  return isNode(value) ? value : EMPTY;
}

const EMPTY: Node = {};

/** Whether a field is there. */
export const has = (node: Node, key: string): boolean => node[key] !== undefined;

/** The nodes of a list. */
export function list(node: Node, key: string): readonly Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text of a field, or '' where there is none. */
export function text(node: Node, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** The number of a field, or undefined where there is none. */
export function number(node: Node, key: string): number | undefined {
  const value = node[key];
  return typeof value === 'number' ? value : undefined;
}

/** Whether a field is true; false is not written. */
export const flag = (node: Node, key: string): boolean => node[key] === true;

/** The kind of a wrapped node (`{"SelectStmt": {…}}`) and what it wraps. */
export function unwrap(node: Node): readonly [tag: string, inner: Node] {
  const [tag] = Object.keys(node);
  return tag === undefined ? ['', EMPTY] : [tag, child(node, tag)];
}

/** The texts of a list of strings, as names are written. */
export const names = (node: Node, key: string): readonly string[] => list(node, key).map(stringOf);

/** The text of a String node. */
export const stringOf = (node: Node): string => text(child(node, 'String'), 'sval');

/** Visits a node and all below it, parents first, without recursion: a tree may be as deep as the input makes it. */
export function walk(root: unknown, visit: (tag: string, node: Node) => void): void {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i -= 1) if (isObject(value[i])) open.push(value[i]);
    } else if (isNode(value)) {
      const lowest = open.length;
      for (const key of Object.keys(value)) {
        const below = value[key];
        if (!isObject(below)) continue;
        open.push(below);
        if (isNode(below)) visit(key, below);
      }
      reverseFrom(open, lowest);
    }
  }
}

/** Turns round the end of a list, so that what was put there first is taken first. */
function reverseFrom(list: unknown[], start: number): void {
  for (let low = start, high = list.length - 1; low < high; low += 1, high -= 1)
    [list[low], list[high]] = [list[high], list[low]];
}
