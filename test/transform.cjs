// Jest transformer: the same compiler that bundles the product strips the types. Types are checked by tsc, apart from the run.
const { transformSync, version } = require('esbuild');

const options = { format: 'cjs', target: 'node20', platform: 'node', sourcemap: 'inline', sourcesContent: false };

module.exports = {
  getCacheKey: (source, path) =>
    require('node:crypto')
      .createHash('sha1')
      .update(JSON.stringify([version, options, path, source]))
      .digest('hex'),
  process: (source, path) => transformSync(source, { ...options, loader: 'ts', sourcefile: path }),
};
