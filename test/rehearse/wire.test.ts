import * as fc from 'fast-check';
import { errorOf, type Message, Messages } from '../../lib/rehearse/wire/messages';
import { type SentStatement, StatementTracker } from '../../lib/rehearse/wire/statements';

/** A message as it stands in the protocol: type, length, body (protocol-message-formats.html). */
function wire(type: string, ...texts: readonly string[]): Buffer {
  const body = Buffer.from(texts.map((text) => `${text}\0`).join(''));
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const START = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
const SSL = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const message = (bytes: Buffer): Message => {
  const [found] = new Messages(true).push(bytes);
  if (found === undefined) throw new Error('no message');
  return found;
};

test('a stream is cut into the same messages, wherever the network cuts it', () => {
  const stream = Buffer.concat([SSL, START, wire('Q', 'SELECT 1'), wire('P', 's1', 'SELECT $1'), wire('S')]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 10 }), (cuts) => {
      const points = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const messages = new Messages(false);
      const types = points
        .slice(1)
        .flatMap((to, i) => messages.push(stream.subarray(points[i], to)))
        .map(({ type }) => type);
      expect(types).toEqual([undefined, undefined, 'Q', 'P', 'S']);
    }),
  );
});

test('an error tells its SQLSTATE', () => {
  const { body } = message(wire('E', 'SERROR', 'C55P03', 'Mcanceling statement due to lock timeout', ''));
  expect(errorOf(body)).toEqual({ sqlState: '55P03', message: 'canceling statement due to lock timeout' });
});

describe('statements', () => {
  let clock = 0;
  let started: string[] = [];
  let tracker: StatementTracker;
  beforeEach(() => {
    clock = 0;
    started = [];
    tracker = new StatementTracker(
      () => clock,
      (text) => started.push(text),
    );
  });
  const sent = (...messages: readonly Buffer[]) => {
    for (const one of messages) tracker.sent(message(one));
  };
  const answered = (atMs: number, ...messages: readonly Buffer[]): readonly SentStatement[] => {
    clock = atMs;
    return messages.flatMap((one) => tracker.answered(message(one)));
  };
  const extended = (text: string) => [wire('P', '', text), wire('B', '', ''), wire('E', '')];

  test('of a pipeline begin when the one before has ended', () => {
    sent(...extended('BEGIN'), ...extended('ALTER TABLE users ADD x int'), wire('S'));
    expect(started).toEqual(['BEGIN']);
    expect(answered(2, wire('1'), wire('2'), wire('C', 'BEGIN'))).toEqual([]);
    expect(started).toEqual(['BEGIN', 'ALTER TABLE users ADD x int']);
    expect(answered(9, wire('C', 'ALTER TABLE'), wire('Z', 'T'))).toEqual([
      { text: 'BEGIN', startedMs: 0, endedMs: 2, error: undefined },
      { text: 'ALTER TABLE users ADD x int', startedMs: 2, endedMs: 9, error: undefined },
    ]);
  });

  test('after an error are passed over up to the next Sync', () => {
    sent(...extended('SELECT 1/0'), ...extended('never'), wire('S'), ...extended('SELECT 2'), wire('S'));
    const ended = answered(5, wire('E', 'C22012', 'Mdivision by zero', ''), wire('Z', 'I'));
    expect(ended).toEqual([
      { text: 'SELECT 1/0', startedMs: 0, endedMs: 5, error: { sqlState: '22012', message: 'division by zero' } },
    ]);
    expect(started).toEqual(['SELECT 1/0', 'SELECT 2']);
    expect(answered(7, wire('C', 'SELECT 1'), wire('Z', 'I'))).toMatchObject([{ text: 'SELECT 2', startedMs: 5 }]);
  });

  test('of a simple query end when the server is ready, also after an error', () => {
    sent(wire('Q', 'SELECT 1; SELECT 1/0'));
    const ended = answered(4, wire('C', 'SELECT 1'), wire('E', 'C22012', 'M', ''), wire('Z', 'I'));
    expect(ended).toMatchObject([{ text: 'SELECT 1; SELECT 1/0', error: { sqlState: '22012' } }]);
  });

  test('a named one is known when it is executed again', () => {
    sent(wire('P', 's1', 'COMMIT'), wire('B', 'p', 's1'), wire('E', 'p'), wire('S'));
    answered(1, wire('C', 'COMMIT'), wire('Z', 'I'));
    sent(wire('B', 'p', 's1'), wire('E', 'p'), wire('S'));
    expect(answered(3, wire('C', 'COMMIT'), wire('Z', 'I'))).toMatchObject([{ text: 'COMMIT', startedMs: 1 }]);
  });
});
