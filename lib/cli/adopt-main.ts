import * as fs from 'node:fs';
import { runAdopt } from './adopt';

process.exitCode = runAdopt(process.argv.slice(2), {
  stdin: () => fs.readFileSync(0),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
