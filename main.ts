import { renderRelease } from './charts/render';
import { readCatalog } from './lib/catalog/read';
import { runSynth } from './lib/cli/synth';

// The entry of `npm run synth` and of `cdk8s synth`, which says in CDK8S_OUTDIR where it wants the manifests.
process.exitCode = runSynth({
  arguments: process.argv.slice(2),
  catalogFile: 'services.json',
  outputDirectory: process.env.CDK8S_OUTDIR ?? 'dist',
  readCatalog,
  renderRelease,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
