import { runDiff } from './diff';

void runDiff(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
}).then((exit) => {
  process.exitCode = exit;
});
