import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { serviceApplication } from '../../charts/environment-objects';
import { subscriptions } from '../../charts/parts/notifications';
import { NOTIFY_EVENT_NAMES, NOTIFY_EVENTS } from '../../lib/catalog/notify-events';
import type { Notification } from '../../lib/catalog/service';
import { changed, only, ROOT, rendered, sampleScope } from '../tools/catalog';

const PREFIX = 'notifications.argoproj.io/subscribe.';
const scope = (...notifications: readonly Notification[]) => changed(sampleScope('frontend'), { notifications });
const team: Notification = { name: 'team', service: 'slack', recipient: 'web', events: ['aborted', 'syncFailed'] };

test('each controller is subscribed to what it tells, on what it watches', () => {
  const given = scope(team, { name: 'pager', service: 'pager', recipient: '', events: ['aborted'] });
  const told = (annotations: Readonly<Record<string, string>> | undefined) =>
    Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => key.startsWith(PREFIX)));
  expect(told(only(rendered(given), 'Rollout').metadata.annotations)).toEqual({
    [`${PREFIX}on-rollout-aborted.slack`]: 'web',
    [`${PREFIX}on-rollout-aborted.pager`]: '',
  });
  expect(told(serviceApplication(given, given.service).metadata.annotations)).toEqual({
    [`${PREFIX}on-sync-failed.slack`]: 'web',
  });
});

test('several channels stand in one annotation, once each', () => {
  const channels = ['web', 'all', 'web'].map((recipient, i) => ({ ...team, name: `n${i}`, recipient }));
  expect(subscriptions(scope(...channels).service, 'rollouts')).toEqual({
    [`${PREFIX}on-rollout-aborted.slack`]: 'web;all',
  });
});

test('a change of who is told is no release', () => {
  const template = (...notifications: readonly Notification[]) => {
    const { spec } = only(rendered(scope(...notifications)), 'Rollout') as unknown as {
      readonly spec: { readonly template: unknown };
    };
    return spec.template;
  };
  expect(template(team)).toEqual(template());
});

test('every key is one that Kubernetes takes, with the longest webhook', () => {
  const given = { ...team, service: 'a'.repeat(20), events: NOTIFY_EVENT_NAMES };
  const keys = (['rollouts', 'argocd'] as const).flatMap((teller) =>
    Object.keys(subscriptions(scope(given).service, teller)),
  );
  expect(keys).toHaveLength(Object.keys(NOTIFY_EVENTS).length);
  for (const key of keys) expect((key.split('/')[1] ?? '').length).toBeLessThanOrEqual(63);
});

test.each(['argo-rollouts-notifications.yaml', 'argocd-notifications.yaml'])(
  'the bootstrap %s holds no token',
  (name) => {
    const { data, ...rest } = parse(readFileSync(join(ROOT, 'docs/bootstrap', name), 'utf8'));
    expect(rest).toEqual({});
    expect(parse(data['service.slack'])).toEqual({ token: '$slack-token' });
    const { url, headers } = parse(data['service.webhook.pager']);
    expect([url, headers]).toEqual(['$pager-url', [{ name: 'Authorization', value: 'Bearer $pager-token' }]]);
  },
);
