/** What can be told of a release, and who tells it. */
interface NotifyEvent {
  readonly teller: 'rollouts' | 'argocd';
  /** The trigger that the teller brings: Argo Rollouts 1.9.1 manifests/notifications, Argo CD 3.5.1 notifications_catalog/triggers. */
  readonly trigger: string;
}

/** One line for each event. */
export const NOTIFY_EVENTS = {
  updated: { teller: 'rollouts', trigger: 'on-rollout-updated' },
  stepCompleted: { teller: 'rollouts', trigger: 'on-rollout-step-completed' },
  paused: { teller: 'rollouts', trigger: 'on-rollout-paused' },
  completed: { teller: 'rollouts', trigger: 'on-rollout-completed' },
  aborted: { teller: 'rollouts', trigger: 'on-rollout-aborted' },
  analysisFailed: { teller: 'rollouts', trigger: 'on-analysis-run-failed' },
  analysisError: { teller: 'rollouts', trigger: 'on-analysis-run-error' },
  deployed: { teller: 'argocd', trigger: 'on-deployed' },
  degraded: { teller: 'argocd', trigger: 'on-health-degraded' },
  syncFailed: { teller: 'argocd', trigger: 'on-sync-failed' },
} as const satisfies Readonly<Record<string, NotifyEvent>>;

export type NotifyEventName = keyof typeof NOTIFY_EVENTS;

const isEvent = (name: string): name is NotifyEventName => Object.hasOwn(NOTIFY_EVENTS, name);

export const NOTIFY_EVENT_NAMES: readonly NotifyEventName[] = Object.keys(NOTIFY_EVENTS).filter(isEvent);

/** Told where the catalog does not say of what: what somebody must act on. */
export const DEFAULT_EVENTS = [
  'paused',
  'aborted',
  'analysisError',
  'syncFailed',
] as const satisfies readonly NotifyEventName[];
