import { example } from '../example';
import { type KubeObject, textAt } from '../object';
import { POD_KINDS, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const deployment = (image: string): KubeObject =>
  example('Deployment', 'web', {
    spec: { template: { spec: { automountServiceAccountToken: false, containers: [{ name: 'web', image }] } } },
  });
const PATH = 'spec.template.spec.containers[0].image';

export const imageTag: ManifestRule = {
  code: 'MAN100',
  severity: 'warning',
  title: 'An image without a version: pods of one release can run different code, and nothing can be rolled back to',
  reason:
    'The tag latest, which stands for none, names whatever was pushed last when a node pulls it. A new pod of the stable version then runs the new code, past every gate.',
  hint: 'name a version that is never pushed again, or a digest',
  source: 'Kubernetes 1.34: Images; an image without a tag is :latest',
  kinds: POD_KINDS,
  examples: () => ({
    bad: [
      { objects: [deployment('nginx')], paths: [PATH] },
      { objects: [deployment('registry.example.com:5000/web:latest')], paths: [PATH] },
    ],
    good: [
      [deployment('nginx:1.29.1')],
      [
        deployment(
          'registry.example.com:5000/web@sha256:0e4c1cf9c1a7c6f5b1e5f5ab0f0ee1bd3f1b5c1f6f1ff6a7b4f5a9b1c1d2e3f4',
        ),
      ],
    ],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      for (const { container, at } of template.containers) {
        const image = textAt(container, 'image');
        if (image === undefined || image === '' || image.includes('@') || image.includes('$')) continue;
        const tag = /:([^/:]+)$/.exec(image)?.[1];
        if (tag !== undefined && tag !== 'latest') continue;
        report(template.owner, at('image'), `"${image}" names whatever was pushed last`);
      }
    }
  },
};
