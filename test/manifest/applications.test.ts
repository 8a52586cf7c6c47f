import { globMatches } from '../../lib/manifest/applications';

// Right: what github.com/gobwas/glob gives for these patterns, which Argo CD uses.
test.each([
  ['*', 'networking.istio.io', true],
  ['*.istio.io', 'networking.istio.io', true],
  ['networking.*', 'networking.istio.io', true],
  ['*istio*', 'networking.istio.io', true],
  ['n*g.*.io', 'networking.istio.io', true],
  ['', 'networking.istio.io', false],
  ['istio.io', 'networking.istio.io', false],
  ['*.istio', 'networking.istio.io', false],
  ['networking.istio.io*networking.istio.io', 'networking.istio.io', false],
  ['', '', true],
])('%j for %j: %s', (pattern, text, matches) => {
  expect(globMatches(pattern, text)).toBe(matches);
});

test('takes no longer for a pattern that goes wrong late', () => {
  expect(globMatches(`${'a*'.repeat(20_000)}b`, 'a'.repeat(40_000))).toBe(false);
});
