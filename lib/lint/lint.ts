import { findingsIn } from '../manifest/check';
import { nameOf, parsePath } from '../manifest/object';
import { type GivenObject, objectsOf } from './objects';
import { parseSource } from './parse';
import { patchFilesOf } from './patches';
import { inputFinding, type LintFinding, sortFindings } from './report';
import { anyValidator } from './schemas';
import { scopesOf } from './scopes';
import type { Source } from './sources';

/**
 * Lints manifests that others wrote: each object against the schema of its kind where there is one, then the rules over
 * everything that is released together.
 */
export function lintManifests(sources: readonly Source[]): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const objects: GivenObject[] = [];
  let skipped = 0;
  const patches = patchFilesOf(sources);
  for (const source of sources) {
    const start = { file: source.file, line: 1, column: 1 };
    if (patches.has(source.file)) {
      skipped += 1;
      findings.push(inputFinding('LINT011', start, 'the kustomization of its folder names this as a patch'));
      continue;
    }
    const parsed = parseSource(source);
    findings.push(...parsed.findings);
    for (const document of parsed.documents) {
      const read = objectsOf(source.file, document);
      findings.push(...read.findings);
      objects.push(...read.objects);
    }
  }
  if (objects.length === 0 && skipped === 0 && !findings.some(({ severity }) => severity === 'error')) {
    const file = sources[0]?.file ?? '.';
    findings.push(inputFinding('LINT010', { file, line: 1, column: 1 }, 'no Kubernetes object was found'));
  }
  return sortFindings([...findings, ...scopesOf(objects).flatMap(lintScope)]);
}

function lintScope(scope: readonly GivenObject[]): readonly LintFinding[] {
  const given = new Map(scope.map((one) => [one.object, one]));
  const found = findingsIn([...given.keys()], {
    closed: false,
    validatorOf: anyValidator,
    writtenAs: (object) => given.get(object)?.written ?? object,
  });
  return found.flatMap(({ code, severity, object, path, message, hint }) => {
    const place = given.get(object)?.placeOf(path === '(root)' ? [] : parsePath(path));
    return place === undefined ? [] : [{ code, severity, path, ...place, object: nameOf(object), message, hint }];
  });
}
