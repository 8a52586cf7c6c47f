export interface Options {
  readonly mode: 'measure' | 'check' | 'profile' | 'shards' | 'diff' | 'help';
  readonly runs: number;
  /** Undefined: the usual sizes. */
  readonly sizes: readonly number[] | undefined;
  /** How many shards a catalog is split into. */
  readonly shards: number;
  /** Where it works; undefined: memory if the system has such a place, else the temporary folder. */
  readonly folder: string | undefined;
}

export const USAGE = `usage: npm run bench -- [options]
  Measures synth against its peers; with all of them on the PATH, writes docs/benchmarks.md and docs/benchmarks.svg.
  --check          fails where a bar is missed, and writes nothing
  --profile        tells where the time of a cold and of a warm run goes
  --shards 4       tells what each of so many shards of a catalog costs, and what Git makes of the whole; writes nothing
  --diff           tells what \`npm run diff\` of generated trees costs, both sides from git; writes nothing
  --sizes 1,1000   numbers of services; writes nothing
  --runs 5         rounds, in each of which everybody runs once; one more warms up
  --folder <dir>   where it works
`;

/** The options as given, or a message that says what is wrong with them. */
export function readOptions(words: readonly string[]): Options | string {
  let options: Options = { mode: 'measure', runs: 5, sizes: undefined, shards: 1, folder: undefined };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const mode = MODES[word];
    if (mode !== undefined) {
      options = { ...options, mode };
      continue;
    }
    i += 1;
    const value = words[i];
    if (value === undefined) return `${word} is unknown or lacks its value`;
    const numbers = value.split(',').map(Number);
    const whole = numbers.every((number) => Number.isInteger(number) && number > 0);
    if (word === '--folder') options = { ...options, folder: value };
    else if (word === '--sizes' && whole) options = { ...options, sizes: numbers };
    else if (word === '--shards' && whole && numbers[0] !== undefined)
      options = { ...options, mode: 'shards', shards: numbers[0] };
    else if (word === '--runs' && whole && numbers[0] !== undefined) options = { ...options, runs: numbers[0] };
    else return `${word} ${value} is not understood`;
  }
  return options;
}

const MODES: Readonly<Record<string, Options['mode'] | undefined>> = {
  '--check': 'check',
  '--profile': 'profile',
  '--diff': 'diff',
  '--help': 'help',
};
