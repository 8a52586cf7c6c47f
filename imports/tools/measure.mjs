// `node imports/tools/measure.mjs`: the sizes and times that ../README.md states.
import { join } from 'node:path';
import { root, tool } from './tool.mjs';

process.stdout.write(tool('measure').measure(join(root, 'imports')));
