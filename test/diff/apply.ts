import { isRecord } from '../../lib/diff/compare/list-keys';

/** A field as the JSON of the command has it. */
export interface Reported {
  readonly path: string;
  readonly otherPath?: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly moved?: true;
  readonly index?: number;
}

type Step = string | number | readonly (readonly [string, string | number])[];

/** The steps of a path, read by the grammar of docs/reference/diff-rules.md and by nothing that the product has. */
export function stepsOf(path: string): readonly Step[] {
  const steps: Step[] = [];
  if (path === '(root)') return steps;
  const token = /\.?([^.[\]]+)|\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]/g;
  for (const [, word, inside] of path.matchAll(token)) {
    if (word !== undefined) steps.push(word);
    else if (inside !== undefined && /^\d+$/.test(inside)) steps.push(Number(inside));
    else if (inside?.startsWith('"')) steps.push(String(JSON.parse(inside)));
    else
      steps.push(
        [...(inside ?? '').matchAll(/([^=,]+)=("(?:[^"\\]|\\.)*"|[^,]*),?/g)].map(
          ([, field = '', value = '']) => [field, scalar(value)] as const,
        ),
      );
  }
  return steps;
}

function scalar(text: string): string | number {
  if (text.startsWith('"')) return String(JSON.parse(text));
  return /^-?\d/.test(text) ? Number(text) : text;
}

/** What changes below one value: fields by their first step, or the value as a whole. */
interface Node {
  whole?: { readonly after: unknown };
  moved?: { readonly from: number; readonly to: number };
  index?: number;
  readonly below: Map<string, { readonly step: Step; readonly fromStep: Step; readonly node: Node }>;
}

const newNode = (): Node => ({ below: new Map() });

/** Applies the reported fields to a value. Positions in a path are those of the list after the change; of what was removed, before it. */
export function apply(before: unknown, fields: readonly Reported[]): unknown {
  const root = newNode();
  for (const field of fields) {
    const removed = field.after === null && !field.moved;
    const [path, other] = [stepsOf(field.path), stepsOf(field.otherPath ?? field.path)];
    const [steps, from] = removed ? [other, path] : [path, other];
    let node = root;
    steps.forEach((step, i) => {
      const key = `${removed && i === steps.length - 1 ? 'removed' : 'after'}${JSON.stringify([step, from[i]])}`;
      const next = node.below.get(key) ?? { step, fromStep: from[i] ?? step, node: newNode() };
      node.below.set(key, next);
      node = next.node;
    });
    if (field.moved) node.moved = { from: Number(field.before), to: Number(field.after) };
    else node.whole = { after: field.after };
    if (field.index !== undefined) node.index = field.index;
  }
  return applied(before, root);
}

const GONE = Symbol('gone');

function applied(before: unknown, node: Node): unknown {
  if (node.whole !== undefined) return node.whole.after === null ? GONE : node.whole.after;
  if (node.below.size === 0) return before;
  if (Array.isArray(before)) return appliedList(before, node);
  const map: Record<string, unknown> = isRecord(before) ? { ...before } : {};
  for (const { step, node: child } of node.below.values()) {
    const value = applied(map[String(step)], child);
    if (value === GONE) delete map[String(step)];
    else map[String(step)] = value;
  }
  return map;
}

function appliedList(before: readonly unknown[], node: Node): readonly unknown[] {
  const items = before.map((value): { value: unknown; to?: number } => ({ value }));
  const added: { readonly value: unknown; readonly to: number }[] = [];
  for (const { step, fromStep, node: child } of node.below.values()) {
    const isNew = child.whole !== undefined && child.index !== undefined;
    if (isNew) {
      added.push({ value: child.whole?.after, to: child.index ?? 0 });
      continue;
    }
    const at = typeof fromStep === 'number' ? fromStep : before.findIndex((item) => hasKey(item, fromStep));
    const item = items[at];
    if (item === undefined) throw new Error(`there is no item ${JSON.stringify(step)}`);
    item.value = applied(item.value, child);
    if (child.moved !== undefined) item.to = child.moved.to;
  }
  const placed = new Map<number, unknown>(added.map(({ value, to }) => [to, value]));
  for (const { value, to } of items) if (to !== undefined) placed.set(to, value);
  const rest = items.filter(({ value, to }) => value !== GONE && to === undefined).map(({ value }) => value);
  const result: unknown[] = [];
  for (let i = 0; i < placed.size + rest.length + result.length && (rest.length > 0 || placed.size > 0); i += 1) {
    if (placed.has(i)) {
      result.push(placed.get(i));
      placed.delete(i);
    } else result.push(rest.shift());
  }
  return result;
}

function hasKey(item: unknown, step: Step): boolean {
  if (typeof step !== 'object') return false;
  return step.every(([field, value]) => {
    let at: unknown = item;
    for (const part of field.split('.')) at = isRecord(at) ? at[part] : undefined;
    return (at ?? (field === 'protocol' ? 'TCP' : undefined)) === value;
  });
}
