import type { Path } from '../../diagnostic/path';
import type { Image } from '../service';
import type { Context } from './context';

const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Tags that are moved by habit; whoever deploys one cannot say what runs, nor go back to it. */
const MOVING_TAGS = new Set(['latest', 'stable', 'main', 'master', 'edge', 'nightly', 'dev', 'develop', 'snapshot']);

/** What is wrong with a version, or undefined when it names one image for ever. */
export function versionProblem(version: string): string | undefined {
  const at = version.indexOf('@');
  const tag = at === -1 ? version : version.slice(0, at);
  const digest = at === -1 ? undefined : version.slice(at + 1);
  if (DIGEST.test(version)) return undefined;
  if (!TAG.test(tag) || (digest !== undefined && !DIGEST.test(digest)))
    return 'is neither a tag, tag@sha256:<64 digits> nor sha256:<64 digits>';
  if (digest === undefined && MOVING_TAGS.has(tag.toLowerCase())) return `"${tag}" can point to another image tomorrow`;
  return undefined;
}

/** What to do where a digest is missing. */
export const digestHint = (wanted: string, image: string): string =>
  `write ${wanted}; docker buildx imagetools inspect ${image} tells it`;

/** The image of the service in this environment; `version` and where it stands come from the environment's versions. */
export function completeImage(
  context: Context,
  version: string | undefined,
  versionPath: Path,
  report: (code: 'CAT020' | 'CAT021' | 'CAT080', at: Path, message: string, hint: string) => void,
): Image {
  const repository = repositoryOf(context);
  const named = context.refusedAt(['platform', 'registry'])
    ? (repository ?? 'none')
    : context.need(['image', 'repository'], repository, 'none', 'set it, or platform.registry');
  if (version === undefined) {
    report(
      'CAT020',
      versionPath,
      `${context.key} has no version in ${context.environment.name}`,
      `add "${context.key}" to environments.${context.environment.name}.versions, or set enabled to false there`,
    );
  } else {
    const problem = versionProblem(version);
    if (problem !== undefined)
      report('CAT021', versionPath, `the version ${problem}`, 'name a tag that is never moved, or a digest');
    else if (context.environment.requireDigests && !version.includes('sha256:'))
      report(
        'CAT080',
        versionPath,
        `the version ${version} has no digest, and ${context.environment.name} requires one`,
        digestHint(`${version}@sha256:…`, `${named}:${version}`),
      );
  }
  return imageOf(context, named, version ?? 'none');
}

/** The image of a variant or of a colour: by default the service's own repository. */
export function completeVariantImage(
  context: Context,
  given: { readonly version?: string; readonly repository?: string },
  path: Path,
): Image {
  const at = [...path, 'version'];
  const version = context.need(at, given.version, 'none', 'the version that it runs');
  const problem = given.version === undefined || context.refused(at) ? undefined : versionProblem(version);
  if (problem !== undefined)
    context.fault('CAT021', at, `the version ${problem}`, 'name a tag that is never moved, or a digest');
  const repository = given.repository ?? repositoryOf(context) ?? 'none';
  const { requireDigests, name } = context.environment;
  if (requireDigests && given.version !== undefined && problem === undefined && !version.includes('sha256:')) {
    context.fault(
      'CAT080',
      at,
      `the version ${version} has no digest, and ${name} requires one`,
      digestHint(`${version}@sha256:…`, `${repository}:${version}`),
    );
  }
  return imageOf(context, repository, version);
}

function repositoryOf({ settings, platform: { registry }, key }: Context): string | undefined {
  return settings.image?.repository ?? (registry === undefined ? undefined : `${registry}/${settings.name ?? key}`);
}

function imageOf({ settings }: Context, repository: string, version: string): Image {
  return {
    reference: version.startsWith('sha256:') ? `${repository}@${version}` : `${repository}:${version}`,
    version: labelOf(version),
    pullPolicy: settings.image?.pullPolicy ?? 'IfNotPresent',
  };
}

/** A version as a label value: at most 63 letters, digits, `-`, `_` and `.`, ending in a letter or digit. */
function labelOf(version: string): string {
  const tag = version.startsWith('sha256:') ? `sha256-${version.slice(7, 19)}` : (version.split('@')[0] ?? version);
  return tag
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[^A-Za-z0-9]+$/, '');
}
