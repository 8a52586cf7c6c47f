import { type Static, Type } from '@sinclair/typebox';
import { migrations, SERVICE_KEY } from './migrations';
import { notifications } from './notifications';
import { platform } from './platform';
import { gates, objectives, requestMetrics, traffic } from './release';
import { routing } from './routing';
import { DNS_LABEL, fields, flag, integer, mapOf, name, seconds, subdomain, text } from './scalars';
import { strategy } from './strategy';
import {
  allowedCallers,
  autoscaling,
  config,
  image,
  ports,
  probes,
  resources,
  secrets,
  security,
  shutdown,
} from './workload';

/** Everything that can be said of a service, in any layer: `defaults`, the service, an environment, a service in an environment. */
export const serviceSettings = fields(
  {
    enabled: flag({ description: 'Whether it is rendered.', default: true }),
    name: name({
      description: 'Name of its objects in the cluster.',
      default: 'its key',
      examples: ['tbyte-microservices-frontend'],
    }),
    owner: Type.String({
      pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
      description: 'Team that is woken up.',
    }),
    image,
    command: Type.Array(text({ description: 'Word.' }), {
      maxItems: 100,
      description: "Command in place of the image's.",
    }),
    args: Type.Array(text({ description: 'Word.' }), { maxItems: 100, description: 'Arguments of the command.' }),
    ports,
    replicas: integer(1, 10_000, { description: 'Pods of the steady state.', default: 2 }),
    autoscaling,
    resources,
    probes,
    config,
    secrets,
    security,
    shutdown,
    podStartSeconds: seconds(1, {
      description:
        'Time from the creation of a pod to its readiness, as the cluster shows it, in seconds; the plan of a release counts with it. Left out: the shortest time that the probes allow.',
      examples: [12],
    }),
    strategy,
    routing,
    gates,
    requestMetrics,
    migrations,
    allowedCallers,
    notifications,
    traffic,
    objectives,
  },
  { description: 'A service.' },
);
type MutableSettings = Static<typeof serviceSettings>;

/** What a layer may say of a service: the schema's own type, read-only all through. */
export type ServiceSettings = DeepReadonly<MutableSettings>;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

const settings = (description: string) => Type.Unsafe<MutableSettings>({ $ref: '#/$defs/service', description });

const environment = fields(
  {
    namespace: Type.String({ pattern: DNS_LABEL, maxLength: 63, description: 'Namespace of its services.' }),
    cluster: fields(
      {
        name: subdomain({ description: "The cluster's name in Argo CD." }),
        server: Type.String({
          pattern: '^https://[A-Za-z0-9.:-]+$',
          description: "The cluster's API server.",
          examples: ['https://kubernetes.default.svc'],
        }),
      },
      { minProperties: 1, maxProperties: 1, description: 'Destination: `name` or `server`.' },
    ),
    versions: mapOf(
      SERVICE_KEY,
      Type.String({ minLength: 1, maxLength: 200, description: 'Tag, tag@sha256:… or sha256:….' }),
      {
        description: 'Image version of each service: a promotion is a change of one line.',
        examples: [{ frontend: '1.8.2' }],
      },
    ),
    requireDigests: flag({
      description: 'Whether every image must be named by its digest: a tag can be moved, a digest cannot.',
      default: false,
    }),
    overrides: settings('Settings of every service in this environment; they win over the service.'),
    services: mapOf(SERVICE_KEY, settings('Settings of one service in this environment; they win over everything.'), {
      description: 'Settings by service.',
    }),
  },
  { description: 'One environment.' },
);

/** The whole file. */
export const catalog = fields(
  {
    $schema: Type.String({ description: 'This schema, so that editors complete and explain the fields.' }),
    platform,
    environments: mapOf(DNS_LABEL, environment, { minProperties: 1, description: 'Environments by name.' }),
    defaults: settings('Settings of every service; the service wins over them.'),
    services: mapOf(SERVICE_KEY, settings('One service.'), { description: 'Services by key.' }),
  },
  { description: "Cutover's catalog of services." },
);

/** The schema as published: self-contained, draft 2020-12. */
export const catalogSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Cutover catalog',
  ...catalog,
  required: ['platform', 'environments', 'services'],
  $defs: { service: serviceSettings },
};

/** The catalog as people write it, once the schema has accepted it. */
export type CatalogInput = DeepReadonly<Static<typeof catalog>>;
