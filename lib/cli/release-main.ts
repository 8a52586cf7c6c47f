import './release/quiet';
import { createInterface } from 'node:readline/promises';
import { runRelease } from './release/run';

/** Asks on the terminal; whoever cannot be asked has to say --yes. */
async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

runRelease(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  columns: () => process.stdout.columns ?? 120,
  confirm: process.stdin.isTTY ? confirm : undefined,
  onInterrupt: (then) => process.once('SIGINT', then),
}).then((code) => {
  process.exitCode = code;
  // Watches and idle connections would keep the process for seconds.
  setImmediate(() => process.exit());
});
