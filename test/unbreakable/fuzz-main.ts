import { parseArgs } from 'node:util';
import { Random } from '../tools/mutate';
import { type FuzzReport, fuzz } from './fuzz';
import { killManyTimes, type Tally } from './interrupt';
import { removePlaces } from './place';

const USAGE = `usage: npm run fuzz -- [--cases <n>] [--seed <n>] [--seconds <n>] [--from <case>]
       npm run fuzz -- --kills <n> [--seed <n>]
  Reads, renders and checks mutated catalogs; exits 1 when one ends in anything but a diagnostic or clean output.
  With --kills it ends synth by kill -9 at random moments instead, each time followed by a run that has to clean up; exits 1 at
  a tree that is neither the old one nor the new one, and when anything is left behind.
`;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3600' },
    from: { type: 'string', default: '0' },
    kills: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { cases, seed, seconds, from, kills } = values;
  const [first = 0, ...rest] = [seed, cases, seconds, from, kills].map(Number);
  if (![first, ...rest].every((one) => Number.isSafeInteger(one) && one >= 0)) {
    process.stderr.write(USAGE);
    return 64;
  }
  const [most = 0, longest = 0, begin = 0, killed = 0] = rest;
  return killed > 0 ? kill(killed, first) : mutate({ cases: most, seed: first, seconds: longest, from: begin });
}

async function kill(runs: number, seed: number): Promise<number> {
  const began = performance.now();
  const tell = ({ runs: done, old, new: fresh, late }: Tally): string =>
    `seed ${seed}: ${done} runs in ${Math.round((performance.now() - began) / 1000)} s: killed before the exchange ${old}, after it ${fresh}; over before the signal came ${late}; nothing mixed, nothing left\n`;
  try {
    const tally = await killManyTimes(runs, new Random(seed), (so) => {
      if (so.runs % 50 === 0) process.stderr.write(tell(so));
    });
    process.stdout.write(tell(tally));
    return 0;
  } catch (error) {
    process.stdout.write(`FAILED --seed ${seed}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    removePlaces();
  }
}

type Asked = Readonly<Record<'cases' | 'seed' | 'seconds' | 'from', number>>;

function mutate(asked: Asked): number {
  const report = fuzz({
    repository: process.cwd(),
    ...asked,
    progress: (so) => so.cases % 10_000 === 0 && process.stderr.write(summary(so)),
  });
  const codes = Object.entries(report.codes).map(([code, count]) => `${code} ${count}`);
  process.stdout.write(`${summary(report)}codes: ${codes.join(', ')}\n`);
  for (const { number, why, story, input } of report.failures)
    process.stdout.write(
      `\nFAILED --seed ${asked.seed} --from ${number} --cases 1: ${why}\n  ${story.join('\n  ')}\n${input}\n`,
    );
  return report.failures.length === 0 ? 0 : 1;
}

function summary({ seed, cases, seconds, clean, told, failures, slowestMs, largestMiB }: FuzzReport): string {
  const rate = Math.round(cases / Math.max(seconds, 1e-3));
  return `seed ${seed}: ${cases} cases in ${Math.round(seconds)} s (${rate}/s): ${told} told, ${clean} clean, ${failures.length} kinds of failures; slowest ${Math.round(slowestMs)} ms, ${Math.round(largestMiB)} MiB\n`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 70;
  },
);
