import { catalogSchema } from '../catalog/schema/catalog';

/** The part of a JSON Schema that the reference shows. */
interface Shown {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Shown>>;
  readonly additionalProperties?: unknown;
  readonly items?: Shown;
  readonly $ref?: string;
}

/** The reference of every field of services.json, from its schema. */
export function catalogReference(): string {
  const { service } = catalogSchema.$defs;
  return `<!-- Generated from lib/catalog/schema by \`npm run generate\`. Do not edit. -->
# The catalog

\`services.json\` at the root of the repository. Its first line, \`"$schema": "./lib/catalog/services.schema.json"\`, gives editors
completion and these texts. \`npm run catalog -- --service <service> --environment <environment>\` prints what holds for a service and
where each value came from.

What is said of a service is merged from these layers, the later over the earlier: Cutover's defaults, \`defaults\`,
\`services.<service>\`, \`environments.<environment>.overrides\`, \`environments.<environment>.services.<service>\`. Objects are merged field by
field; everything else, lists too, is replaced. \`null\` takes an inherited value away where the table says so.

## The file

${table(rowsOf(catalogSchema, ''))}
## A service

The fields of \`defaults\`, of a service, and of both kinds of overrides.

${table(rowsOf(service, ''))}`;
}

type Row = readonly [field: string, type: string, text: string];

const table = (rows: readonly Row[]): string =>
  `| field | type | meaning |\n|---|---|---|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;

function rowsOf(schema: Shown, path: string): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [[`\`${at}\``, typeOf(field), textOf(field)] as const, ...below(field, at)];
  });
}

function below(field: Shown, at: string): readonly Row[] {
  if (field.items !== undefined) return rowsOf(field.items, `${at}[]`);
  const values = field.additionalProperties;
  if (isShown(values))
    return [
      ...(values.properties ? [] : [[`\`${at}.<name>\``, typeOf(values), textOf(values)] as const]),
      ...below(values, `${at}.<name>`),
    ];
  return rowsOf(field, at);
}

const isShown = (value: unknown): value is Shown => typeof value === 'object' && value !== null;

function typeOf(field: Shown): string {
  if (field.$ref !== undefined) return 'a service';
  if (field.enum !== undefined) return field.enum.map((word) => `\`${String(word)}\``).join(', ');
  const types = typeof field.type === 'string' ? [field.type] : (field.type ?? []);
  const range = [field.minimum, field.maximum].some((bound) => bound !== undefined)
    ? ` ${field.minimum ?? ''}–${field.maximum ?? ''}`
    : '';
  return (
    types
      .map((type) =>
        type === 'array' ? 'list' : type === 'object' && isShown(field.additionalProperties) ? 'map' : type,
      )
      .join(' or ') + range
  );
}

function textOf(field: Shown): string {
  const parts = [field.description ?? ''];
  if (field.default !== undefined)
    parts.push(
      `Default: ${typeof field.default === 'string' && field.default.includes(' ') ? field.default : `\`${JSON.stringify(field.default)}\``}.`,
    );
  if (field.examples !== undefined)
    parts.push(`Example: ${field.examples.map((example) => `\`${JSON.stringify(example)}\``).join(', ')}.`);
  return parts.join(' ').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
