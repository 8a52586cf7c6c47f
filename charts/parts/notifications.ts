import { NOTIFY_EVENTS } from '../../lib/catalog/notify-events';
import type { Service } from '../../lib/catalog/service';
import { compareText } from '../../lib/diagnostic/format';

/**
 * The subscriptions to what one of the two controllers tells, as annotations of the object that it watches: Rollouts for Argo Rollouts,
 * Applications for Argo CD. Several receivers of one service stand in one annotation; a webhook has no receiver, and an empty value
 * means that (argoproj/notifications-engine 0.5.0 pkg/subscriptions/annotations.go). They are no part of the pod template, so a change
 * of them is no release. Triggers are in order, and for each of them who is told, in the order of the notifications' names.
 */
export function subscriptions(
  { notifications }: Service,
  teller: 'rollouts' | 'argocd',
): Readonly<Record<string, string>> {
  const told = notifications.flatMap(({ service, recipient, events }) =>
    events.flatMap((event) =>
      NOTIFY_EVENTS[event].teller === teller ? { ...NOTIFY_EVENTS[event], service, recipient } : [],
    ),
  );
  const found = new Map<string, ReadonlySet<string>>();
  for (const { trigger, service, recipient } of told.sort((a, b) => compareText(a.trigger, b.trigger))) {
    const key = `notifications.argoproj.io/subscribe.${trigger}.${service}`;
    found.set(key, new Set([...(found.get(key) ?? []), recipient]));
  }
  return Object.fromEntries([...found].map(([key, recipients]) => [key, [...recipients].join(';')]));
}
