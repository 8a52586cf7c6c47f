import { runPlan } from './plan';

process.exitCode = runPlan(process.argv.slice(2), 'services.json', {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
});
