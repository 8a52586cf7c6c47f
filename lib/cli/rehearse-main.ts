import { Cleanup } from '../rehearse/cleanup';
import { runRehearse } from './rehearse';

const cleanup = new Cleanup();

/** Exit codes of a process that a signal ends, as shells tell them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

for (const [signal, code] of Object.entries(SIGNALS))
  process.once(signal, () => cleanup.run().finally(() => process.exit(code)));

runRehearse(
  process.argv.slice(2),
  'services.json',
  {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    watched: process.stderr.isTTY,
  },
  cleanup,
).then((code) => {
  process.exitCode = code;
});
