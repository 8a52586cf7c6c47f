/** `15s` and `1m30s` in whole seconds; a part of one counts as a whole one. */
export function secondsOf(duration: unknown): number | undefined {
  const [, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] =
    /^(?:([0-9.]+)h)?(?:([0-9.]+)m)?(?:([0-9.]+)s)?(?:([0-9.]+)ms)?$/.exec(String(duration ?? '')) ?? [];
  const all = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(milliseconds) / 1000;
  return all > 0 ? Math.ceil(all) : undefined;
}
