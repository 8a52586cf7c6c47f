import { openCatalog } from '../catalog/read';
import type { PendingRelease } from '../catalog/resolve';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatDiagnostics } from '../diagnostic/format';
import { planner } from '../plan/alike';
import { type EnvironmentPlan, environmentPlan } from '../plan/platform-plan';
import type { ReleasePlan } from '../plan/release-plan';
import { EXIT, guarded } from './exit';
import { unknownNames } from './plan-names';
import { FORMATS, type PlanOptions, planOptions } from './plan-options';
import { writePlan } from './plan-output';
import { progressOn } from './progress';
import { orUsage } from './words';

const USAGE = `usage: npm run plan [-- --service <service>] [--environment <environment>] [--format ${FORMATS.join('|')}] [--out <path>]
  Says what a release will be like before it happens: its time, its pods, what a bad version would do, and what stops it.
  Without a service: all of them; without an environment: all of them.
  --out writes to a file; with markdown to a folder, because the pictures stand beside the document.
`;

export interface PlanStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody looks at `err`: only then progress is shown. */
  readonly terminal: boolean;
}

/** Plans releases from the catalog alone; gives the exit code. */
export function runPlan(args: readonly string[], catalogFile: string, streams: PlanStreams): number {
  return guarded(streams.err, () => {
    const options = orUsage(planOptions(args), USAGE, streams);
    if (typeof options === 'number') return options;
    const catalog = openCatalog(catalogFile);
    const unknown = catalog.input === undefined ? [] : unknownNames(catalog.input, catalog.releases, options);
    if (unknown.length > 0 || catalog.input === undefined)
      return refuse(streams, [...catalog.diagnostics(), ...unknown]);
    const environments = plansOf(catalog.releases, options, streams);
    const diagnostics = catalog.diagnostics();
    if (diagnostics.some(({ severity }) => severity === 'error')) return refuse(streams, diagnostics);
    streams.err(formatDiagnostics(diagnostics));
    const wrong = writePlan(environments, options, streams.out);
    return wrong === undefined ? EXIT.ok : refuse(streams, [wrong]);
  });
}

function refuse({ err }: PlanStreams, diagnostics: readonly Diagnostic[]): number {
  err(formatDiagnostics(diagnostics));
  return EXIT.findings;
}

/** The services are completed one by one, and only those that were asked for. */
function plansOf(
  releases: readonly PendingRelease[],
  { service, environment }: PlanOptions,
  streams: PlanStreams,
): readonly EnvironmentPlan[] {
  const wanted = releases
    .filter((release) => environment === undefined || release.environment.name === environment)
    .map((release) => ({
      release,
      services: release.services.filter(({ key }) => service === undefined || key === service),
    }))
    .filter(({ services }) => services.length > 0);
  const progress = progressOn(
    streams,
    'planning',
    wanted.reduce((sum, { services }) => sum + services.length, 0),
  );
  const plan = planner();
  const plans = wanted.map(({ release, services }) => {
    const planned: ReleasePlan[] = services.map((pending) => {
      progress.step();
      return plan(pending.complete(), release);
    });
    return environmentPlan(release, planned);
  });
  progress.end();
  return plans;
}
