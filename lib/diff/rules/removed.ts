import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { gone } from '../example';
import { pruningOf } from '../prune';
import type { DiffRule } from '../rule';

const prometheusRule = example('PrometheusRule', 'web', { spec: {} });
const kept = example('ConfigMap', 'web', {}, { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } });

/** What stops when an object of each kind goes. */
const STOPS: Readonly<Record<string, string>> = {
  Deployment: 'its pods stop',
  Rollout: 'its pods stop',
  DaemonSet: 'its pods stop',
  CronJob: 'it does not run again, and its Jobs go',
  Service: 'its name does not resolve any more',
  Ingress: 'its hosts and paths lead nowhere',
  VirtualService: 'its hosts are routed as if there were none',
  DestinationRule: 'its subsets and its policy are gone',
  HTTPRoute: 'its hosts and paths lead nowhere',
  PrometheusRule: 'nobody is told what its alerts told',
  PodMonitor: 'its pods are not measured any more, and gates that ask for it get no answer',
  ServiceMonitor: 'its pods are not measured any more, and gates that ask for it get no answer',
  ExternalSecret: 'the Secret that it owns goes with it',
  DNSEndpoint: 'its records are deleted',
};

export const removed: DiffRule = {
  code: 'DIF052',
  severity: 'warning',
  title: 'Removes an object: Argo CD prunes it, if it may',
  reason:
    'What is not in Git any more is deleted when the Application prunes, else it stays and is OutOfSync. With an annotation Prune=false it stays.',
  hint: 'see that nobody outside of this repository uses it',
  source: 'Argo CD 3.5.1, docs/user-guide/auto_sync.md, sync-options.md',
  kinds: 'any',
  last: true,
  counted: ['object is removed', 'objects are removed'],
  examples: () => ({
    has: [
      { ...gone(prometheusRule), paths: ['(root)'] },
      { ...gone(kept), paths: ['(root)'] },
    ],
    hasNot: [{ before: [prometheusRule], after: [prometheusRule] }],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after !== undefined) return;
    const { object } = before;
    const pruning = pruningOf(object);
    if (pruning === 'kept')
      tell('(root)', `${nameOf(object)} leaves Git and stays on the cluster, as it says Prune=false`, {
        severity: 'info',
      });
    else if (pruning === 'hook')
      tell('(root)', `${nameOf(object)}, a hook, does not run any more`, { severity: 'info' });
    else tell('(root)', `${nameOf(object)} goes${STOPS[object.kind] === undefined ? '' : `: ${STOPS[object.kind]}`}`);
  },
};
