import { valueAt } from '../../../lib/diagnostic/path';
import type { KubeObject } from '../../../lib/manifest/object';
import { ledTo } from '../../../lib/rehearse/flyway/environment';
import { only } from '../catalog';
import type { Postgres } from '../postgres';

/** What a rendered Job tells its container, and the files that it mounts. */
export interface RenderedJob {
  readonly args: readonly string[];
  /** Variables with a value of their own; the credentials, which have none, are left out. */
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

interface Variable {
  readonly name: string;
  readonly value?: string;
}

/** The Job of a phase among the objects of a service; undefined when the release has none. */
export function renderedJob(objects: readonly KubeObject[], phase: string): RenderedJob | undefined {
  const job = objects.find((one) => one.kind === 'Job' && one.metadata.name?.includes(`-${phase}-`));
  if (job === undefined) return undefined;
  const path = (text: string): unknown => valueAt(job, ['spec', 'template', 'spec', 'containers', 0, text]);
  const variables = path('env') as readonly Variable[];
  const name = valueAt(job, ['spec', 'template', 'spec', 'volumes', 0, 'configMap', 'name']);
  return {
    args: path('args') as readonly string[],
    env: Object.fromEntries(variables.flatMap((one) => (one.value === undefined ? [] : [[one.name, one.value]]))),
    files: valueAt(only(objects, 'ConfigMap', String(name)), ['data']) as Readonly<Record<string, string>>,
  };
}

/** The environment of a rendered Job, led to a server of the tests. */
export function jobEnvironment(
  job: RenderedJob,
  postgres: Postgres,
  database: string,
  folder: string,
): Readonly<Record<string, string>> {
  return ledTo(job.env, postgres.account, database, folder);
}
