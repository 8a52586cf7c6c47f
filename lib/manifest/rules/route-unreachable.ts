import { example } from '../example';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const virtualService = (...matches: readonly (readonly unknown[] | undefined)[]): KubeObject =>
  example('VirtualService', 'web', {
    spec: {
      hosts: ['web'],
      http: matches.map((match, i) => ({
        name: `r${i}`,
        ...(match === undefined ? {} : { match }),
        route: [{ destination: { host: `web-${i}` } }],
      })),
    },
  });
const BETA = [{ headers: { beta: { exact: 'true' } } }];
const API = [{ uri: { prefix: '/api' } }];

export const routeUnreachable: ManifestRule = {
  code: 'MAN059',
  severity: 'error',
  title: 'A route after one that takes every request, or with the matches of an earlier one: it is never asked',
  reason:
    'Envoy takes the first route that matches. A header route behind the route without a match gets no request at all.',
  hint: 'move the route before the one that takes every request',
  source: 'Istio 1.30, pkg/config/validation/validation.go: analyzeUnreachableHTTPRules (IST0130)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [
      { objects: [virtualService(undefined, BETA)], paths: ['spec.http[1]'] },
      { objects: [virtualService(API, API, undefined)], paths: ['spec.http[1]'] },
      { objects: [virtualService([{ uri: { prefix: '/' } }], BETA)], paths: ['spec.http[1]'] },
    ],
    good: [
      [virtualService(BETA, undefined)],
      [virtualService(API, [...API, ...BETA], undefined)],
      [virtualService([{ uri: { prefix: '/' }, gateways: ['mesh'] }], BETA)],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('VirtualService')) {
      const routes = listAt(object, 'spec.http');
      if (routes.length > 1) checkRoutes(routes, (i, message) => report(object, childPath('spec.http', i), message));
    }
  },
};

function checkRoutes(routes: readonly unknown[], report: (i: number, message: string) => void): void {
  const seen = new Map<string, string>();
  const several = routes.filter((route) => listAt(route, 'match').length > 0).length > 1;
  let catchAll: string | undefined;
  routes.forEach((route, i) => {
    const matches = listAt(route, 'match');
    const name = textAt(route, 'name') ?? `http[${i}]`;
    if (catchAll !== undefined) {
      report(i, `"${catchAll}" before it takes every request`);
      return;
    }
    if (matches.length === 0 || matches.some(takesAll)) catchAll = name;
    if (!several) return;
    const texts = matches.map((match) => JSON.stringify(match));
    const owner = texts.length === 0 ? undefined : seen.get(texts[0] ?? '');
    if (owner !== undefined && texts.every((text) => seen.has(text)))
      report(i, `"${owner}" before it has the same matches`);
    for (const text of texts) if (!seen.has(text)) seen.set(text, name);
  });
}

/** Whether a match takes every request: it has no condition, or none but that the path begins with a slash. */
function takesAll(match: unknown): boolean {
  if (typeof match !== 'object' || match === null) return false;
  return Object.keys(match).every((key) => key === 'name' || (key === 'uri' && textAt(match, 'uri.prefix') === '/'));
}
