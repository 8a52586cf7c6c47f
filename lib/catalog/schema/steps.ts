import { Type } from '@sinclair/typebox';
import { gateNames } from './release';
import { fields, flag, integer, name, oneOf, seconds } from './scalars';

/** Lists of steps that have a name; each has one line in lib/catalog/presets.ts. */
export const PRESETS = ['cautious', 'standard', 'fast', 'auto'] as const;

/** One header with one exact value: the only match that every router that splits can do. */
export const headerFields = {
  name: Type.String({ pattern: '^[A-Za-z0-9-]{1,128}$', description: 'Header name.', examples: ['x-early-access'] }),
  value: Type.String({ pattern: '^[\\x21-\\x7e]{1,256}$', description: 'Exact value.', examples: ['yes'] }),
};

const canaryScale = fields(
  {
    replicas: integer(0, 10_000, { description: 'Pods of the canary, whatever its weight.' }),
    percent: integer(0, 100, { description: 'Pods of the canary, in % of the replicas.' }),
    matchWeight: flag({ description: 'Only `true`: the pods follow the weight again.' }),
  },
  { minProperties: 1, maxProperties: 1, description: 'Pods of the canary from here on: exactly one of its fields.' },
);

const headerRoute = fields(
  {
    route: name({ description: 'Name of the route, to take it away by.', examples: ['early-access'] }),
    header: fields(headerFields, { description: 'Requests with it go to the canary.' }),
  },
  {
    description:
      'From here on requests with a header go to the canary. Without `header` the route is taken away. It ends with the release.',
  },
);

const mirrorRoute = fields(
  {
    route: name({ description: 'Name of the route, to take it away by.', examples: ['shadow'] }),
    percent: integer(1, 100, { description: 'Share of the GET requests that the canary gets a copy of, in %.' }),
  },
  {
    description:
      'From here on the canary gets copies of GET requests; its answers are thrown away. Without `percent` the copies end. Other methods are never copied, because they could be carried out twice.',
  },
);

const experiment = fields(
  {
    durationSeconds: seconds(1, { description: 'How long both run, in seconds.' }),
    replicas: integer(1, 100, { description: 'Pods of each of the two.', default: 1 }),
    weight: integer(1, 50, { description: 'Share of requests that each of the two gets, in % (router istio).' }),
    gates: gateNames('Gates that must pass; those with `relative` compare the two.'),
  },
  {
    description:
      'Runs new pods of the stable version (the baseline) and of the canary side by side from the same moment, so that warm caches and age do not tell them apart.',
  },
);

const step = fields(
  {
    setWeight: integer(0, 100, { description: 'Share of requests that the canary gets, in %.' }),
    pause: fields(
      {
        durationSeconds: seconds(1, { description: 'How long, in seconds. Left out: until somebody resumes.' }),
        auto: flag({
          description:
            'As long as the windows of the gates need that are asked next, so that none of them holds a request from before this step.',
        }),
      },
      { description: 'Wait before the next step.' },
    ),
    analysis: gateNames('Gates that must pass before the next step.'),
    canaryScale,
    headerRoute,
    mirrorRoute,
    experiment,
  },
  { minProperties: 1, maxProperties: 1, description: 'One step: exactly one of its fields.' },
);

export const steps = Type.Array(step, {
  minItems: 1,
  maxItems: 100,
  description: 'What happens, in order, before the new version is promoted (canary).',
});

export const preset = oneOf(PRESETS, {
  description:
    'Steps by name instead of `steps` (canary): weights, pauses, and all gates of the service that are not in the background. The one of the two that is nearer to the service holds.',
});
