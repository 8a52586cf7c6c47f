import { valueAt } from '../../lib/diagnostic/path';
import { placesOf } from './schema';

/** A smaller input that still fails: without parts of its JSON, or where it is none without stretches of bytes; bounded in time. */
export function minimised(bytes: Buffer, fails: (bytes: Buffer) => boolean, seconds = 20): Buffer {
  const deadline = performance.now() + 1000 * seconds;
  const left = () => performance.now() < deadline;
  return withoutParts(bytes, fails, left) ?? withoutBytes(bytes, fails, left);
}

type Left = () => boolean;

function withoutParts(bytes: Buffer, fails: (bytes: Buffer) => boolean, left: Left): Buffer | undefined {
  let best: unknown;
  try {
    best = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const textOf = (value: unknown) => Buffer.from(JSON.stringify(value));
  if (!fails(textOf(best))) return undefined;
  for (let smaller = true; smaller && left(); ) {
    smaller = false;
    for (const path of placesOf(best).slice(1)) {
      if (!left()) break;
      const parent = path.slice(0, -1);
      if (valueAt(best, parent) === undefined) continue;
      const copy: unknown = structuredClone(best);
      const target = valueAt(copy, parent);
      const key = path.at(-1) ?? '';
      if (Array.isArray(target)) target.splice(Number(key), 1);
      else if (typeof target === 'object' && target !== null) Reflect.deleteProperty(target, key);
      if (!fails(textOf(copy))) continue;
      best = copy;
      smaller = true;
    }
  }
  return textOf(best);
}

function withoutBytes(bytes: Buffer, fails: (bytes: Buffer) => boolean, left: Left): Buffer {
  let best = bytes;
  for (let size = best.length >> 1; size >= 1 && left(); size >>= 1) {
    for (let at = 0; at < best.length && left(); ) {
      const without = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      if (fails(without)) best = without;
      else at += size;
    }
  }
  return best;
}
