import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { virtualService } from '../example';
import type { DiffRule } from '../rule';

const application = example('Application', 'web', {
  spec: {
    ignoreDifferences: [
      { group: 'networking.istio.io', kind: 'VirtualService', jqPathExpressions: ['.spec.http[]?.route[]?.weight'] },
    ],
  },
});
const shifted = virtualService({ stable: 90, canary: 10 });

export const ignoredByArgoCd: DiffRule = {
  code: 'DIF191',
  severity: 'info',
  title: 'Argo CD ignores this difference: it alone starts no sync',
  reason:
    'A rule of ignoreDifferences says so, of the Application or of argocd-cm. When something else of the object differs, the whole object is applied, with this field too, unless RespectIgnoreDifferences is set.',
  hint: 'remove it from the change, or from the rules of the Application',
  source: 'Argo CD 3.5.1, docs/user-guide/diffing.md; util/settings/settings.go: GetResourceOverrides (P40)',
  kinds: 'any',
  ofIgnored: true,
  counted: ['object has differences that Argo CD ignores', 'objects have differences that Argo CD ignores'],
  examples: () => ({
    has: [
      {
        before: [application, virtualService()],
        after: [application, shifted],
        paths: ['spec.http[name=primary].route[destination.subset=stable].weight'],
      },
    ],
    hasNot: [{ before: [virtualService()], after: [shifted] }],
  }),
  check: ({ after, fields }, _, tell) => {
    const [field] = fields.filter(({ idle }) => idle === 'ignored');
    if (field !== undefined && after !== undefined)
      tell(field, `${nameOf(after.object)}: Argo CD takes this for no difference`);
  },
};
