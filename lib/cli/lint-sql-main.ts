import * as fs from 'node:fs';
import { runLintSql } from './lint-sql';

runLintSql(process.argv.slice(2), {
  stdin: () => fs.readFileSync(0),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}).then((code) => {
  process.exitCode = code;
});
