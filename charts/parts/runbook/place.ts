import type { ServiceScope } from '../../names';

/** Where the runbook of a service stands, from the root of `dist/`; no Application reads this folder. */
export const runbookPath = ({ environment, service }: ServiceScope): string =>
  `${environment.name}/runbooks/${service.key}.md`;

/** The part of it that is about an alert, as people open it; the heading of an alert is its name. */
export const runbookUrl = (scope: ServiceScope, alert: string): string =>
  `${scope.platform.runbooks.url}/${runbookPath(scope)}#${alert.toLowerCase()}`;
