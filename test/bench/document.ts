import { SCENARIOS, UNCHECKED, UNLIKE } from './arena';
import type { Verdict } from './bars';
import { PERIOD } from './catalog';
import { barTable, costTable } from './report';
import type { Results } from './results';
import { LAPS, QUICK_SECONDS } from './run';

export interface Facts {
  readonly results: Results;
  readonly verdicts: readonly Verdict[];
  /** Where the time goes, as a table. */
  readonly phases: string;
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly machine: string;
  readonly versions: readonly string[];
  /** Day of the measurement, as YYYY-MM-DD. */
  readonly date: string;
}

/** What a bar that is missed means; nothing where all hold. */
function ofMissed(verdicts: readonly Verdict[]): string {
  const all = verdicts.filter(({ held, value }) => !held && value !== undefined);
  if (all.length === 0) return '';
  const some = all.filter(({ bar, unchecked }) => unchecked !== undefined && unchecked <= bar.limit);
  const told =
    some.length === all.length
      ? 'The copy without checks holds what is missed, so it is missed for checking.'
      : some.length === 0
        ? 'The copy without checks misses it too, so it is not missed for checking alone.'
        : `The copy without checks holds ${some.length} of the ${all.length} that are missed.`;
  return `
What is missed is not given up: checking is on in every run, and it is what the peers do not do.
${told}
`;
}

/** docs/benchmarks.md. */
export const benchmarksDocument = ({
  results,
  verdicts,
  phases,
  sizes,
  runs,
  machine,
  versions,
  date,
}: Facts): string => `# Benchmarks

What \`npm run synth\` costs, and what other tools cost for the same objects. Written by \`npm run bench\` on ${date}; do not edit.

![CPU time by number of services](benchmarks.svg)

CPU seconds, user and system, of all processes of a run:

${costTable(results, sizes, 'seconds')}
Peak memory in MiB:

${costTable(results, sizes, 'mebibytes')}
What must hold; \`npm run bench -- --check\` fails where it does not. CPU time as a multiple:

${barTable(verdicts)}
The bars are judged with the usual catalog, in which many services are alike. Beside them, for the cold runs: "unchecked" is a copy
of the product that renders the same and checks nothing, "no two alike" is the product with a catalog in which no two services are
alike. Both are compared with the peers' runs of the usual catalog.
${ofMissed(verdicts)}
Where the time of 1,000 services of the usual catalog goes (\`npm run bench -- --profile\` tells it by file and by function):

${phases}
- Machine: ${machine}.
- Versions: ${versions.join(', ')}.

## What is measured

A generated catalog of N services in one environment: half of them as the sample's \`frontend\` (canary on Istio with public hosts,
five gates in five steps), half as its \`backend\` (background gates, secrets, an autoscaler, all phases of migrations): 16 objects
of the one and 21 of the other, the Argo CD Application included. A bigger catalog contains the smaller ones.

The services of this catalog, the usual one, are of ${PERIOD} shapes: the two kinds, each in five variations of owner and replicas. Those
of one shape differ in their own name, their version and the name of a neighbour, and in nothing else. \`synth\` renders and checks
a few of each shape in full and puts the words of the others in their places ([how](why.md#what-is-alike-is-rendered-once)). The services with migrations have
databases of their own, but the same files for all of them, so SQL is judged once. Services may be less alike than these: the row
"no two services alike" is what a catalog costs when nothing of that helps.

${SCENARIOS.map(({ title, what }) => `- ${title}: ${what}.`).join('\n')}
- ${UNCHECKED.title}: as cold, of a copy from which the checks are taken out: of the catalog against its schema, of gates
  against objectives, of SQL, and of rendered objects. The product has no switch for it.
- ${UNLIKE.title}: as cold, of a catalog in which each service has one variable more, with a value that no
  other service has, and migrations of a table of its own. Every service is rendered and checked, and every history judged.

The bundle of the product is made before. CPU time is what the system says of finished child processes (getrusage), with those
that they started; peak memory is that of the largest of them. Every number is the median of ${runs} rounds in
which everybody runs, one right after another, after a round that does not count; who takes less than ${QUICK_SECONDS} s runs ${LAPS} times in each,
which makes ${LAPS * runs}. A ratio is the median of the ratios of runs that belong together, so that a machine that is slow for a while does
not decide it. Points of the chart that are in no table are single runs. Files are in memory where
the system has a folder there: ext4 makes new files up to ten times dearer for minutes after others were deleted.

## The peers

Their templates are made at each run from what the product has just written, with the values of the services left open, so they
stay equal to it as it grows. With 10 services everybody's output is parsed and compared with the product's, object by object;
a difference ends the benchmark.

- \`helm template\`: one chart; a template for each kind of service ranges over the values. One file on standard output.
- \`jsonnet -m\`: one program; the product's files, as YAML by \`std.manifestYamlDoc\`.
- cdk8s as its documentation teaches: one \`App\`, a \`Chart\` for each service, \`ApiObject\`s, \`app.synth()\`; plain JavaScript, so no
  compiler is timed. It takes minutes beyond 2,000 services, because \`synth\` looks at the whole App once for every chart.
- \`JSON.stringify\`: a script of object literals that writes the product's files as JSON, without checks: the least that Node can do.
- \`node -e 0\`: Node's own start.

Hashes of contents, which the product computes, are given to the peers as values. None of them checks what it renders; the product
checks the catalog, and against schemas and rules every object of the services that it renders in full: of all, where no two are
alike.

## Measuring again

\`\`\`sh
go install helm.sh/helm/v4/cmd/helm@v4.3.1
go install github.com/google/go-jsonnet/cmd/jsonnet@v0.22.0
npm run bench                          # all of it, and this page: some forty minutes
npm run bench -- --check               # only what must hold; exit code 1 where it does not
npm run bench -- --sizes 10,100        # other sizes, fewer minutes
npm run bench -- --profile             # where the time goes
\`\`\`

Linux or macOS, with perl, which both bring along: Node cannot ask the system what another process has used. A peer that is not on
the PATH is left out, and then this page is not written. Let nothing else run meanwhile.
`;
