import * as fc from 'fast-check';
import { changeBetween } from '../../lib/catalog/change';
import { inBytes } from '../../lib/catalog/slices';
import { unrepeated } from '../../lib/catalog/unrepeated';

const textOf = (bytes: Uint8Array) => ({
  length: bytes.length,
  stretch: (from: number, to: number) => bytes.subarray(from, to),
});

const text = fc.array(fc.constantFrom(97, 98), { maxLength: 12 }).map((bytes) => Buffer.from(bytes));

test('a change says what to put in the place of what, and is the shortest', () => {
  fc.assert(
    fc.property(text, text, text, text, (head, old, now, tail) => {
      const [before, after] = [Buffer.concat([head, old, tail]), Buffer.concat([head, now, tail])];
      const change = changeBetween(textOf(before), after);
      if (change === undefined) {
        expect(after).toEqual(before);
        return;
      }
      const { start, oldEnd, newEnd } = change;
      expect(
        Buffer.concat([before.subarray(0, start), after.subarray(start, newEnd), before.subarray(oldEnd)]),
      ).toEqual(after);
      expect(before[start] === after[start] && oldEnd > start && newEnd > start).toBe(false);
      expect(before[oldEnd - 1] === after[newEnd - 1] && oldEnd > start && newEnd > start).toBe(false);
    }),
  );
});

test('far into large texts as well', () => {
  const before = Buffer.alloc(300_001, 1);
  const after = Buffer.from(before);
  after[200_003] = 2;
  expect(changeBetween(textOf(before), after)).toEqual({ start: 200_003, oldEnd: 200_004, newEnd: 200_004 });
  expect(changeBetween(textOf(before), Buffer.concat([before, Buffer.from([1])]))).toEqual({
    start: 300_001,
    oldEnd: 300_001,
    newEnd: 300_002,
  });
});

const key = fc.oneof(fc.string(), fc.constantFrom('a"b', 'services', '\\', '{', 'ü', '}'));
const services = fc.dictionary(key, fc.dictionary(key, fc.jsonValue()), { noNullPrototype: true });

test('the slices of a catalog are the values of its services, however it is written', () => {
  fc.assert(
    fc.property(
      services,
      fc.jsonValue(),
      fc.jsonValue(),
      fc.integer({ min: 0, max: 3 }),
      (of, before, after, indent) => {
        const text = JSON.stringify({ before, services: of, after }, undefined, indent);
        const written = Buffer.from(text);
        const found = unrepeated(text);
        const slices = found && inBytes(found.slices, text);
        // Keys such as "1" are parsed in an order of their own, and the prototype is set in another way than a field.
        const isOdd = Object.keys(of).some((one) => /^\d+$/.test(one)) || text.includes('"__proto__"');
        if (isOdd && slices === undefined) return;
        expect(slices?.keys).toEqual(Object.keys(of));
        expect(JSON.parse(written.toString('utf8', slices?.start, slices?.end))).toEqual(
          JSON.parse(JSON.stringify(of)),
        );
        for (const [i, value] of Object.values(of).entries()) {
          const slice = written.toString('utf8', slices?.bounds[2 * i], slices?.bounds[2 * i + 1]);
          expect(JSON.stringify(JSON.parse(slice))).toBe(JSON.stringify(value));
        }
      },
    ),
  );
});

test.each(['{}', '{"services": 1}', '{"a": {"services": {}}}'])('%s has none', (written) => {
  expect(unrepeated(written)).toBeUndefined();
});
