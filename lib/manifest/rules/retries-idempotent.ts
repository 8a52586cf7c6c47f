import { words } from '../argocd';
import { example } from '../example';
import { childPath, fieldAt, type KubeObject, listAt, numberAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const virtualService = (retryOn: string, method?: string): KubeObject =>
  example('VirtualService', 'web', {
    spec: {
      hosts: ['web'],
      http: [
        {
          ...(method === undefined ? {} : { match: [{ method: { exact: method } }] }),
          route: [{ destination: { host: 'web' } }],
          retries: { attempts: 3, retryOn },
        },
      ],
    },
  });

export const retriesIdempotent: ManifestRule = {
  code: 'MAN062',
  severity: 'warning',
  title: 'Retries after the request may have been carried out: a POST can be done twice',
  reason:
    'A response of 5xx, a reset connection or a timeout says nothing on whether the request took effect. A retry of a write then repeats it, and during a bad release it multiplies the load as well.',
  hint: 'retry on connect-failure,refused-stream,unavailable only, or match method GET and HEAD for the others',
  source: 'Envoy: x-envoy-retry-on; Istio 1.30, pilot/pkg/networking/core/route/retry/retry.go: the defaults',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [
      { objects: [virtualService('5xx')], paths: ['spec.http[0].retries.retryOn'] },
      { objects: [virtualService('connect-failure,gateway-error,503')], paths: ['spec.http[0].retries.retryOn'] },
    ],
    good: [[virtualService('connect-failure,refused-stream')], [virtualService('5xx', 'GET')]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('VirtualService')) {
      listAt(object, 'spec.http').forEach((route, i) => {
        const retryOn = textAt(route, 'retries.retryOn');
        if (retryOn === undefined || numberAt(route, 'retries.attempts') === 0) return;
        if (!MAY_BE_UNSAFE.test(retryOn)) return;
        const unsafe = words(retryOn).filter((condition) => UNSAFE.test(condition));
        if (unsafe.length === 0 || isReadOnly(route)) return;
        report(object, childPath('spec.http', i, 'retries', 'retryOn'), `a write is repeated on ${unsafe.join(', ')}`);
      });
    }
  },
};

/** Conditions under which the request may have reached the application. */
const UNSAFE = /^(5xx|gateway-error|reset|retriable-status-codes|retriable-4xx|[45][0-9][0-9])$/;
/** What is in each of those; most lists have none of it. */
const MAY_BE_UNSAFE = /[0-9]xx|[45][0-9]|gateway|reset|retriable/;
const READS = new Set<unknown>(['GET', 'HEAD', 'OPTIONS']);

/** Whether every match of a route asks for a method that changes nothing. */
function isReadOnly(route: unknown): boolean {
  const matches = listAt(route, 'match');
  return matches.length > 0 && matches.every((match) => READS.has(fieldAt(match, 'method.exact')));
}
