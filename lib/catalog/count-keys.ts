/**
 * A valid JSON text has as many `"…":` as its value has keys unless one was overwritten, so that the slower scan that finds
 * the keys that stand twice in one object runs only when there is something to find.
 */
export function countKeysInText(text: string): number {
  let count = 0;
  // A quote before a colon closes a key. One that opens or stands in a text is counted too, and can only start the slower scan.
  const quoteAndColon = /"[\t\n\r ]*:/g;
  while (quoteAndColon.test(text)) count += 1;
  return count;
}

/** How many keys all objects of a value have. */
export function countKeys(root: unknown): number {
  let count = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i += 1) if (isNested(value[i])) open.push(value[i]);
    } else if (isNested(value)) {
      for (const key in value) {
        count += 1;
        const member = value[key];
        if (isNested(member)) open.push(member);
      }
    }
  }
  return count;
}

const isNested = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
