import { annotationOf, annotationPath, HOOK, SYNC_WAVE } from '../../manifest/argocd';
import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const inWave = (wave: string) => example('Service', 'web', { spec: {} }, { annotations: { [SYNC_WAVE]: wave } });

export const waveChanged: DiffRule = {
  code: 'DIF144',
  severity: 'info',
  title: 'Is applied at another time of the sync',
  reason: 'Argo CD applies wave after wave and waits until each is healthy; hooks run before or after all of them.',
  hint: 'see that what it needs is applied before it, and what needs it after it',
  source: 'Argo CD 3.5.1, docs/user-guide/sync-waves.md (P11, P44)',
  kinds: 'any',
  examples: () => ({
    has: [{ ...pairOf(inWave('1'), inWave('3')), paths: ['metadata.annotations["argocd.argoproj.io/sync-wave"]'] }],
    hasNot: [pairOf(inWave('1'), inWave('1'))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    for (const key of [SYNC_WAVE, HOOK]) {
      const [was, is] = [annotationOf(before.object, key), annotationOf(after.object, key)];
      if (was !== is)
        tell(
          annotationPath(key),
          `${nameOf(after.object)}: ${key.split('/')[1]} goes from ${was ?? 'none'} to ${is ?? 'none'}`,
        );
    }
  },
};
