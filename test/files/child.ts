import { rmSync, writeFileSync } from 'node:fs';
import { nodeFs } from '../../lib/files/fs';
import { openTree, TreeFault } from '../../lib/files/tree';
import { noExchange } from './support';

const [mode = '', root = '', version = '', count = '0', swap = ''] = process.argv.slice(2);
const fs = swap === 'two renames' ? noExchange : nodeFs;

const fill = (round = ''): string => `${version}${round}\n`.repeat(500);

const rounds = (times: number, inside: (work: () => void) => void): void => {
  for (let round = 0; round < times; round++) {
    const writer = openTree(root, { fs });
    inside(() => {
      for (let i = 0; i < Number(count); i++) writer.put(`env${i % 3}/s${i}.yaml`, fill(`${round}`));
    });
    writer.commit();
  }
};

/** Fails when another process is inside at the same time. */
const alone = (work: () => void): void => {
  writeFileSync(`${root}.inside`, '', { flag: 'wx' });
  work();
  rmSync(`${root}.inside`);
};

const modes: Readonly<Record<string, () => void>> = {
  once: () => rounds(1, (work) => work()),
  twenty: () => rounds(20, (work) => work()),
  alone: () => rounds(20, alone),
  hold: () => {
    // Before anything of the tree can be seen: whoever waits for that may send the signal at once.
    process.once('SIGTERM', () => {
      writer.discard();
      process.exit(143);
    });
    const writer = openTree(root, { fs });
    writer.put('held.yaml', 'held');
    setTimeout(() => writer.discard(), Number(count));
  },
};

process.stdout.write('go\n');
try {
  modes[mode]?.();
  process.stdout.write('done\n');
} catch (error) {
  const { code, message, hint } =
    error instanceof TreeFault ? error : { code: 'bug', message: String(error), hint: '' };
  process.stdout.write(JSON.stringify({ code, message, hint }));
  process.exitCode = 1;
}
