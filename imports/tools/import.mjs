// `npm run import`: writes everything generated in this workspace. See ../README.md.
import { root, tool } from './tool.mjs';

try {
  process.exitCode = await tool('main').main(root, process.argv.slice(2));
} catch (error) {
  process.stderr.write(`import: nothing was written: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
