const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * A quantity as Kubernetes writes it: no fraction, and the largest suffix that leaves none (`1000m` is `1`, `0.5` is `500m`,
 * `1024Mi` is `1Gi`). What has an exponent, or is no quantity, is given back as it is.
 */
export function canonicalQuantity(text: string): string {
  const [, digits = '', fraction = '', suffix = ''] = /^([0-9]+)(?:\.([0-9]*))?([A-Za-z]*)$/.exec(text) ?? [];
  if (digits === '') return text;
  const mantissa = BigInt(digits + fraction);
  if (mantissa === 0n) return '0';
  const decimal = DECIMAL.indexOf(suffix);
  if (decimal !== -1) return decimalForm(mantissa, (decimal - 3) * 3 - fraction.length) ?? text;
  const binary = BINARY.indexOf(suffix);
  if (binary === -1) return text;
  const scaled = mantissa * 1024n ** BigInt(binary);
  const unit = 10n ** BigInt(fraction.length);
  return scaled % unit === 0n ? binaryForm(scaled / unit) : text;
}

function decimalForm(mantissa: bigint, exponent: number): string | undefined {
  let value = mantissa;
  let power = exponent;
  while (value % 10n === 0n) {
    value /= 10n;
    power += 1;
  }
  const third = Math.min(Math.floor(power / 3), 6);
  const suffix = DECIMAL[third + 3];
  return suffix === undefined ? undefined : `${value * 10n ** BigInt(power - third * 3)}${suffix}`;
}

function binaryForm(bytes: bigint): string {
  if (bytes < 1024n) return decimalForm(bytes, 0) ?? String(bytes);
  let value = bytes;
  let index = 0;
  while (value % 1024n === 0n && index < BINARY.length - 1) {
    value /= 1024n;
    index += 1;
  }
  return `${value}${BINARY[index]}`;
}
