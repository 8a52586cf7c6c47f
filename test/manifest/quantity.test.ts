import { canonicalQuantity } from '../../lib/manifest/quantity';

// Right: what Go's resource.MustParse(…).String() of k8s.io/apimachinery 0.34 gives.
test.each([
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['0.5', '500m'],
  ['0.1', '100m'],
  ['2000', '2k'],
  ['1024Mi', '1Gi'],
  ['1536Mi', '1536Mi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Gi', '512Mi'],
  ['1000Mi', '1000Mi'],
  ['512Ki', '512Ki'],
  ['1.0', '1'],
  ['100M', '100M'],
  ['1000M', '1G'],
  ['0', '0'],
  ['0m', '0'],
  ['500Mi', '500Mi'],
  ['1e3', '1e3'],
  ['many', 'many'],
])('%s is written as %s', (given, canonical) => {
  expect(canonicalQuantity(given)).toBe(canonical);
});
