import { runRehearse } from '../../lib/cli/rehearse';
import { Cleanup } from '../../lib/rehearse/cleanup';
import { imageVersion } from '../../lib/rehearse/flyway/find';
import { accountOf, useGiven } from '../../lib/rehearse/server/given';

async function run(...args: readonly string[]) {
  const told: string[] = [];
  const say = (text: string) => void told.push(text);
  const code = await runRehearse(args, 'services.json', { out: say, err: say, watched: false }, new Cleanup());
  return { code, told: told.join('') };
}

test.each([
  [['--rows', '1.5'], '--rows is a whole number'],
  [['--max-wait-ms', '0'], '--max-wait-ms is a whole number'],
  [['--drills', 'kill,flood'], '--drills is all, none, or some of kill, blocked'],
  [['--format', 'sarif'], '--format is one of text, json, html'],
  [['--speed', '9'], "Unknown option '--speed'"],
])('%j is no command line', async (args, why) => {
  expect(await run(...args)).toEqual({ code: 64, told: expect.stringContaining(why) });
});

test.each([
  [['--service', 'backen'], 'there is no service with migrations "backen"; did you mean "backend"?'],
  [['--environment', 'stagin'], 'there is no environment "stagin"; did you mean "staging"?'],
  [['--from', '9'], 'error MIG011 --from: there is no migration 9'],
])('%j is told', async (args, why) => {
  expect(await run(...args)).toEqual({ code: 1, told: expect.stringContaining(why) });
});

test('--help is', async () =>
  expect(await run('--help')).toEqual({ code: 0, told: expect.stringContaining('usage:') }));

test.each([
  ['flyway/flyway:13.12.0', '13.12.0'],
  ['registry.example:5000/flyway:13.12.0-alpine@sha256:ab', '13.12.0'],
  ['flyway/flyway:v13.1@sha256:12', '13.1'],
  ['flyway/flyway:latest', undefined],
  ['flyway/flyway@sha256:1234', undefined],
])('the version of %s', (image, version) => expect(imageVersion(image)).toBe(version));

test('a URL is taken apart, and what is none is refused', () => {
  expect(accountOf('postgresql://me:p%40ss@127.0.0.1/scratch')).toEqual({
    ...{ host: '127.0.0.1', port: 5432, user: 'me', password: 'p@ss', database: 'scratch' },
  });
  for (const url of ['mysql://a:b@c/d', 'postgresql://c/d', 'postgresql://a:b@c', 'x'])
    expect(accountOf(url)).toBeUndefined();
});

test('the database of a service is never rehearsed on', async () => {
  const url = 'postgresql://me:x@tbyte.cluster-example.eu-central-1.rds.amazonaws.com/tbyte';
  const given = await useGiven(url, ['tbyte.cluster-example.eu-central-1.rds.amazonaws.com']);
  expect(given).toMatchObject({ code: 'MIG021', message: expect.stringContaining('as the database of a service') });
});
