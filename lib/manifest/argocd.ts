import { fieldAt, type KubeObject, textAt } from './object';

const PREFIX = 'argocd.argoproj.io';
export const HOOK = `${PREFIX}/hook`;
export const HOOK_DELETE_POLICY = `${PREFIX}/hook-delete-policy`;
export const SYNC_WAVE = `${PREFIX}/sync-wave`;
export const SYNC_OPTIONS = `${PREFIX}/sync-options`;

/** The phases of a sync, in their order. */
export type SyncPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail';

const HOOK_TYPES: Readonly<Record<string, SyncPhase>> = {
  PreSync: 'PreSync',
  Sync: 'Sync',
  PostSync: 'PostSync',
  SyncFail: 'SyncFail',
};
/** Argo CD runs the hooks of Helm as its own. */
const HELM_TYPES: Readonly<Record<string, SyncPhase>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

/** An annotation of an object. */
export const annotationOf = ({ metadata }: KubeObject, key: string): string | undefined => {
  const value: unknown = metadata.annotations?.[key];
  return typeof value === 'string' ? value : undefined;
};

/** The words of a list with commas, as Argo CD reads one. */
export const words = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));

/** The phases in which an object is a hook; none for one that is synced as usual. */
export function hookPhases(object: KubeObject): readonly SyncPhase[] {
  if (object.metadata.annotations === undefined) return [];
  const own = words(annotationOf(object, HOOK)).flatMap((type) => HOOK_TYPES[type] ?? []);
  if (own.length > 0) return own;
  return words(annotationOf(object, 'helm.sh/hook')).flatMap((type) => HELM_TYPES[type] ?? []);
}

/** The wave of an object, as Argo CD reads it: what is no integer counts as the weight of a Helm hook, or 0. */
export function waveOf({ metadata: { annotations } }: KubeObject): number {
  if (annotations === undefined) return 0;
  return integer(annotations[SYNC_WAVE]) ?? integer(annotations[HOOK_WEIGHT]) ?? 0;
}

const HOOK_WEIGHT = 'helm.sh/hook-weight';

/** An integer as Go's strconv.Atoi takes it. */
export const integer = (text: string | undefined): number | undefined =>
  text !== undefined && /^[+-]?[0-9]+$/.test(text) ? Number(text) : undefined;

/** Whether an Application corrects what differs from Git by itself. */
export const selfHeals = (application: KubeObject): boolean =>
  fieldAt(application, 'spec.syncPolicy.automated.selfHeal') === true &&
  fieldAt(application, 'spec.syncPolicy.automated.enabled') !== false;

/** The sync options of an Application. */
export function syncOptionsOf(application: KubeObject): readonly string[] {
  const options = fieldAt(application, 'spec.syncPolicy.syncOptions');
  return Array.isArray(options) ? options.filter((option) => typeof option === 'string') : [];
}

/** The path of an annotation, or of the annotations where it is not set. */
export const annotationPath = (key: string): string => `metadata.annotations[${JSON.stringify(key)}]`;

/** The namespace that an Application deploys to. */
export const destinationNamespace = (application: KubeObject): string | undefined =>
  textAt(application, 'spec.destination.namespace');
