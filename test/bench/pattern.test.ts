import { generalise, type Json, type Sample, toExpression } from './pattern';

const rendered = (name: string, replicas: number, hash: string): Json => ({
  metadata: { name, labels: { app: name, tier: 'web' } },
  args: [`--host=${name}.bench.example`, `--config=${hash}`],
  config: hash,
  replicas,
});

const samples: readonly Sample[] = [
  { given: { key: 'web-1', replicas: 3 }, rendered: rendered('web-1', 3, 'f00') },
  { given: { key: 'web-2', replicas: 4 }, rendered: rendered('web-2', 4, 'ba4') },
];

test('what differs is told by the values that are given, and what they do not explain is derived once', () => {
  const { derived } = generalise(samples);
  expect(derived).toEqual([
    { name: 'derived0', values: ['--config=f00', '--config=ba4'] },
    { name: 'derived1', values: ['f00', 'ba4'] },
  ]);
});

test('the pattern filled with the values of a sample is the sample', () => {
  const { pattern, derived } = generalise(samples);
  const render = new Function('s', `return ${toExpression(pattern, 's')}`);
  for (const [i, sample] of samples.entries()) {
    const values = { ...sample.given, ...Object.fromEntries(derived.map((one) => [one.name, one.values[i]])) };
    expect(render(values)).toEqual(sample.rendered);
  }
});

test('what is the same everywhere stays as it is, even when a value occurs in it', () => {
  const { pattern } = generalise([
    { given: { key: 'a' }, rendered: { text: 'a constant', key: 'a' } },
    { given: { key: 'b' }, rendered: { text: 'a constant', key: 'b' } },
  ]);
  expect(toExpression(pattern, 's')).toBe('{"text": "a constant", "key": s.key}');
});

test.each<[string, Json, Json]>([
  ['lists of different lengths', { list: [1] }, { list: [1, 2] }],
  ['maps of different keys', { map: { a: 1 } }, { map: { b: 1 } }],
  ['values of different types', { value: 1 }, { value: null }],
])('%s are refused', (message, one, other) => {
  const both = [one, other].map((value) => ({ given: {}, rendered: value }));
  expect(() => generalise(both)).toThrow(message);
});
