import type { Judged } from './rule';

type Set = Extract<Judged['statement'], { readonly kind: 'set' }>;

/** What a setting was set to last before a statement of its file; undefined where it was not, or was reset. */
export function lastSetting({ before }: Judged, name: string): Set | undefined {
  const last = before
    .map(({ statement: { statement } }) => statement)
    .findLast((each): each is Set => each.kind === 'set' && (each.name === name || each.name === ''));
  return last?.reset ? undefined : last;
}
