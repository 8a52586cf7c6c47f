/**
 * Compares dotted versions by their numbers, as Flyway does: 1.10 comes after 1.9, and 1.0 is 1. Negative where the
 * first is lower. Only for texts that `isNumericVersion` accepts.
 */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const [x = '0', y = '0'] = [left[i], right[i]];
    const difference = x === y ? 0n : BigInt(x) - BigInt(y);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

/** Whether a version is numbers and dots only (a leading `v` aside), so that it can be ordered. */
export function isNumericVersion(version: string): boolean {
  return /^v?[0-9]+(\.[0-9]+)*$/.test(version);
}
