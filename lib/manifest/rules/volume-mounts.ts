import { listAt, textAt } from '../object';
import { POD_KINDS, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';
import { served, servingContainer } from '../served-example';

const mounting = (name: string) => servingContainer({ volumeMounts: [{ name, mountPath: '/tmp' }] });
const spec = { volumes: [{ name: 'tmp', emptyDir: {} }] };

export const volumeMounts: ManifestRule = {
  code: 'MAN119',
  severity: 'error',
  title: 'A mount of a volume that the pod does not have: no pod is made',
  reason: 'The API server answers "Not found" for the pod, and Argo Rollouts finds the template invalid.',
  hint: 'add the volume, or correct the name of the mount',
  source: 'Kubernetes 1.34, pkg/apis/core/validation/validation.go: ValidateVolumeMounts',
  kinds: POD_KINDS,
  examples: () => ({
    bad: [
      { objects: served(mounting('temp'), { spec }), paths: ['spec.template.spec.containers[0].volumeMounts[0].name'] },
    ],
    good: [served(mounting('tmp'), { spec })],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      let volumes: ReadonlySet<string> | undefined;
      for (const { container, at } of template.containers) {
        listAt(container, 'volumeMounts').forEach((mount, i) => {
          volumes ??= new Set([
            ...listAt(template.spec, 'volumes').flatMap((volume) => textAt(volume, 'name') ?? []),
            ...listAt(template.owner, 'spec.volumeClaimTemplates').flatMap(
              (claim) => textAt(claim, 'metadata.name') ?? [],
            ),
          ]);
          const name = textAt(mount, 'name');
          if (name === undefined || volumes.has(name)) return;
          report(template.owner, at('volumeMounts', i, 'name'), `the pod has no volume "${name}"`);
        });
      }
    }
  },
};
