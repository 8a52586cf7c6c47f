import { example } from '../example';
import { childPath, type KubeObject, listAt } from '../object';
import type { ManifestRule } from '../rule';

const application = (finalizer: string): KubeObject => ({
  ...example('Application', 'web'),
  metadata: { name: 'web', ...{ finalizers: [finalizer] } },
});

export const applicationFinalizers: ManifestRule = {
  code: 'MAN091',
  severity: 'error',
  title: 'A finalizer that Argo CD does not know: the Application can never be deleted, and what it deployed stays',
  reason:
    'Kubernetes keeps an object until each finalizer has been removed by who knows it. Argo CD removes its own only, and deletes what an Application deployed for its own only.',
  hint: 'write resources-finalizer.argocd.argoproj.io',
  source: 'Argo CD 3.5.1, pkg/apis/application/v1alpha1/application_defaults.go (P45)',
  kinds: ['Application'],
  examples: () => ({
    bad: [{ objects: [application('resource-finalizer.argocd.argoproj.io')], paths: ['metadata.finalizers[0]'] }],
    good: [
      [application('resources-finalizer.argocd.argoproj.io')],
      [application('resources-finalizer.argocd.argoproj.io/background')],
      [application('example.com/ours')],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Application')) {
      listAt(object, 'metadata.finalizers').forEach((finalizer, i) => {
        if (typeof finalizer !== 'string' || !finalizer.includes('argocd') || KNOWN.test(finalizer)) return;
        report(object, childPath('metadata.finalizers', i), `Argo CD does not know "${finalizer}"`);
      });
    }
  },
};

const KNOWN =
  /^(resources-finalizer\.argocd\.argoproj\.io(\/(foreground|background))?|(pre|post)-delete-finalizer\.argocd\.argoproj\.io(\/.+)?)$/;
