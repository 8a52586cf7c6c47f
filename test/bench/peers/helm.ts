import { join } from 'node:path';
import { toYamlDocuments } from '../../../lib/manifest/yaml';
import type { Json, Pattern } from '../pattern';
import { byShape, type ShapeTemplate, templatesOf } from '../rendered';
import type { Peer, PeerInput } from './peer';

/** One chart, its templates ranging over the services of the values; standard output goes to one file. */
export const helm: Peer = {
  id: 'helm',
  title: 'helm template',
  program: 'helm',
  version: ['helm', 'version', '--short'],
  most: Number.POSITIVE_INFINITY,
  source: ({ equivalent, services }: PeerInput) =>
    new Map([
      ['chart/Chart.yaml', 'apiVersion: v2\nname: bench\nversion: 1.0.0\n'],
      // JSON is YAML.
      ['chart/values.yaml', `${JSON.stringify(byShape(services))}\n`],
      ['chart/templates/environment.yaml', toTemplate([...equivalent.environment.values()].flat())],
      ...templatesOf(equivalent).map(
        ([shape, template]) => [`chart/templates/${shape}.yaml`, range(shape, template)] as const,
      ),
    ]),
  command: (folder) => ({
    command: 'helm',
    arguments: ['template', 'bench', 'chart'],
    cwd: folder,
    output: join(folder, 'rendered.yaml'),
  }),
  output: 'rendered.yaml',
};

/** A template is text: the values are marks until the YAML is written. */
function range(shape: string, { folders }: ShapeTemplate): string {
  const actions: string[] = [];
  const files = [...folders.values()].map((pattern) => mark(pattern, (action) => `qz${actions.push(action) - 1}zq`));
  const text = toTemplate(files.flat()).replaceAll(/qz(\d+)zq/g, (_, index) => actions[Number(index)] ?? '');
  return `{{- range $service := .Values.${shape} }}\n---\n${text}{{- end }}\n`;
}

/** YAML in which braces are text to Helm, too. */
const toTemplate = (objects: readonly Json[]): string => toYamlDocuments(objects).replaceAll('{{', '{{ "{{" }}');

function mark(pattern: Pattern, markOf: (action: string) => string): Json {
  switch (pattern.kind) {
    case 'constant':
      return pattern.value;
    case 'value':
      // A text alone could be read as a number: a hash may have digits only.
      return markOf(`{{ $service.${pattern.name}${pattern.type === 'string' ? ' | quote' : ''} }}`);
    case 'text':
      return pattern.parts
        .map((part) => (typeof part === 'string' ? part : markOf(`{{ $service.${part.name} }}`)))
        .join('');
    case 'list':
      return pattern.items.map((item) => mark(item, markOf));
    case 'map':
      return Object.fromEntries(pattern.entries.map(([key, item]) => [key, mark(item, markOf)]));
  }
}
