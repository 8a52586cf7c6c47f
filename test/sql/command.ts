import { runLintSql } from '../../lib/cli/lint-sql';

/** Runs `npm run lint:sql`, with what it is given on the standard input. */
export async function run(args: readonly string[], stdin = '') {
  const told = { out: '', err: '' };
  const exit = await runLintSql(args, {
    stdin: () => Buffer.from(stdin),
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
  });
  return { exit, ...told };
}
