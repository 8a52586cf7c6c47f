/** Seconds as a clock shows them: `0:21`, `9:39`, `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Seconds in words: `21 s`, `9 min 39 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** A number of things, in groups of thousands: `10 422`. */
export const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ' ');

/** A number with at most so many digits behind the point, and none in vain. */
export const decimal = (value: number, digits = 1): string => String(Number(value.toFixed(digits)));

/** What sums of odds are off by, in %. */
const ROUNDING = 1e-10;

/** A chance in %: never 0 or 100 for what is only near to it. */
export function chance(probability: number): string {
  const share = 100 * probability;
  if (share > ROUNDING && share < 0.1) return '< 0.1 %';
  if (share < 100 - ROUNDING && share > 99.9) return '> 99.9 %';
  return `${decimal(share)} %`;
}

export const percent = (value: number): string => `${decimal(value, value < 10 ? 1 : 0)} %`;
