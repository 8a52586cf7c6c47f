import { openCatalog } from './lib/catalog/read';
import { runSynth } from './lib/cli/synth';

// The entry of `npm run synth` and of `cdk8s synth`, which says in CDK8S_OUTDIR where it wants the manifests.
process.exitCode = runSynth({
  arguments: process.argv.slice(2),
  catalog: () => openCatalog('services.json'),
  outputDirectory: process.env.CDK8S_OUTDIR ?? 'dist',
  // Loaded only when something is to be rendered: cdk8s takes longer to load than a service to render.
  charts: () => require('./charts/render') as typeof import('./charts/render'),
  cache: { directory: process.env.CUTOVER_CACHE, build: process.env.CUTOVER_BUILD },
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
