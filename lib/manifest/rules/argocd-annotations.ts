import { annotationPath, HOOK, HOOK_DELETE_POLICY, integer, SYNC_WAVE, words } from '../argocd';
import { example } from '../example';
import type { KubeObject } from '../object';
import type { ManifestRule } from '../rule';

const configMap = (key: string, value: string): KubeObject =>
  example('ConfigMap', 'web', {}, { annotations: { [key]: value } });

export const argocdAnnotations: ManifestRule = {
  code: 'MAN086',
  severity: 'error',
  title: 'A word that Argo CD does not know in an annotation: the hook is never run, or the wave is 0',
  reason:
    'Argo CD passes over what it cannot read. An object with a hook of an unknown type is in no phase at all, and so is never applied; a wave that is no integer is wave 0.',
  hint: 'use PreSync, Sync, PostSync, SyncFail or Skip; BeforeHookCreation, HookSucceeded or HookFailed; an integer in quotes',
  source: 'Argo CD 3.5.1, gitops-engine/pkg/sync/hook/hook.go, syncwaves/waves.go',
  kinds: 'any',
  examples: () => ({
    bad: [
      { objects: [configMap(HOOK, 'presync')], paths: [annotationPath(HOOK)] },
      { objects: [configMap(HOOK_DELETE_POLICY, 'BeforeHookCreate')], paths: [annotationPath(HOOK_DELETE_POLICY)] },
      { objects: [configMap(SYNC_WAVE, 'first')], paths: [annotationPath(SYNC_WAVE)] },
    ],
    good: [[configMap(HOOK, 'PreSync, Sync')], [configMap(SYNC_WAVE, '-3')]],
  }),
  check: ({ objects }, report) => {
    for (const object of objects) {
      const { annotations } = object.metadata;
      if (annotations === undefined) continue;
      for (const { key, unknownIn } of CHECKS) {
        const text = annotations[key];
        const unknown = text === undefined ? undefined : unknownIn(text);
        if (unknown !== undefined) report(object, annotationPath(key), `Argo CD does not know "${unknown}"`);
      }
    }
  },
};

const TYPES = new Set(['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'PostDelete']);
const POLICIES = new Set(['BeforeHookCreation', 'HookSucceeded', 'HookFailed']);

const outside = (known: ReadonlySet<string>) => (text: string) =>
  known.has(text) ? undefined : words(text).find((word) => !known.has(word));

const CHECKS: readonly { readonly key: string; readonly unknownIn: (text: string) => string | undefined }[] = [
  { key: HOOK, unknownIn: outside(TYPES) },
  { key: HOOK_DELETE_POLICY, unknownIn: outside(POLICIES) },
  { key: SYNC_WAVE, unknownIn: (text) => (integer(text) === undefined ? text : undefined) },
];
