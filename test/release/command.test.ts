import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Edits, removeWorkspaces } from '../catalog/minimal';
import { ROOT } from '../tools/root';
import { type Ran, RECORDINGS, release, releaseFolder, SCENARIOS, type Scenario, stateIn } from './command';
import { Replay, readRecording, type Trouble } from './replay';

jest.setTimeout(90_000);
afterAll(removeWorkspaces);

/** Runs a command against a recording that stands at a moment, or is played from there. */
async function against(
  scenario: Scenario,
  version: number,
  args: readonly string[],
  more: {
    readonly speed?: number;
    readonly trouble?: Replay['trouble'];
    readonly folder?: string;
    readonly edits?: Edits;
  } = {},
): Promise<Ran & { readonly replay: Replay }> {
  const replay = new Replay(readRecording(join(more.folder ?? RECORDINGS, scenario)));
  replay.trouble = more.trouble ?? replay.trouble;
  const folder = releaseFolder(await replay.start(), more.edits);
  replay.moveTo(version);
  try {
    if (more.speed !== undefined) replay.playWhenWatched(more.speed);
    return { ...(await release(folder, args)), replay };
  } finally {
    await replay.stop();
  }
}

/** The last moment before a scenario begins. */
const BEGINNING: Readonly<Record<Scenario, number>> = {
  good: 20321,
  'analysis-failed': 21296,
  'image-pull-error': 21671,
  'invalid-spec': 22499,
  'reverted-after-abort': 21567,
};

describe('status', () => {
  test('text: phase, step, weights, pods, gates', async () => {
    const { code, out } = await against('good', 20402, ['status', 'web']);
    expect(code).toBe(0);
    expect(out).toMatch(/^web in production \(Rollout demo2\/shop\), revision 2: progressing$/m);
    expect(out).toMatch(/^ {2}phase +Paused: CanaryPauseStep$/m);
    expect(out).toMatch(/^ {2}step +2 of 8: pause 25 s; at least \d+ s left, by the steps$/m);
    expect(out).toMatch(/^ {2}weight +10 % asked, 10 % set, 10 % in the VirtualService$/m);
    expect(out).toMatch(/^ {2}stable +5 of 5 pods ready, 0 restarts {2}stack\/app:v1 \(5cd4b4865b, revision 1\)$/m);
    expect(out).toMatch(/^ {2}new +1 of 1 pods ready, 0 restarts {2}stack\/app:v1 \(7cf9896855, revision 2\)$/m);
    expect(out).toMatch(/^ {2}gate +success-rate, background: /m);
  });

  test('json: the same, with null for what is not known', async () => {
    const ran = await against('analysis-failed', 99999, ['status', 'web', '--format', 'json']);
    expect(ran.code).toBe(0);
    expect(stateIn(ran)).toMatchObject({
      service: 'web',
      environment: 'production',
      namespace: 'demo2',
      rollout: 'shop',
      verdict: 'aborted',
      revision: 3,
      step: { number: 1, of: 8 },
      weight: { asked: 0, set: 0, routed: 0 },
      timeLeft: null,
      application: null,
      gates: [
        {
          name: 'success-rate',
          verdict: 'failed',
          taken: { failed: 2 },
          measurements: [{}, {}, { value: '[0.7273442481760287]' }],
        },
      ],
    });
  });

  test('a Rollout that no catalog knows is found by its namespace', async () => {
    const { code, out } = await against('good', 99999, ['status', 'shop', '--namespace', 'demo2']);
    expect([code, out.split('\n')[0]]).toEqual([0, 'web in production (Rollout demo2/shop), revision 2: promoted']);
  });

  test('a fault in the catalog does not keep anybody from seeing the release', async () => {
    const edits = {
      'services/web/gates': { errors: { kind: 'nothing' } },
      'environments/production/versions/web': undefined,
    };
    const { code, out, err } = await against('good', 20402, ['status', 'web'], { edits });
    expect([code, err]).toEqual([0, expect.stringMatching(/^the catalog has \d+ errors; npm run synth tells them\./)]);
    expect(out).toMatch(/revision 2: progressing$/m);
  });

  test('in a pipe --watch prints a line where something changes, and ends when it is interrupted', async () => {
    const replay = new Replay(readRecording(join(RECORDINGS, 'good')));
    const folder = releaseFolder(await replay.start());
    replay.moveTo(BEGINNING.good);
    try {
      const { code, out } = await release(folder, ['status', 'web', '--watch'], (interrupt) => {
        replay.playWhenWatched(60);
        setTimeout(interrupt, 5000);
      });
      expect(code).toBe(0);
      const lines = out
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''));
      expect(lines[0]).toMatch(/^promoted/);
      expect(lines.at(-1)).toMatch(/^promoted/);
      expect(lines).toContainEqual(expect.stringMatching(/^progressing; step 6 of 8, pause 15 s; weight 50 %/));
      expect(out).not.toContain('\u001b');
    } finally {
      await replay.stop();
    }
  });
});

/** What `validate` must come to when it is started as the release begins. */
const OUTCOMES: readonly (readonly [Scenario, number, string])[] = [
  ['good', 0, 'promoted'],
  ['analysis-failed', 1, 'aborted'],
  ['image-pull-error', 2, 'stuck'],
  ['invalid-spec', 2, 'stuck'],
  ['reverted-after-abort', 1, 'aborted'],
];

describe('validate', () => {
  test.each(OUTCOMES)('%s exits %i: %s', async (scenario, exitCode, verdict) => {
    const ran = await against(scenario, BEGINNING[scenario], ['validate', 'web', '--format', 'json'], { speed: 40 });
    expect([ran.code, stateIn(ran)]).toEqual([exitCode, expect.objectContaining({ verdict, exitCode })]);
  });

  test('the failing gate is printed with its numbers', async () => {
    const { code, out } = await against('analysis-failed', 21484, ['validate', 'web'], { speed: 20 });
    expect(code).toBe(1);
    expect(out).toMatch(/gate +success-rate, background: failed: 2 measurements failed, and only 1 may/);
    expect(out).toMatch(/Failed \[0\.734999219838073\]; \d\d:\d\d:\d\d Failed \[0\.7273442481760287\]/);
  });

  test('a release that does not end in time exits 2', async () => {
    const ran = await against('good', 20402, ['validate', 'web', '--timeout', '2s', '--format', 'json']);
    expect([ran.code, stateIn(ran)]).toEqual([
      2,
      expect.objectContaining({ verdict: 'progressing', because: 'still progressing after 2 s' }),
    ]);
  });

  test('an earlier release is not taken for the one that is about to begin', async () => {
    const ran = await against('good', 99999, ['validate', 'web', '--settle', '1s', '--format', 'json']);
    expect(ran.code).toBe(0);
    expect(ran.err).toMatch(/promoted/);
  });
});

/** Trouble for the first requests, or for all of a kind. */
function firstly(
  times: number,
  trouble: Trouble,
  on: (path: string, watch: boolean) => boolean = () => true,
): Replay['trouble'] {
  let left = times;
  return ({ path, query }) => {
    if (left === 0 || !on(path, query.has('watch'))) return undefined;
    left -= 1;
    return trouble;
  };
}

describe('a broken or slow API server', () => {
  const TROUBLES: readonly (readonly [string, Replay['trouble']])[] = [
    ['500 at first', firstly(3, { kind: 'status', code: 500 })],
    ['429 with Retry-After', firstly(2, { kind: 'status', code: 429, retryAfter: '1' })],
    ['connections that are cut', firstly(3, { kind: 'cut' })],
    ['an answer that is no JSON', firstly(1, { kind: 'garbage' })],
    ['slow answers', ({ query }) => (query.has('watch') ? undefined : { kind: 'slow', ms: 700 })],
    ['410 Gone on every first watch', firstly(8, { kind: 'status', code: 410 }, (_, watch) => watch)],
    ['410 Gone as an event of the watch', firstly(8, { kind: 'gone' }, (_, watch) => watch)],
    ['watches that cannot be opened at first', firstly(6, { kind: 'cut' }, (_, watch) => watch)],
  ];

  test.each(TROUBLES)('%s: the release is followed to its end', async (_, trouble) => {
    const ran = await against('analysis-failed', 21300, ['validate', 'web', '--format', 'json'], {
      speed: 40,
      trouble,
    });
    expect([ran.code, stateIn(ran).verdict]).toEqual([1, 'aborted']);
  });

  test('watches that are cut again and again lose nothing', async () => {
    const replay = new Replay(readRecording(join(RECORDINGS, 'good')));
    const folder = releaseFolder(await replay.start());
    replay.moveTo(20402);
    replay.playWhenWatched(40);
    const cuts = setInterval(() => replay.cutWatches(), 150);
    try {
      const ran = await release(folder, ['validate', 'web', '--format', 'json']);
      expect([ran.code, stateIn(ran).verdict]).toEqual([0, 'promoted']);
    } finally {
      clearInterval(cuts);
      await replay.stop();
    }
  });

  const CANNOT_TELL: readonly (readonly [string, Replay['trouble'], RegExp])[] = [
    [
      'not allowed',
      ({ path }) => (path.endsWith('/rollouts') ? { kind: 'status', code: 403 } : undefined),
      /^error REL005 .*403/,
    ],
    ['not signed in', () => ({ kind: 'status', code: 401 }), /^error REL005 .*401/],
    ['down', () => ({ kind: 'cut' }), /^error REL006 /],
  ];

  test('a server that never answers is waited for no longer than the timeout', async () => {
    const began = Date.now();
    const trouble: Replay['trouble'] = () => ({ kind: 'slow', ms: 60_000 });
    const { code, err } = await against('good', 20402, ['validate', 'web', '--timeout', '2s'], { trouble });
    expect([code, err]).toEqual([3, expect.stringMatching(/^error REL006 /)]);
    expect(Date.now() - began).toBeLessThan(12_000);
  });

  test.each(CANNOT_TELL)('%s: it cannot tell, and exits 3 within its bounds', async (_, trouble, words) => {
    const began = Date.now();
    const { code, err } = await against('good', 20402, ['validate', 'web'], { trouble });
    expect([code, err]).toEqual([3, expect.stringMatching(words)]);
    expect(Date.now() - began).toBeLessThan(30_000);
  });

  test('what is beside the Rollout may be hidden: it is told, and nothing fails', async () => {
    const trouble: Replay['trouble'] = ({ path }) =>
      /\/(events|applications|virtualservices|analysisruns)$/.test(path) ? { kind: 'status', code: 403 } : undefined;
    const ran = await against('good', 20402, ['status', 'web', '--format', 'json'], { trouble });
    const { verdict, weight, unread } = stateIn(ran);
    expect([ran.code, verdict, weight]).toEqual([
      0,
      'progressing',
      { asked: 10, set: 10, routed: null, router: 'VirtualService' },
    ]);
    expect(unread.map(({ resource }: { readonly resource: string }) => resource).sort()).toEqual([
      'analysisRuns',
      'applications',
      'events',
      'virtualServices',
    ]);
  });
});

test('history: every revision with its verdict and how long it took, newest first', async () => {
  const ran = await against('invalid-spec', 99999, ['history', 'web', '--format', 'json']);
  const { history, missing } = stateIn(ran);
  expect([ran.code, missing]).toEqual([0, [expect.stringMatching(/^Git: /)]]);
  const rows = history.map(({ revision, verdict, seconds }: Readonly<Record<string, unknown>>) => [
    revision,
    verdict,
    seconds,
  ]);
  expect(rows).toEqual([
    [6, 'stable', null],
    [5, 'aborted', null],
    [3, 'aborted', 25],
    [1, 'unknown', null],
  ]);
  expect(history[2].why).toBe('Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)');
});

describe('what changes a release', () => {
  const patchesOf = ({ replay }: { readonly replay: Replay }) =>
    replay.asked
      .filter(({ method }) => method === 'PATCH')
      .map(({ path, body, contentType }) => [path.replace(/.*\/demo2\//, ''), body, contentType]);
  const MERGE = 'application/merge-patch+json';

  test('abort says what will happen, and patches the status as the plugin does', async () => {
    const ran = await against('good', 20402, ['abort', 'web', '--yes']);
    expect([ran.code, ran.out]).toEqual([0, "rollout 'shop' aborted\n"]);
    expect(ran.err).toMatch(
      /all requests go to stack\/app:v1 at once; the new version has 10 % now; its pods go after 30 s/,
    );
    expect(patchesOf(ran)).toEqual([['rollouts/shop/status', '{"status":{"abort":true}}', MERGE]]);
  });

  test('promote goes on from a pause', async () => {
    const ran = await against('good', 20402, ['promote', 'web', '--yes', '--format', 'json']);
    expect([ran.code, stateIn(ran)]).toEqual([0, expect.objectContaining({ action: 'promote', done: 'promoted' })]);
    expect(patchesOf(ran)).toEqual([['rollouts/shop/status', '{"status":{"pauseConditions":null}}', MERGE]]);
  });

  test('where the status is no resource of its own, all goes to the object', async () => {
    const trouble: Replay['trouble'] = ({ path }) =>
      path.endsWith('/status') ? { kind: 'status', code: 404 } : undefined;
    const ran = await against('good', 20402, ['promote', 'web', '--yes'], { trouble });
    expect(ran.code).toBe(0);
    expect(patchesOf(ran).at(-1)).toEqual([
      'rollouts/shop',
      '{"spec":{"paused":false},"status":{"pauseConditions":null}}',
      MERGE,
    ]);
  });

  const REFUSED: readonly (readonly [string, readonly string[], Edits, number, RegExp])[] = [
    ['where nobody can be asked', ['abort', 'web'], {}, 1, /^error REL009 .*no terminal\n {2}hint: say --yes/m],
    ['where it does not fit', ['retry', 'web', '--yes'], {}, 1, /^error REL009 .*not aborted/m],
    [
      'where the server is another one',
      ['abort', 'web', '--environment', 'production', '--yes'],
      { 'environments/production/cluster': { server: 'https://production.example' } },
      3,
      /^error REL003 environments.production.cluster: .*https:\/\/production.example/m,
    ],
    [
      'where no name tells that it is the right one',
      ['abort', 'web', '--environment', 'production', '--yes'],
      { 'environments/production/cluster': { name: 'prod-eu' } },
      3,
      /^error REL004 environments.production.cluster: .*prod-eu/m,
    ],
    [
      'where no catalog knows the Rollout',
      ['abort', 'shop', '--namespace', 'demo2', '--yes'],
      { 'services/web/name': 'web' },
      3,
      /^error REL004 /m,
    ],
  ];

  test.each(REFUSED)('%s nothing is changed', async (_, args, edits, exitCode, words) => {
    const ran = await against('good', 20402, args, { edits });
    expect([ran.code, ran.err, patchesOf(ran)]).toEqual([exitCode, expect.stringMatching(words), []]);
  });
});

describe('where it leads', () => {
  test('a context of another cluster can tell nothing, and a name that proves nothing only reads', async () => {
    const other = { 'environments/production/cluster': { server: 'https://production.example' } };
    const wrong = await against('good', 20402, ['validate', 'web', '--environment', 'production'], { edits: other });
    expect([wrong.code, wrong.err]).toEqual([3, expect.stringMatching(/^error REL003 /)]);
    const named = { 'environments/production/cluster': { name: 'prod-eu' } };
    const unproven = await against('good', 20402, ['status', 'web', '--environment', 'production'], { edits: named });
    expect([unproven.code, unproven.err]).toEqual([0, expect.stringMatching(/^note REL004 .*prod-eu$/m)]);
    const trusted = ['abort', 'web', '--environment', 'production', '--yes', '--trust-context'];
    expect((await against('good', 20402, trusted, { edits: named })).code).toBe(0);
    expect((await against('good', 20402, trusted, { edits: other })).err).toMatch(/^error REL003 /);
  });

  const WRONG: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    [
      'a context that is not there',
      ['status', 'web', '--context', 'nope'],
      3,
      /^error REL002 kubeconfig: .*"nope"; it has: replay, elsewhere/,
    ],
    [
      'a service that is not there',
      ['status', 'wob', '--environment', 'production'],
      64,
      /^error REL001 services: there is no "wob"\n {2}hint: did you mean "web"/,
    ],
    [
      'an environment that is not there',
      ['status', 'web', '--environment', 'prod'],
      64,
      /^error REL001 environments: there is no "prod"/,
    ],
    ['a Rollout that is not there', ['validate', 'api', '--environment', 'production'], 3, /^error REL007 /],
    ['no service', ['status'], 64, /^status needs the name of a service/],
  ];

  test.each(WRONG)('%s', async (_, args, exitCode, words) => {
    const { code, err } = await against('good', 20402, args);
    expect([code, err]).toEqual([exitCode, expect.stringMatching(words)]);
  });

  test.each([
    ['status', 'wob', 64, /^error REL001 services: there is no "wob"\n {2}hint: did you mean "web"/],
    ['validate', 'wob', 64, /^error REL001 services: there is no "wob"/],
    ['abort', 'wob', 64, /^error REL001 services: there is no "wob"/],
    ['status', 'web', 3, /^error REL002 kubeconfig: /],
  ])('%s %s without a kubeconfig: the catalog is asked first', async (command, service, exitCode, words) => {
    const folder = releaseFolder('http://127.0.0.1:1');
    const { code, err } = await release(folder, [command, service, '--kubeconfig', 'nowhere']);
    expect([code, err]).toEqual([exitCode, expect.stringMatching(words)]);
  });
});

/** The whole recordings, where they are: nothing was taken out of them. */
const WHOLE = process.env.CUTOVER_RECORDINGS ?? join(ROOT, '../shared/recordings');
const describeWhole = existsSync(WHOLE) ? describe : describe.skip;

describeWhole('the recordings as they were made', () => {
  test.each(OUTCOMES)('%s exits %i: %s', async (scenario, exitCode, verdict) => {
    const more = { speed: 40, folder: WHOLE };
    const ran = await against(scenario, BEGINNING[scenario], ['validate', 'web', '--format', 'json'], more);
    expect([ran.code, stateIn(ran)]).toEqual([exitCode, expect.objectContaining({ verdict, exitCode })]);
  });
});

test('every scenario is among the outcomes', () => {
  expect(OUTCOMES.map(([scenario]) => scenario).sort()).toEqual([...SCENARIOS].sort());
});
