import { Type } from '@sinclair/typebox';
import { DEFAULT_EVENTS, NOTIFY_EVENT_NAMES } from '../notify-events';
import { DNS_LABEL, fields, mapOf, oneOf, removable } from './scalars';

/** A receiver is a reference: tokens and addresses stand in the Secrets of the two notification controllers. */
export const notifications = mapOf(
  DNS_LABEL,
  removable(
    fields(
      {
        slack: Type.String({
          pattern: '^[A-Za-z0-9._-]{1,80}$',
          description: 'Channel, without #, or its id.',
          examples: ['web-releases'],
        }),
        webhook: Type.String({
          pattern: '^[a-z][a-z0-9-]{0,19}$',
          description: "Name of a webhook in the notification controllers' settings: their `service.webhook.<name>`.",
          examples: ['pager'],
        }),
        on: Type.Array(oneOf(NOTIFY_EVENT_NAMES, { description: 'What is told.' }), {
          minItems: 1,
          uniqueItems: true,
          description: 'What is told: by Argo Rollouts of releases, by Argo CD of syncs.',
          default: [...DEFAULT_EVENTS],
        }),
      },
      { description: 'Where it is told: `slack` or `webhook`.' },
    ),
  ),
  {
    description: 'Who is told of the releases of a service, by a name of your choice.',
    examples: [{ team: { slack: 'web-releases' } }],
  },
);
