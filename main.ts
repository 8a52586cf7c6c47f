import { openCatalog } from './lib/catalog/read';
import { runSynth } from './lib/cli/synth';

const options = {
  arguments: process.argv.slice(2),
  catalogFile: 'services.json',
  openCatalog,
  outputDirectory: process.env.CDK8S_OUTDIR ?? 'dist',
  // Loaded only when something is to be rendered: cdk8s takes longer to load than a service to render.
  charts: () => require('./charts/render') as typeof import('./charts/render'),
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
};

/** Loaded only when it is asked for. */
const lint = () => require('./lib/cli/lint') as typeof import('./lib/cli/lint');

// The entry of `npm run synth`, of `npm run lint`, and of `cdk8s synth`, which says in CDK8S_OUTDIR where it wants the manifests.
process.exitCode =
  process.env.CUTOVER_COMMAND === 'lint'
    ? lint().runLint(options)
    : runSynth({ ...options, cache: { directory: process.env.CUTOVER_CACHE, build: process.env.CUTOVER_BUILD } });
