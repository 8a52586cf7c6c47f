import { toExpression } from '../pattern';
import { templatesOf } from '../rendered';
import type { Peer, PeerInput } from './peer';

/** The objects as functions of a service: JavaScript of literals, which is the least that building objects can cost. */
function objectsModule({ equivalent }: PeerInput): string {
  return [
    'exports.shapes = {',
    ...templatesOf(equivalent).map(([shape, { folders }]) => {
      const files = [...folders].map(([folder, pattern]) => `${JSON.stringify(folder)}: ${toExpression(pattern, 's')}`);
      return `  ${shape}: (s) => ({ ${files.join(', ')} }),`;
    }),
    '};',
    `exports.environment = ${JSON.stringify(Object.fromEntries(equivalent.environment))};`,
    `exports.services = JSON.parse(require('node:fs').readFileSync('services.json', 'utf8'));`,
    '',
  ].join('\n');
}

const source =
  (program: string) =>
  (input: PeerInput): ReadonlyMap<string, string> =>
    new Map([
      ['services.json', JSON.stringify(input.services)],
      ['objects.cjs', objectsModule(input)],
      ['main.cjs', program],
    ]);

const CDK8S = `const { App, ApiObject, Chart } = require('cdk8s');
const { environment, services, shapes } = require('./objects.cjs');

class BenchChart extends Chart {
  constructor(scope, id, files) {
    super(scope, id);
    for (const objects of Object.values(files)) {
      for (const object of objects) new ApiObject(this, object.kind + '-' + object.metadata.name, object);
    }
  }
}

const app = new App({ outdir: 'dist' });
new BenchChart(app, 'environment', environment);
for (const { shape, values } of services) new BenchChart(app, values.key, shapes[shape](values));
app.synth();
`;

/** As cdk8s' documentation teaches: one App, a Chart per service, its API objects; JavaScript, so that no compiler is timed. */
export const cdk8s: Peer = {
  id: 'cdk8s',
  title: 'cdk8s, one App',
  program: undefined,
  version: ['node', '-p', 'require("cdk8s/package.json").version'],
  most: 2000,
  source: source(CDK8S),
  command: (folder) => ({ command: process.execPath, arguments: ['main.cjs'], cwd: folder }),
  output: 'dist',
};

const JSON_SCRIPT = `const fs = require('node:fs');
const path = require('node:path');
const { environment, services, shapes } = require('./objects.cjs');

const write = (name, objects) => fs.writeFileSync(path.join('out', name + '.json'), JSON.stringify(objects));
for (const name of Object.keys(environment)) fs.mkdirSync(path.dirname(path.join('out', name)), { recursive: true });
for (const folder of Object.keys(shapes.web({}))) fs.mkdirSync(path.join('out', folder), { recursive: true });
for (const [name, objects] of Object.entries(environment)) write(name, objects);
for (const { shape, values } of services) {
  for (const [folder, objects] of Object.entries(shapes[shape](values))) write(path.join(folder, values.key), objects);
}
`;

/** The least that a script in Node can do: literals, JSON.stringify, the same number of files. */
export const jsonScript: Peer = {
  id: 'json',
  title: 'JSON.stringify',
  program: undefined,
  version: ['node', '--version'],
  most: Number.POSITIVE_INFINITY,
  source: source(JSON_SCRIPT),
  command: (folder) => ({ command: process.execPath, arguments: ['main.cjs'], cwd: folder }),
  output: 'out',
};
