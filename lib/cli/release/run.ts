import { ClusterFault } from '../../cluster/fault';
import type { Diagnostic } from '../../diagnostic/diagnostic';
import { formatDiagnostics } from '../../diagnostic/format';
import type { ReleaseCode } from '../../release/codes';
import { ReleaseFault } from '../../release/fault';
import { toJson } from '../../release/json';
import { runAction } from './act';
import { runHistory } from './history';
import { type Command, type Options, parseOptions, USAGE } from './options';
import { runRollback } from './rollback';
import { checkIdentity, clusterDiagnostic, openSession, type Session } from './session';
import { runStatus } from './status';
import { RELEASE_EXIT, type ReleaseStreams } from './streams';
import { runValidate } from './validate';

/** Runs `npm run release`; gives the exit code. Never throws for what a user or a cluster can cause. */
export async function runRelease(args: readonly string[], streams: ReleaseStreams): Promise<number> {
  const options = parseOptions(args);
  if (options === 'help') {
    streams.out(USAGE);
    return RELEASE_EXIT.ok;
  }
  if ('fault' in options) {
    streams.err(`${options.fault}\n${USAGE}`);
    return RELEASE_EXIT.usage;
  }
  try {
    return await carryOut(options, streams);
  } catch (error) {
    if (error instanceof ReleaseFault) return tell(error.diagnostics, options, streams);
    streams.err(
      `release failed in a way it did not expect: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    if (process.env.CUTOVER_TRACE && error instanceof Error) streams.err(`${error.stack ?? ''}\n`);
    return RELEASE_EXIT.crash;
  }
}

type Run = (session: Session, streams: ReleaseStreams) => Promise<number>;

/** Every command; a new one does not compile until it is here. */
const RUNS: Readonly<Record<Exclude<Command, 'rollback' | 'history'>, Run>> = {
  status: runStatus,
  validate: runValidate,
  abort: runAction('abort'),
  retry: runAction('retry'),
  promote: runAction('promote'),
  pause: runAction('pause'),
  resume: runAction('resume'),
};

async function carryOut(options: Options, streams: ReleaseStreams): Promise<number> {
  if (options.command === 'rollback') return runRollback(options, streams);
  if (options.command === 'history') return runHistory(options, streams);
  const session = openSession(options);
  if (session.warnings.length > 0)
    streams.err(
      `the catalog has ${session.warnings.length} errors; npm run synth tells them. What is told here may be less.\n`,
    );
  checkIdentity(session, undefined, false);
  try {
    return await RUNS[options.command](session, streams);
  } catch (error) {
    if (!(error instanceof ClusterFault)) throw error;
    throw new ReleaseFault(clusterDiagnostic(error, session));
  }
}

const refusals = (...codes: readonly ReleaseCode[]) =>
  Object.fromEntries(codes.map((code) => [code, RELEASE_EXIT.refused]));

/** Exit codes of faults; what is not here leaves it open what the release does. */
const EXITS: Readonly<Partial<Record<string, number>>> = {
  REL001: RELEASE_EXIT.usage,
  REL009: RELEASE_EXIT.refused,
  ...refusals('REL030', 'REL031', 'REL032', 'REL033', 'REL034', 'REL035', 'REL036'),
};

function tell(diagnostics: readonly Diagnostic[], { format, service }: Options, { out, err }: ReleaseStreams): number {
  const exitCode = EXITS[diagnostics[0]?.code ?? ''] ?? RELEASE_EXIT.unknown;
  if (format === 'json') out(`${toJson({ service, verdict: 'unknown', exitCode, diagnostics }, 2)}\n`);
  err(formatDiagnostics(diagnostics));
  return exitCode;
}
