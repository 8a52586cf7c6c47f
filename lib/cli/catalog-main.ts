import { runCatalog } from './catalog';

process.exitCode = runCatalog(process.argv.slice(2), 'services.json', {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
