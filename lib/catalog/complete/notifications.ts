import { ITEM_DEFAULTS } from '../built-in';
import type { Notification } from '../service';
import type { Context } from './context';
import { entriesOf } from './workload';

/** Who is told of what, in the order of the names. */
export function completeNotifications(context: Context): readonly Notification[] {
  return entriesOf(context.settings.notifications).map(([name, given]) => {
    const { slack, webhook, on } = { ...ITEM_DEFAULTS.notification, ...given };
    const path = ['notifications', name];
    if ((slack === undefined) === (webhook === undefined) && !context.refused(path))
      context.fault('CAT010', path, 'a notification goes to exactly one place', 'set exactly one of: slack, webhook');
    if (webhook === 'slack')
      context.fault(
        'CAT115',
        [...path, 'webhook'],
        'the webhook "slack" has the name of the Slack service, which would get the message without a channel',
        'give the webhook another name in the settings of the notification controllers',
        webhook,
      );
    return { name, service: webhook ?? 'slack', recipient: slack ?? '', events: on };
  });
}
