import { groupOfVersion } from '../../manifest/kinds';

/** What a document says of its object in the lines that are not indented, and in its metadata. */
export interface Head {
  readonly kind: string;
  readonly identity: string;
}

/**
 * The head of a document that is written as tools write it, out of its text; undefined for another form. It is asked of every document
 * of a tree, so that only the beginnings of lines are looked at.
 */
export function headOf(text: string, from: number, to: number): Head | undefined {
  let apiVersion: string | undefined;
  let kind: string | undefined;
  let name: string | undefined;
  let namespace = '';
  let isMetadata = false;
  for (let at = from; at < to; at = nextLine(text, at)) {
    if (text[at] === ' ') {
      if (!isMetadata) continue;
      if (text.startsWith('  name: ', at)) name ??= valueAt(text, at + 8);
      else if (text.startsWith('  namespace: ', at)) namespace ||= valueAt(text, at + 13) ?? '';
    } else {
      if (isMetadata && kind !== undefined && apiVersion !== undefined) break;
      isMetadata = text.startsWith('metadata:', at);
      if (text.startsWith('kind: ', at)) kind = valueAt(text, at + 6);
      else if (text.startsWith('apiVersion: ', at)) apiVersion = valueAt(text, at + 12);
    }
  }
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return { kind, identity: `${groupOfVersion(apiVersion)}/${kind}/${namespace}/${name}` };
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** A value on the rest of a line that is one word. */
function valueAt(text: string, at: number): string | undefined {
  const end = text.indexOf('\n', at);
  const value = text.slice(at, end === -1 ? text.length : end).trim();
  return /^["']?[^\s"']+["']?$/.test(value) ? value.replace(/["']/g, '') : undefined;
}
