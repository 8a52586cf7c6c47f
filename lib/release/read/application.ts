import { listAt, textAt } from '../../manifest/object';
import { nameIn } from './owner';

/** What Argo CD says of a service. */
export interface ApplicationFacts {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  /** The commit that the cluster was last compared with. */
  readonly revision: string | undefined;
  /** The commit that is being applied. */
  readonly syncing: string | undefined;
  readonly operation:
    | { readonly phase: string; readonly message: string; readonly revision: string | undefined }
    | undefined;
  readonly history: readonly { readonly revision: string; readonly deployedAt: string }[];
}

export function readApplication(object: unknown): ApplicationFacts {
  const phase = textAt(object, 'status.operationState.phase');
  const revision =
    textAt(object, 'status.operationState.syncResult.revision') ??
    textAt(object, 'status.operationState.operation.sync.revision');
  const operation =
    phase === undefined
      ? undefined
      : { phase, message: textAt(object, 'status.operationState.message') ?? '', revision };
  return {
    name: nameIn(object),
    sync: textAt(object, 'status.sync.status') ?? 'Unknown',
    health: textAt(object, 'status.health.status') ?? 'Unknown',
    revision: textAt(object, 'status.sync.revision'),
    syncing: phase === 'Running' ? revision : undefined,
    operation,
    history: listAt(object, 'status.history').flatMap((one) => {
      const commit = textAt(one, 'revision');
      return commit === undefined ? [] : [{ revision: commit, deployedAt: textAt(one, 'deployedAt') ?? '' }];
    }),
  };
}
