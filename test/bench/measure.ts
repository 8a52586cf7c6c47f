import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import type { Cost } from './statistics';

/** A command to be measured. */
export interface Command {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** Where its standard output goes; left out, nowhere. */
  readonly output?: string;
}

/** The number of getrusage and what its maxrss counts, by architecture. */
const SYSTEMS: Readonly<Record<string, { readonly call: number; readonly unit: number }>> = {
  'linux-x64': { call: 98, unit: 1024 },
  'linux-arm64': { call: 165, unit: 1024 },
  'darwin-x64': { call: 117, unit: 1 },
  'darwin-arm64': { call: 117, unit: 1 },
};

/**
 * Runs the command and asks the system what its processes have used. Node can ask for itself only, `times` of the shell and
 * `time` have hundredths of a second where `node -e 0` takes five of them; getrusage(RUSAGE_CHILDREN) has microseconds and
 * knows the peak memory. The process that forks is small, so that the command does not inherit the size of Node.
 */
const SCRIPT = `
my ($call, @command) = @ARGV;
my $child = fork // die "fork: $!";
if ($child == 0) { exec { $command[0] } @command or exit 127 }
waitpid $child, 0;
my $status = $?;
my $usage = "\\0" x 512;
syscall(0 + $call, -1, $usage) == 0 or die "getrusage: $!";
my ($us, $uu, $ss, $su, $rss) = unpack 'q l x4 q l x4 q', $usage;
open my $report, '>&=', 3 or die "report: $!";
print $report join ' ', $status, $us + $uu / 1e6, $ss + $su / 1e6, $rss;
`;

/** The cost of a command that must succeed. */
export function measure({ command, arguments: given, cwd, output }: Command): Cost {
  const system = SYSTEMS[`${process.platform}-${process.arch}`];
  if (system === undefined) throw new Error(`no way is known to measure on ${process.platform}-${process.arch}`);
  const stdout = output === undefined ? 'ignore' : fs.openSync(output, 'w');
  const result = spawnSync('perl', ['-e', SCRIPT, String(system.call), command, ...given], {
    cwd,
    stdio: ['ignore', stdout, 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (typeof stdout === 'number') fs.closeSync(stdout);
  if (result.error) throw new Error(`perl is needed to measure: ${result.error.message}`);
  const [status, user, sys, peak] = String(result.output[3]).split(' ').map(Number);
  if (status !== 0 || user === undefined || sys === undefined || peak === undefined) {
    throw new Error(`${[command, ...given].join(' ')} failed (${status}):\n${result.stderr}`);
  }
  return { seconds: user + sys, mebibytes: (peak * system.unit) / 2 ** 20 };
}

/** Where a program is on the PATH. */
export function findProgram(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const file = `${folder}/${name}`;
    if (folder !== '' && fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  return undefined;
}
