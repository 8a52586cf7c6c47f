import fc from 'fast-check';
import { likenessOf } from '../../lib/alike/likeness';
import { Names } from '../../lib/alike/names';
import { looksLikeANumber } from '../../lib/alike/pattern';
import { valueText } from '../../lib/manifest/yaml-scalar';

/** What the writer says, which lib/alike does not ask: it would load `yaml` for one hash in two. */
const isPlain = (text: string): boolean => valueText(text, '  ') === text;

test('a hash that is put in its place alone is plain in YAML', () => {
  const hash = fc.oneof(
    fc.stringMatching(/^[0-9a-f]{10}$/),
    fc.stringMatching(/^[0-9be]{10}$/),
    fc.stringMatching(/^0b[01]{8}$/),
  );
  fc.assert(
    fc.property(hash, (one) => looksLikeANumber(one) || isPlain(one)),
    { seed: 20_261_129, numRuns: 50_000 },
  );
});

test('every word of a service is plain in YAML', () => {
  const key = fc.oneof(
    fc.stringMatching(/^[a-z]([-a-z0-9]{0,9}[a-z0-9])?$/),
    fc.constantFrom('y', 'no', 'null', 'e1', 'on'),
  );
  const version = fc.oneof(
    fc.stringMatching(/^v?\d{1,4}\.\d{1,2}\.\d{1,2}$/),
    fc.stringMatching(/^[0-9a-f]{7,12}(@sha256:[0-9]{64})?$/),
    fc.constantFrom('1e5', '1.9', '2024.01.02', 'e123456', '0123456'),
  );
  let words = 0;
  fc.assert(
    fc.property(key, version, (one, of) => {
      const likeness = likenessOf({ key: one, version: of, values: [], text: '[]', order: '' }, new Names([]), []);
      // A digest stands behind an @ wherever it is.
      const alone = likeness?.words.filter((word) => word.length < 64) ?? [];
      words += alone.length;
      return alone.every(isPlain);
    }),
    { seed: 20_261_129, numRuns: 50_000 },
  );
  expect(words).toBeGreaterThan(10_000);
});
