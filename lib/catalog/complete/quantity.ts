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
