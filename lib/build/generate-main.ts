import { generate } from './generate';

const check = process.argv.includes('--check');
const stale = generate(process.cwd(), check);
process.stdout.write(
  stale.length === 0 ? 'generated files are fresh\n' : `${check ? 'stale' : 'written'}: ${stale.join(', ')}\n`,
);
process.exitCode = check && stale.length > 0 ? 1 : 0;
