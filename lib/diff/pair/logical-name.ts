/**
 * The name of an object without what a tool appended to it: a hash of its content (kustomize, Cutover, Helm's sha256sum), a revision or a
 * version. Two objects with one logical name are two versions of one thing. The name itself where nothing is appended.
 *
 * kustomize writes ten characters of an alphabet of its own (api/hasher: 0 1 3 a e become g h k m t), others hexadecimal digits.
 */
export function logicalName(name: string): string {
  const plain = name.replace(APPENDED, '');
  return plain === '' ? name : plain;
}

const KUSTOMIZE = '[bcdfghkmt2456789]{10}';
const HEXADECIMAL = '(?=[0-9a-f]*[0-9])[0-9a-f]{7,64}';
const VERSION = 'v?[0-9]+(?:[.-][0-9]+)*';
const APPENDED = new RegExp(`(?:[-.](?:${KUSTOMIZE}|${HEXADECIMAL}|${VERSION}))+$`);
