// Lets a process of its own load the sources: the types are stripped as in the tests.
const fs = require('node:fs');
const { transformSync } = require('esbuild');

require.extensions['.ts'] = (module, file) =>
  module._compile(
    transformSync(fs.readFileSync(file, 'utf8'), { format: 'cjs', target: 'node20', platform: 'node', loader: 'ts' })
      .code,
    file,
  );
