import { toExpression } from '../pattern';
import { byShape, templatesOf } from '../rendered';
import type { Peer, PeerInput } from './peer';

/** One program that writes the product's files as YAML, by std.manifestYamlDoc. */
export const jsonnet: Peer = {
  id: 'jsonnet',
  title: 'jsonnet -m, YAML',
  program: 'jsonnet',
  version: ['jsonnet', '--version'],
  most: 5000,
  source: (input: PeerInput) =>
    new Map([
      ['services.json', JSON.stringify(byShape(input.services))],
      ['program.jsonnet', program(input)],
    ]),
  command: (folder) => ({
    command: 'jsonnet',
    arguments: ['-S', '-c', '-m', 'out', 'program.jsonnet'],
    cwd: folder,
  }),
  output: 'out',
};

const program = ({ equivalent }: PeerInput): string =>
  [
    "local services = import 'services.json';",
    'local yaml(one) = std.manifestYamlDoc(one, indent_array_in_object=true, quote_keys=false);',
    "local documents(objects) = std.join('\\n---\\n', std.map(yaml, objects)) + '\\n';",
    `local environment = ${JSON.stringify(Object.fromEntries(equivalent.environment))};`,
    "{ [name + '.yaml']: documents(environment[name]) for name in std.objectFields(environment) }",
    ...templatesOf(equivalent).flatMap(([shape, { folders }]) =>
      [...folders].map(
        ([folder, pattern]) =>
          `+ { ['${folder}/' + s.key + '.yaml']: documents(${toExpression(pattern, 's')}) for s in services.${shape} }`,
      ),
    ),
    '',
  ].join('\n');
