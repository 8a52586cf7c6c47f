import { NOTIFY_EVENTS } from '../../lib/catalog/notify-events';
import type { Service } from '../../lib/catalog/service';

/**
 * The subscriptions to what one of the two controllers tells, as annotations of the object that it watches: Rollouts for Argo Rollouts,
 * Applications for Argo CD. Several receivers of one service stand in one annotation, in the order of the
 * notifications' names; a webhook has no receiver, and an empty value
 * means that (argoproj/notifications-engine 0.5.0 pkg/subscriptions/annotations.go). They are no part of the pod template, so a change
 * of them is no release.
 */
export function subscriptions(
  { notifications }: Service,
  teller: 'rollouts' | 'argocd',
): Readonly<Record<string, string>> {
  const found = new Map<string, readonly string[]>();
  for (const { service, recipient, events } of notifications) {
    for (const event of events) {
      const told = NOTIFY_EVENTS[event];
      if (told.teller !== teller) continue;
      const key = `notifications.argoproj.io/subscribe.${told.trigger}.${service}`;
      found.set(key, [...new Set([...(found.get(key) ?? []), recipient])]);
    }
  }
  const entries = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, recipients]) => [key, recipients.join(';')]));
}
