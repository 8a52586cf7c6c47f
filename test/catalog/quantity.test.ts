import fc from 'fast-check';
import {
  canonicalCpu,
  canonicalMemory,
  compareQuantities,
  cpuMillicores,
  memoryBytes,
} from '../../lib/catalog/complete/quantity';

// As kubectl shows them: apimachinery pkg/api/resource/quantity.go, "the exponent (or suffix) is as large as possible".
test.each([
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['0.5', '500m'],
  ['0.25', '250m'],
  ['2.0', '2'],
  ['0', '0'],
  ['0m', '0'],
  ['1000', '1k'],
  ['0100m', '100m'],
])('CPU %s is written %s', (cpu, shown) => expect(canonicalCpu(cpu)).toBe(shown));

test.each([
  ['1024Mi', '1Gi'],
  ['1536Mi', '1536Mi'],
  ['1024Ti', '1Pi'],
  ['1000M', '1G'],
  ['1024M', '1024M'],
  ['1048576', '1048576'],
  ['1000', '1k'],
  ['0128Mi', '128Mi'],
  ['0Gi', '0'],
  ['999999999999T', '999999999999T'],
  ['1000T', '1P'],
])('memory %s is written %s', (memory, shown) => expect(canonicalMemory(memory)).toBe(shown));

const memory = fc
  .tuple(fc.nat(4_000_000), fc.constantFrom('', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'))
  .map(([digits, unit]) => `${digits}${unit}`);
const cpu = fc.oneof(
  fc.nat(999_999).map((millicores) => `${millicores}m`),
  fc.nat(9999).map((cores) => `${cores}`),
  fc.tuple(fc.nat(9999), fc.nat(999)).map(([cores, thousandths]) => `${cores}.${thousandths}`),
);
const UNITS = { P: 1e15, E: 1e18, Pi: 2 ** 50, Ei: 2 ** 60 } as const;
const bytesOf = (text: string): number => {
  const large = Object.entries(UNITS).find(([unit]) => text.endsWith(unit));
  return large ? Number.parseInt(text, 10) * large[1] : memoryBytes(text);
};

test('the canonical form of memory is the same amount, and its own canonical form', () => {
  fc.assert(
    fc.property(memory, (given) => {
      expect(bytesOf(canonicalMemory(given))).toBe(memoryBytes(given));
      expect(canonicalMemory(canonicalMemory(given))).toBe(canonicalMemory(given));
    }),
  );
});

test('the canonical form of CPU is the same amount, and its own canonical form', () => {
  fc.assert(
    fc.property(cpu, (given) => {
      const shown = canonicalCpu(given);
      const millicores = shown.endsWith('k') ? Number.parseInt(shown, 10) * 1e6 : cpuMillicores(shown);
      expect(millicores).toBe(cpuMillicores(given));
    }),
  );
});

test.each([
  ['cpu', '1', '1000m', 0],
  ['cpu', '0.1', '200m', -1],
  ['memory', '1Gi', '1G', 1],
  ['memory', '1Ki', '1024', 0],
  ['memory', '1M', '1Mi', -1],
] as const)('%s: %s against %s', (resource, a, b, order) => {
  expect(Math.sign(compareQuantities(resource, a, b))).toBe(order);
  expect(Math.sign(compareQuantities(resource, b, a)) + order).toBe(0);
});
