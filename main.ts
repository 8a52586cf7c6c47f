import { writeSync } from 'node:fs';
import { openCatalog } from './lib/catalog/read';
import { runSynth } from './lib/cli/synth';

const CATALOG = 'services.json';

const options = {
  arguments: process.argv.slice(2),
  outputDirectory: process.env.CDK8S_OUTDIR ?? 'dist',
  // Loaded only when something is to be rendered: cdk8s takes longer to load than a service to render.
  charts: () => require('./charts/render') as typeof import('./charts/render'),
  // Loaded only when there are migrations that were not judged before.
  linter: () => require('./lib/sql/linter') as typeof import('./lib/sql/linter'),
  out: tell,
  err: (text: string) => text !== '' && stream('stderr').write(text),
};

/** Whether what was said may still get lost. */
let isStreaming = false;

/** A stream, which Node makes when it is first asked for. */
function stream(name: 'stdout' | 'stderr'): NodeJS.WriteStream {
  isStreaming = true;
  return process[name];
}

/** Writes to the standard output without the stream that Node would make for it; what that does not take is left to the stream. */
function tell(text: string): void {
  let bytes = Buffer.from(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
  } catch {
    stream('stdout').write(bytes);
  }
}

/** Loaded only when it is asked for. */
const lint = () => require('./lib/cli/lint') as typeof import('./lib/cli/lint');

// The entry of `npm run synth`, of `npm run lint`, and of `cdk8s synth`, which says in CDK8S_OUTDIR where it wants the manifests.
const done =
  process.env.CUTOVER_COMMAND === 'lint'
    ? lint().runLint({ ...options, catalog: () => openCatalog(CATALOG) })
    : runSynth({
        ...options,
        catalogFile: CATALOG,
        openCatalog,
        cache: { directory: process.env.CUTOVER_CACHE, build: process.env.CUTOVER_BUILD },
      });

done.then((code) => {
  process.exitCode = code;
  // Otherwise Node would wait for V8's helpers, and turn meanwhile. What a stream fails to tell the launcher hears of first.
  if (isStreaming) setImmediate(() => process.exit());
  else process.exit();
});
