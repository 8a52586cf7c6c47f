import type { Likeness } from './likeness';

/**
 * The same services in another order: behind the first of a shape comes the one that differs from it in the most characters of its
 * words, so that these two tell what varies, and as few others as can be have to be rendered for it.
 */
export function inTeachingOrder<T extends { readonly likeness: Likeness | undefined }>(
  services: readonly T[],
): readonly T[] {
  const partners = partnersOf(services);
  const taken = new Set(partners.values());
  return services.flatMap((one) => {
    const partner = partners.get(one);
    return taken.has(one) ? [] : partner === undefined ? [one] : [one, partner];
  });
}

/** For the first of each shape, who differs the most from it. */
function partnersOf<T extends { readonly likeness: Likeness | undefined }>(services: readonly T[]): ReadonlyMap<T, T> {
  const firsts = new Map<string, T>();
  const partners = new Map<T, T>();
  const most = new Map<T, number>();
  for (const one of services) {
    if (one.likeness === undefined) continue;
    const first = firsts.get(one.likeness.shape);
    if (first?.likeness === undefined) {
      firsts.set(one.likeness.shape, one);
      continue;
    }
    const distance = distanceOf(first.likeness.words, one.likeness.words);
    if (distance <= (most.get(first) ?? 0)) continue;
    most.set(first, distance);
    partners.set(first, one);
  }
  return partners;
}

/** In how many characters words differ. */
function distanceOf(words: readonly string[], others: readonly string[]): number {
  let distance = 0;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const other = others[i] ?? '';
    for (let at = 0; at < word.length || at < other.length; at += 1)
      if (word.charCodeAt(at) !== other.charCodeAt(at)) distance += 1;
  }
  return distance;
}
