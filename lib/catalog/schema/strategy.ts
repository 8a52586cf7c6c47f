import { Type } from '@sinclair/typebox';
import { routersFor } from '../capabilities';
import { OPTIMIZATIONS, STRATEGIES } from '../kinds';
import { gateNames } from './release';
import { fields, flag, integer, mapOf, oneOf, REPOSITORY, removable, seconds } from './scalars';
import { headerFields, preset, steps } from './steps';

/** Each strategy with its routers, from the table of pairs. */
const carried = STRATEGIES.map((strategy) => `${strategy} (${routersFor(strategy).join(', ')})`).join(', ');

const pods = (told: { description: string; default: string }) =>
  Type.String({ pattern: '^([0-9]{1,5}|[0-9]{1,2}%|100%)$', examples: ['1', '25%'], ...told });

const blueGreen = fields(
  {
    promotion: oneOf(['automatic', 'manual'], {
      description: 'Whether the switch waits for somebody, once the gates before it have passed.',
      default: 'automatic',
    }),
    previewReplicas: integer(1, 10_000, {
      description: 'Pods of the new version until the gates before the switch have passed. Left out: all of them.',
    }),
    prePromotionGates: gateNames('Gates that must pass before the switch.'),
    postPromotionGates: gateNames('Gates that must pass after the switch; a failure switches back.'),
  },
  { description: 'What is particular to blue/green.' },
);

const cookieName = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'Name of the cookie.' });
const cookieValue = Type.String({ pattern: '^[A-Za-z0-9_-]{1,128}$', description: 'Exact value.' });

const variant = fields(
  {
    version: Type.String({ minLength: 1, maxLength: 200, description: 'Tag, tag@sha256:… or sha256:….' }),
    repository: Type.String({
      pattern: REPOSITORY,
      maxLength: 255,
      description: 'Image without tag or digest.',
      default: 'image.repository',
    }),
    replicas: integer(1, 10_000, { description: 'Its pods.', default: 'as many as the control has at the least' }),
    percent: integer(0, 100, {
      description:
        'Share of users without a cookie of the test who come into this variant, in %; they stay in it. The rest comes into the control.',
    }),
    header: removable(fields(headerFields, { description: 'Requests with this header get this variant.' })),
    cookie: removable(
      fields(
        { name: cookieName, value: cookieValue },
        { description: "Requests with this cookie of the application's own get this variant." },
      ),
    ),
  },
  { description: 'One variant: a workload of its own.' },
);

const abTest = fields(
  {
    cookie: fields(
      {
        name: Type.String({
          pattern: '^[A-Za-z0-9_-]{1,64}$',
          description: 'Its name; a new test should have a new one, or users stay in the variants of the old.',
          default: '<name>-variant',
          examples: ['checkout-2026-10'],
        }),
        maxAgeSeconds: integer(60, 31_536_000, {
          description: 'How long a user stays in a variant, in seconds; with the router alb a week at the most.',
          default: 604_800,
        }),
        secure: flag({ description: 'Whether browsers send it over HTTPS only.', default: true }),
      },
      { description: 'The cookie that keeps a user in the variant of the first contact.' },
    ),
    variants: mapOf('^[a-z]([-a-z0-9]{0,13}[a-z0-9])?$', removable(variant), {
      description:
        'Variants by name (at most 15 characters); the version of the environment is the control and has no entry.',
      examples: [{ 'new-checkout': { version: '1.9.0', percent: 20 } }],
    }),
    gates: gateNames(
      'Gates that compare each variant with the control (`relative`): beside every release of a variant, and as alerts while the test lasts.',
    ),
  },
  { description: 'What is particular to an A/B test.' },
);

export const strategy = fields(
  {
    kind: oneOf(STRATEGIES, {
      description: `How the new version takes over, with the routers that carry it: ${carried}.`,
      default: 'canary',
    }),
    preset,
    steps,
    background: removable(
      fields(
        {
          gates: gateNames('Gates that are measured all the time while the release goes on.'),
          startingStep: integer(0, 99, {
            description: 'Index of the first step with the gates running, from 0 (canary).',
            default: 1,
          }),
        },
        {
          description:
            'Analysis beside the steps (canary) or beside the exchange of pods (rolling, the control of abTest, the colours of albTargetGroups); a failure aborts at once.',
        },
      ),
    ),
    blueGreen,
    abTest,
    optimizeFor: oneOf(OPTIMIZATIONS, {
      description:
        'What the pods of a canary are for, where a router splits: `fastRollback` keeps all stable pods until the end, so that an abort is at once and the pods double; `lowOverhead` keeps the stable pods for their share only and goes to each weight in steps that add at most 20 % of the replicas, so that an abort waits for new ones.',
      default: 'fastRollback',
    }),
    maxSurge: pods({
      description: 'Pods above the replicas, as a number or in %, where the router splits nothing.',
      default: '25%',
    }),
    maxUnavailable: pods({
      description: 'Pods that may be missing, as a number or in %, where the router splits nothing.',
      default: '0',
    }),
    antiAffinity: oneOf(['none', 'preferred', 'required'], {
      description: 'Keeps pods of the new and of the old version off the same node.',
      default: 'none',
    }),
    scaleDownDelaySeconds: seconds(1, {
      description: 'Time that the previous version stays up after the promotion, in seconds.',
      default: 30,
    }),
    abortScaleDownDelaySeconds: seconds(1, {
      description: 'Time that the new version stays up after an abort, in seconds; 0 would mean for ever.',
      default: 30,
    }),
    minReadySeconds: seconds(0, {
      description: 'Time that a pod must be ready without a crash before it counts, in seconds.',
      default: 15,
    }),
    progressDeadlineSeconds: seconds(10, {
      description: 'Time without progress after which the release is aborted, in seconds.',
      default: 600,
    }),
    revisionHistoryLimit: integer(1, 50, { description: 'Old ReplicaSets kept.', default: 5 }),
    rollbackWindowRevisions: integer(1, 50, {
      description: 'Going back to one of this many revisions skips the steps.',
      default: 3,
    }),
  },
  { description: 'How a new version takes over.' },
);
