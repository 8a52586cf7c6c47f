import { existsSync } from 'node:fs';
import { openCatalog } from '../../catalog/read';
import type { PendingRelease } from '../../catalog/resolve';
import { Api } from '../../cluster/api';
import type { Connection } from '../../cluster/connection';
import { ClusterFault } from '../../cluster/fault';
import { connect } from '../../cluster/kube-config';
import type { Diagnostic } from '../../diagnostic/diagnostic';
import { printable } from '../../diagnostic/format';
import { READER_ROLE } from '../../release/access';
import type { ClusterState } from '../../release/cluster-state';
import type { Expected } from '../../release/expected';
import { ReleaseFault, releaseFault } from '../../release/fault';
import { type Identity, identify } from '../../release/identity';
import { plannedSteps } from '../../release/planned';
import type { StepSeconds } from '../../release/steps';
import { type ReleaseSubject, subjectOf } from '../../release/subject';
import { expectedOf } from './expected';
import type { Options } from './options';
import { ReleaseReader } from './reader';

/** What a command works with: which release, where it is, and what should run. */
export interface Session {
  readonly options: Options;
  readonly subject: ReleaseSubject;
  readonly connection: Connection;
  readonly api: Api;
  readonly reader: ReleaseReader;
  readonly expected: Expected;
  /** What each step takes by its plan. */
  readonly planned: StepSeconds;
  /** Faults of the catalog; they stop nothing that only reads. */
  readonly warnings: readonly Diagnostic[];
  readonly environments: readonly PendingRelease[];
}

/** Reads catalog and kubeconfig; throws a ReleaseFault where what is meant cannot be found. */
export function openSession(options: Options): Session {
  const { releases, warnings } = catalogOf(options);
  const connecting = () => connected(options.context, options.kubeconfig);
  const subject = subjectOf(releases, options, () => connecting().target);
  const connection = connecting();
  const api = new Api(connection);
  const argocd =
    options.argocdContext === undefined ? api : new Api(connected(options.argocdContext, options.kubeconfig));
  const { known } = subject;
  return {
    options,
    subject,
    connection,
    api,
    expected: expectedOf(options, subject),
    reader: new ReleaseReader({
      api,
      namespace: subject.namespace,
      rollout: subject.rollout,
      application: known?.application,
      migrations: known?.service.migrations === undefined ? undefined : `${known.service.name}-migrate`,
      argocd: known === undefined ? undefined : { api: argocd, namespace: known.platform.argocd.namespace },
    }),
    planned: known === undefined ? [] : plannedSteps(known.service),
    warnings,
    environments: releases,
  };
}

/** The catalog where there is one: whoever is woken at night is not stopped by a fault in it. */
export function catalogOf(options: Options): {
  readonly releases: readonly PendingRelease[];
  readonly warnings: readonly Diagnostic[];
} {
  if (!existsSync(options.catalog)) {
    if (options.namespace !== undefined) return { releases: [], warnings: [] };
    const hint = 'run this in the folder of services.json, or say --catalog <file>, or --namespace and --rollout';
    throw new ReleaseFault(releaseFault('REL001', options.catalog, 'there is no catalog', hint));
  }
  const catalog = openCatalog(options.catalog);
  return { releases: catalog.releases, warnings: catalog.diagnostics().filter(({ severity }) => severity === 'error') };
}

export function connected(context: string | undefined, kubeconfig: string | undefined): Connection {
  try {
    return connect(context, kubeconfig);
  } catch (error) {
    if (!(error instanceof ClusterFault)) throw error;
    throw new ReleaseFault(
      releaseFault('REL002', 'kubeconfig', error.message, 'name a context of it: --context <name>'),
    );
  }
}

/** Whether the context leads to the environment's cluster; asked again where the Rollout has been read, which may tell more. */
export function identityOf({ subject, connection, environments }: Session, trackingId?: string): Identity | undefined {
  const { known } = subject;
  if (known === undefined) return undefined;
  const others = environments.map(({ environment }) => environment);
  return identify(known.environment, connection.target, others, { expected: known.application, trackingId });
}

/** Refuses a context that leads to another cluster; with `sure` also one that cannot be shown to lead to the right one. */
export function checkIdentity(session: Session, trackingId: string | undefined, sure: boolean): void {
  const identity = identityOf(session, trackingId);
  const path = `environments.${session.subject.known?.environment.name}.cluster`;
  const contexts = 'name the right one: --context <name> (`kubectl config get-contexts` lists them)';
  if (identity?.is === 'other') throw new ReleaseFault(releaseFault('REL003', path, identity.because, contexts));
  if (!sure || identity?.is === 'same' || session.options.trustContext) return;
  const because = identity?.because ?? 'the catalog does not know this Rollout, so no cluster can be compared';
  throw new ReleaseFault(
    releaseFault(
      'REL004',
      path,
      because,
      `${contexts}; where you know that it is right: --trust-context. Nothing was changed`,
    ),
  );
}

/** What to say where nothing shows that the context leads to the environment's cluster; empty where it does. */
export function doubtOf(session: Session): string {
  const identity = identityOf(session, session.reader.state()?.rollout.trackingId);
  if (identity?.is !== 'unproven' || session.options.trustContext) return '';
  return `${printable(`note REL004 nothing shows that this is the cluster of the environment: ${identity.because}`)}\n`;
}

/** What an API server did not give, as a diagnostic. */
export function clusterDiagnostic(fault: ClusterFault, { connection, subject }: Session): Diagnostic {
  const path = `${connection.target.context} (${connection.target.server})`;
  switch (fault.kind) {
    case 'config':
      return releaseFault('REL002', path, fault.message);
    case 'unauthorized':
    case 'forbidden':
      return releaseFault(
        'REL005',
        path,
        fault.message,
        `sign in again, or ask for access: the Role ${READER_ROLE} in ${subject.namespace} is enough to read`,
      );
    case 'notFound':
      return releaseFault(
        'REL007',
        path,
        fault.message,
        'see whether the context and the environment are meant, and Argo CD has synced it',
      );
    case 'gone':
    case 'refused':
    case 'throttled':
    case 'server':
    case 'unreachable':
    case 'timeout':
      return releaseFault('REL006', path, fault.message, 'nothing is known of the release now; try again');
  }
}

/** What the cluster said to a command that can do without it. */
export interface Looked {
  readonly subject: ReleaseSubject;
  readonly state: ClusterState | undefined;
  /** Why nothing is known of the cluster. */
  readonly why: string | undefined;
}

/** Reads the cluster where that is possible; a context that leads to another cluster counts as none. */
export async function lookAtCluster(options: Options): Promise<Looked> {
  const alone = (why: string): Looked => ({
    subject: subjectOf(catalogOf(options).releases, options, undefined),
    state: undefined,
    why,
  });
  if (options.offline) return alone('it was not asked (--offline)');
  let session: Session;
  try {
    session = openSession(options);
  } catch (error) {
    if (!(error instanceof ReleaseFault) || error.diagnostics[0]?.code !== 'REL002') throw error;
    return alone(error.message);
  }
  try {
    await session.reader.load();
    const state = session.reader.state();
    checkIdentity(session, state?.rollout.trackingId, false);
    return { subject: session.subject, state, why: undefined };
  } catch (error) {
    if (!(error instanceof ClusterFault || error instanceof ReleaseFault)) throw error;
    return { subject: session.subject, state: undefined, why: error.message };
  }
}
