/** One step into a JSON document: a field name or an index. */
export type Segment = string | number;

/** A place in a JSON document, grown by rules as they go down; never built by pasting strings together. */
export type Path = readonly Segment[];

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;
const LONGEST_KEY = 80;

/** The path as people read it: `services.frontend.strategy.steps[1].setWeight`; odd keys are quoted and cut to 80 characters. */
export function formatPath(path: Path): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (!IDENTIFIER.test(segment) || segment.length > LONGEST_KEY) text += `[${quoteKey(segment)}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text === '' ? '(root)' : text;
}

/** What stands at a path in a JSON value, or undefined where the path leads nowhere. Inherited members are never followed. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = Reflect.get(value, segment);
  }
  return value;
}

/** The path that a JSON pointer (RFC 6901) leads along in a value; what indexes a list becomes a number. */
export function pathFromPointer(root: unknown, pointer: string): Path {
  const path: Segment[] = [];
  let value = root;
  for (const escaped of pointer.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = valueAt(value, [key]);
  }
  return path;
}

function quoteKey(key: string): string {
  return JSON.stringify(key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key);
}
