import fc from 'fast-check';
import { Utf8Writer } from '../../lib/files/utf8';

test('any texts, one behind the other, have the bytes that Buffer.from gives', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    // Halves of pairs too.
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat(50_000)).map(([one, times]) => one.repeat(times)),
  );
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const writer = new Utf8Writer();
      for (const one of texts) expect(Buffer.compare(writer.bytesOf(one), Buffer.from(one))).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('the memory of a long text is taken again', () => {
  const writer = new Utf8Writer();
  const long = writer.bytesOf('é'.repeat(1_000_000));
  expect([long.length, writer.bytesOf('a').buffer]).toEqual([2_000_000, long.buffer]);
});
