import { labelsOf, metadataOf, NAME_LABEL, type ServiceScope, wave } from '../../names';

/** The name that the Jobs' ServiceAccount, NetworkPolicy, ConfigMap and Secret share, and their pods' label. */
export const migrationName = ({ service }: ServiceScope): string => `${service.name}-migrate`;

/** The Jobs' pods carry a name of their own, or the service's Service would send them requests. */
export const migrationLabels = (scope: ServiceScope) => ({ ...labelsOf(scope), [NAME_LABEL]: migrationName(scope) });

export const migrationMetadata = (scope: ServiceScope, annotations: Readonly<Record<string, string>>) => ({
  ...metadataOf(scope, '-migrate', annotations),
  labels: migrationLabels(scope),
});

/** A hook of Argo CD. One of a fixed name is deleted and created afresh at the beginning of each sync; only the Jobs read those. */
export const hook = (phase: 'PreSync' | 'PostSync', order: string, policy = 'BeforeHookCreation') => ({
  'argocd.argoproj.io/hook': phase,
  'argocd.argoproj.io/hook-delete-policy': policy,
  ...wave(order),
});
