import { ClusterFault } from '../../cluster/fault';
import { printable } from '../../diagnostic/format';
import { RELEASE_RESOURCES } from '../../release/access';
import { type Action, type Patches, planAction } from '../../release/actions';
import { ReleaseFault, releaseFault } from '../../release/fault';
import { toJson } from '../../release/json';
import { titleOf } from '../../release/text';
import { checkIdentity, type Session } from './session';
import { RELEASE_EXIT, type ReleaseStreams } from './streams';

/** Carries out an action, after it has said what will happen and been told to. */
export const runAction =
  (action: Action) =>
  async (session: Session, streams: ReleaseStreams): Promise<number> => {
    await session.reader.load();
    const state = session.reader.state();
    if (state === undefined) throw new ClusterFault('notFound', 'the Rollout has just been deleted');
    checkIdentity(session, state.rollout.trackingId, true);
    const { options, subject } = session;
    const planned = planAction(action, state, { full: options.full });
    const path = `${subject.namespace}/${subject.rollout}`;
    if (planned.kind === 'refused')
      throw new ReleaseFault(releaseFault('REL009', path, `${action}: ${planned.why}`, planned.hint));
    const said = [
      `${action} ${titleOf(subject)}, context ${session.connection.target.context}`,
      ...planned.next.map((text) => `  ${text}`),
    ];
    streams.err(said.map((line) => `${printable(line)}\n`).join(''));
    if (!(await isWanted(action, session, streams))) {
      streams.err('nothing was changed\n');
      return RELEASE_EXIT.refused;
    }
    await apply(session, planned.patches);
    if (options.format === 'json') {
      const { namespace, rollout } = subject;
      streams.out(
        `${toJson({ action, namespace, rollout, done: planned.done, next: planned.next, patches: planned.patches }, 2)}\n`,
      );
    } else streams.out(`rollout '${subject.rollout}' ${planned.done}\n`);
    return RELEASE_EXIT.ok;
  };

async function isWanted(action: Action, { options, subject }: Session, { confirm }: ReleaseStreams): Promise<boolean> {
  if (options.yes) return true;
  if (confirm === undefined) {
    const path = `${subject.namespace}/${subject.rollout}`;
    throw new ReleaseFault(
      releaseFault(
        'REL009',
        path,
        `${action}: nobody can be asked here, since this is no terminal`,
        'say --yes; nothing was changed',
      ),
    );
  }
  return confirm(`${action} ${subject.rollout}?`);
}

/** The status first; a server that does not know it as a resource of its own takes all in one (the plugin's own order). */
async function apply({ api, subject }: Session, { status, spec, unified }: Patches): Promise<void> {
  const patch = (body: string, ofStatus: boolean) =>
    api.patch(RELEASE_RESOURCES.rollouts, subject.namespace, subject.rollout, body, ofStatus);
  let rest = spec;
  if (status !== undefined) {
    try {
      await patch(status, true);
    } catch (fault) {
      if (!(fault instanceof ClusterFault) || fault.kind !== 'notFound') throw fault;
      rest = unified;
    }
  }
  if (rest !== undefined) await patch(rest, false);
}
