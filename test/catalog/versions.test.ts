import fc from 'fast-check';
import { compareVersions, isNumericVersion } from '../../lib/catalog/versions';

test.each([
  ['1', '1.0.0', 0],
  ['1.9', '1.10', -1],
  ['2', '1.99.99', 1],
  ['01.002', '1.2', 0],
  ['1.2.3.4', '1.2.3', 1],
  ['20261123101500', '20261123101501', -1],
  ['90071992547409931', '90071992547409930', 1],
])('%s against %s', (a, b, order) => {
  expect(compareVersions(a, b)).toBe(order);
  expect(compareVersions(b, a)).toBe(order === 0 ? 0 : -order);
});

test.each([
  ['1', true],
  ['v1.2', true],
  ['1.2.3.4.5', true],
  ['', false],
  ['v', false],
  ['1.', false],
  ['1..2', false],
  ['1.2-rc.1', false],
  ['1\n', false],
  ['latest', false],
])('%j can be ordered: %s', (version, numeric) => expect(isNumericVersion(version)).toBe(numeric));

const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));

test('versions are ordered totally, and trailing zeros mean nothing', () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      const [low, middle, high] = [a, b, c].sort(compareVersions);
      expect(compareVersions(low ?? '', middle ?? '')).toBeLessThanOrEqual(0);
      expect(compareVersions(low ?? '', high ?? '')).toBeLessThanOrEqual(0);
      expect(compareVersions(a, `${a}.0.0`)).toBe(0);
      expect(compareVersions(`${a}.1`, a)).toBe(1);
    }),
  );
});
