import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationPhase } from '../../lib/catalog/service';
import { ROOT, releasesOf, rendered } from '../tools/catalog';
import { type RenderedJob, renderedJob } from '../tools/flyway/job';

/** Releases of the sample: one that the contract still waits for, the one whose promotion lets it run, and one after that. */
export const BEFORE = '2.5.0';
export const CONTRACTS = '2.6.0';
export const AFTERWARDS = '2.7.0';

/** The Job of a phase that staging gets for a version of the backend; undefined when that release has none. */
export function findJob(version: string, phase: MigrationPhase): RenderedJob | undefined {
  const catalog = JSON.parse(readFileSync(join(ROOT, 'services.json'), 'utf8'));
  catalog.environments.staging.versions.backend = version;
  const release = releasesOf(JSON.stringify(catalog)).find((one) => one.environment.name === 'staging');
  const service = release?.services.find((one) => one.key === 'backend');
  if (release === undefined || service === undefined) throw new Error('no backend in staging');
  return renderedJob(rendered({ platform: release.platform, environment: release.environment, service }), phase);
}

/** The same, where the release must have that Job. */
export function jobOf(version: string, phase: MigrationPhase): RenderedJob {
  const job = findJob(version, phase);
  if (job === undefined) throw new Error(`release ${version} has no ${phase} Job`);
  return job;
}

/** The Job as it was before some of its files existed. */
export function without(job: RenderedJob, ...versions: readonly string[]): RenderedJob {
  const stays = ([name]: readonly [string, string]) => !versions.some((one) => name.startsWith(`V${one}__`));
  return { ...job, files: Object.fromEntries(Object.entries(job.files).filter(stays)) };
}
