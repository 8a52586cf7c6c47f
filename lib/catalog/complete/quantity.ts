/** CPU in thousandths of a core; the text is what the schema lets through: `250m`, `1`, `0.5`. */
export function cpuMillicores(cpu: string): number {
  return cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Math.round(Number(cpu) * 1000);
}

const UNIT_BYTES: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Memory in bytes; the text is what the schema lets through: `128Mi`, `1G`, `1048576`. */
export function memoryBytes(memory: string): number {
  const digits = /^[0-9]+/.exec(memory)?.[0] ?? '0';
  return Number(digits) * (UNIT_BYTES[memory.slice(digits.length)] ?? 1);
}

/** Negative where the first is less, 0 where they are equal in whatever unit. */
export function compareQuantities(resource: 'cpu' | 'memory', a: string, b: string): number {
  const measure = resource === 'cpu' ? cpuMillicores : memoryBytes;
  return measure(a) - measure(b);
}

/** CPU as Kubernetes writes it back: `1000m` is `1`, `0.5` is `500m`. */
export function canonicalCpu(cpu: string): string {
  const millicores = cpuMillicores(cpu);
  return millicores % 1000 === 0 ? scaled(millicores / 1000, '', DECIMAL_UNITS, 1000) : `${millicores}m`;
}

/** Memory as Kubernetes writes it back: `1024Mi` is `1Gi`, `1000M` is `1G`; binary and decimal units stay apart. */
export function canonicalMemory(memory: string): string {
  const digits = /^[0-9]+/.exec(memory)?.[0] ?? '0';
  const unit = memory.slice(digits.length);
  return unit.endsWith('i')
    ? scaled(Number(digits), unit, BINARY_UNITS, 1024)
    : scaled(Number(digits), unit, DECIMAL_UNITS, 1000);
}

const BINARY_UNITS: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL_UNITS: readonly string[] = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** An amount in the largest unit that leaves it whole; it is never turned into bytes, which could be too many to be exact. */
function scaled(amount: number, unit: string, units: readonly string[], base: number): string {
  if (amount === 0) return '0';
  let rest = amount;
  let at = units.indexOf(unit);
  while (rest % base === 0 && at < units.length - 1) {
    rest /= base;
    at += 1;
  }
  return `${rest}${units[at] ?? ''}`;
}
