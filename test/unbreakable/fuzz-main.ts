import { parseArgs } from 'node:util';
import { type FuzzReport, fuzz } from './fuzz';

const USAGE = `usage: npm run fuzz -- [--cases <n>] [--seed <n>] [--seconds <n>] [--from <case>]
  Reads, renders and checks mutated catalogs; exits 1 when one ends in anything but a diagnostic or clean output.
`;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3600' },
    from: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

function summary({ seed, cases, seconds, clean, told, failures, slowestMs, largestMiB }: FuzzReport): string {
  const rate = Math.round(cases / Math.max(seconds, 1e-3));
  return `seed ${seed}: ${cases} cases in ${Math.round(seconds)} s (${rate}/s): ${told} told, ${clean} clean, ${failures.length} kinds of failures; slowest ${Math.round(slowestMs)} ms, ${Math.round(largestMiB)} MiB\n`;
}

function main(): number {
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [cases, seed, seconds, from] = [values.cases, values.seed, values.seconds, values.from].map(Number);
  if (![cases, seed, seconds, from].every((one) => Number.isSafeInteger(one) && Number(one) >= 0)) {
    process.stderr.write(USAGE);
    return 64;
  }
  const report = fuzz({
    repository: process.cwd(),
    cases: cases ?? 0,
    seed: seed ?? 1,
    seconds: seconds ?? 0,
    from: from ?? 0,
    progress: (so) => so.cases % 10_000 === 0 && process.stderr.write(summary(so)),
  });
  process.stdout.write(summary(report));
  process.stdout.write(
    `codes: ${Object.entries(report.codes)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}\n`,
  );
  for (const { number, why, story, input } of report.failures)
    process.stdout.write(
      `\nFAILED --seed ${seed} --from ${number} --cases 1: ${why}\n  ${story.join('\n  ')}\n${input}\n`,
    );
  return report.failures.length === 0 ? 0 : 1;
}

process.exitCode = main();
