import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { generatedFiles } from '../../lib/build/generate';
import { BUILT_IN, ITEM_DEFAULTS } from '../../lib/catalog/built-in';
import { GATE_FIELDS, GATE_KIND_FACTS } from '../../lib/catalog/gate-kinds';
import published from '../../lib/catalog/services.schema.json';
import { valueAt } from '../../lib/diagnostic/path';
import { ROOT } from '../tools/catalog';

const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const sample = read('services.json');
/** The sample, and the example with every strategy on every router. */
const shown = [sample, read('docs/examples/services.json')];

/** The part of a JSON Schema that these tests look at. */
interface Field {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly additionalProperties?: boolean | Field;
  readonly items?: Field;
}

interface Found {
  readonly path: string;
  readonly field: Field;
}

const NOTHING: Field = {};
const root: Field = published;
const service: Field = published.$defs.service;

/** A field and all below it; `*` stands for the names in a map, `[]` for the items of a list. */
function walk(field: Field, path: string): readonly Found[] {
  const properties = Object.entries(field.properties ?? {}).flatMap(([name, one]) => walk(one, `${path}.${name}`));
  const values = typeof field.additionalProperties === 'object' ? walk(field.additionalProperties, `${path}.*`) : [];
  const items = field.items ? walk(field.items, `${path}[]`) : [];
  return [{ path: path.replace(/^\./, ''), field }, ...properties, ...values, ...items];
}

const fileFields = walk(root, '');
const serviceFields = walk(service, '');
const every = [...fileFields, ...serviceFields];

test('the published schema is what the source generates', () => {
  const text = readFileSync(join(ROOT, 'lib/catalog/services.schema.json'), 'utf8');
  expect(generatedFiles().get('lib/catalog/services.schema.json')).toBe(text);
});

test('it is a strict schema of draft 2020-12, and accepts the sample', () => {
  const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
  expect(published.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect([ajv.validateSchema(published), ajv.errors]).toEqual([true, null]);
  const validate = ajv.compile(published);
  for (const one of shown) expect([validate(one), validate.errors]).toEqual([true, null]);
});

test('there is something to look at', () => expect(every.length).toBeGreaterThan(200));

test('every field has a description that ends as a sentence', () => {
  const wrong = every.filter(({ field }) => !/^\S.*[.)]$/.test(field.description ?? ''));
  expect(wrong.map(({ path, field }) => [path, field.description])).toEqual([]);
});

test('every object refuses fields that it does not know', () => {
  const open = every.filter(({ field }) => field.properties !== undefined && field.additionalProperties !== false);
  expect(open.map(({ path }) => path)).toEqual([]);
});

test('every pattern is anchored at both ends', () => {
  const loose = every.filter(({ field }) => field.pattern !== undefined && !/^\^.*\$$/.test(field.pattern));
  expect(loose.map(({ path, field }) => [path, field.pattern])).toEqual([]);
});

test('every example and default is itself valid', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const wrong = every.flatMap(({ path, field }) => {
    const { default: given, examples = [], ...rest } = field;
    const told = [...examples, ...(given === undefined || isProse(path, given) ? [] : [given])];
    const validate = ajv.compile({ ...rest, $defs: published.$defs });
    return told.filter((one) => !validate(one)).map((one) => [path, one]);
  });
  expect(wrong).toEqual([]);
});

/** Defaults that depend on something else are told in words. */
const PROSE = new Set([
  'name',
  'image.repository',
  'routing.port',
  'routing.gateways',
  'allowedCallers.gateway',
  'platform.alerts.customResourceState.namespace',
  'platform.argocd.project',
  'migrations.directory',
  'gates.*.inconclusiveLimit',
  'probes.readiness.port',
  'probes.liveness.port',
  'probes.startup.port',
  'routing.mesh',
  'routing.alb.groupName',
  'routing.alb.healthCheckPath',
  'routing.route53.setIdentifier',
  'routing.targetGroups.colours.blue.version',
  'routing.targetGroups.colours.blue.replicas',
  'routing.targetGroups.colours.green.version',
  'routing.targetGroups.colours.green.replicas',
  'traffic.requestsPerSecond',
  'objectives.medianLatencySeconds',
  'strategy.abTest.cookie.name',
  'strategy.abTest.variants.*.repository',
  'strategy.abTest.variants.*.replicas',
]);
const isProse = (path: string, given: unknown): boolean => PROSE.has(path) && typeof given === 'string';

describe('defaults', () => {
  const { port, autoscaling, probe, canaryHeader, outlierDetection, gate, migrations, database } = ITEM_DEFAULTS;
  const { blueGreen, testCookie, experiment, alb, targetGroups, targetGroupWeights, route53, requestMetrics } =
    ITEM_DEFAULTS;
  /** Where the schema tells the defaults of built-in.ts. */
  const built = new Map<string, unknown>([
    ...leaves(BUILT_IN, ''),
    ...leaves(port, 'ports.*'),
    ...leaves(autoscaling, 'autoscaling'),
    ...['readiness', 'liveness', 'startup'].flatMap((which) => leaves(probe, `probes.${which}`)),
    ...leaves(canaryHeader, 'routing.canaryHeader'),
    ...leaves(outlierDetection, 'routing.outlierDetection'),
    ...leaves(gate, 'gates.*'),
    ...leaves(ITEM_DEFAULTS.notification, 'notifications.*'),
    ...leaves(migrations, 'migrations'),
    ...leaves(database, 'migrations.database'),
    ...leaves(blueGreen, 'strategy.blueGreen'),
    ...leaves(testCookie, 'strategy.abTest.cookie'),
    ...leaves(experiment, 'strategy.steps[].experiment'),
    ...leaves(alb, 'routing.alb'),
    ...leaves(targetGroups, 'routing.targetGroups'),
    ...leaves(targetGroupWeights, 'routing.targetGroups.weights'),
    ...leaves(route53, 'routing.route53'),
    ...leaves(requestMetrics, 'requestMetrics'),
  ]);
  const told = new Map(
    serviceFields.flatMap(({ path, field }) => (field.default === undefined ? [] : [[path, field.default] as const])),
  );

  function leaves(value: unknown, path: string): readonly (readonly [string, unknown])[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
    return Object.entries(value).flatMap(([key, one]) => leaves(one, path === '' ? key : `${path}.${key}`));
  }

  /** Said by the description of `resources`, or decided where it is used. */
  const UNTOLD = ['resources.requests.cpu', 'resources.requests.memory', 'resources.limits.memory'];

  test('the schema tells each default of built-in.ts, and the same value', () => {
    const wrong = [...built].filter(
      ([path, value]) => !UNTOLD.includes(path) && JSON.stringify(told.get(path)) !== JSON.stringify(value),
    );
    expect(wrong.map(([path, value]) => ({ path, built: value, told: told.get(path) }))).toEqual([]);
  });

  test('built-in.ts has each default that the schema tells', () => {
    const wrong = [...told].filter(([path, value]) => !built.has(path) && !isProse(path, value));
    expect(wrong.filter(([path]) => path !== 'strategy.background.startingStep')).toEqual([]);
  });
});

describe('the sample and the example of all pairs', () => {
  /** The same schema in several places: any of them shows its fields. */
  const SAME: readonly (readonly string[])[] = [
    ['probes.readiness.', 'probes.liveness.', 'probes.startup.'],
    ['secrets.*.', 'migrations.user.', 'migrations.password.'],
  ];
  /** Fields that can only say what is so without them. */
  const ONE_CHOICE: readonly string[] = [];

  const settings: readonly unknown[] = shown.flatMap((catalog) => [
    valueAt(catalog, ['defaults']),
    ...membersOf(valueAt(catalog, ['services'])),
    ...membersOf(valueAt(catalog, ['environments'])).flatMap((one) => [
      valueAt(one, ['overrides']),
      ...membersOf(valueAt(one, ['services'])),
    ]),
  ]);

  function membersOf(value: unknown): readonly unknown[] {
    return typeof value === 'object' && value !== null ? Object.values(value) : [];
  }

  /** The values at a path of the schema. */
  function at(values: readonly unknown[], path: string): readonly unknown[] {
    return path
      .replaceAll('[]', '.*')
      .split('.')
      .filter((key) => key !== '')
      .reduce<readonly unknown[]>(
        (found, key) =>
          found.flatMap((one) => (key === '*' ? membersOf(one) : [valueAt(one, [key])])).filter((one) => one != null),
        values,
      );
  }

  test('use every field of the schema', () => {
    const places = (path: string): readonly string[] => {
      const same = SAME.find((group) => group.some((prefix) => path.startsWith(prefix))) ?? [];
      const own = same.find((prefix) => path.startsWith(prefix)) ?? '';
      return same.length === 0 ? [path] : same.map((prefix) => path.replace(own, prefix));
    };
    const unused = [
      ...fileFields.filter(({ path }) => at(shown, path).length === 0),
      ...serviceFields.filter(({ path }) => places(path).every((one) => at(settings, one).length === 0)),
    ];
    expect(unused.map(({ path }) => path).filter((path) => !ONE_CHOICE.includes(path))).toEqual([]);
  });

  test('know only one choice where they show none', () => {
    for (const path of ONE_CHOICE)
      expect(valueAt(serviceFields.find((one) => one.path === path)?.field ?? NOTHING, ['enum'])).toHaveLength(1);
  });
});

test('the facts of gates name fields of the schema, and each field of some kinds belongs to one', () => {
  const fields = Object.keys(service.properties?.gates?.additionalProperties ? gateProperties() : {});
  const facts = Object.values(GATE_KIND_FACTS);
  const own = facts.flatMap(({ bounds, fields: others }) => [...bounds, ...others]);
  expect([...new Set(own)].sort()).toEqual([...GATE_FIELDS].sort());
  expect(GATE_FIELDS.filter((field) => !fields.includes(field))).toEqual([]);
  expect(Object.keys(GATE_KIND_FACTS)).toEqual(valueAt(gateProperties(), ['kind', 'enum']));
});

function gateProperties(): object {
  return published.$defs.service.properties.gates.additionalProperties.properties;
}
