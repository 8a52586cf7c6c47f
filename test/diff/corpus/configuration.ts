import { type Case, edited, together } from './case';
import { CONFIG, HASHED, ROLLOUT, SECRET, SERVICE } from './manifests';

/** Configuration, and names. */
export const CONFIGURATION: readonly Case[] = [
  {
    name: 'a value in place',
    before: CONFIG,
    after: edited(CONFIG, ['LEVEL: info', 'LEVEL: debug']),
    verdict: ['changed ConfigMap/web-config: warning DIF082 data.LEVEL'],
  },
  {
    name: 'a value in place, with its readers known',
    before: together(CONFIG, ROLLOUT),
    after: together(edited(CONFIG, ['LEVEL: info', 'LEVEL: debug']), ROLLOUT),
    verdict: ['changed ConfigMap/web-config: warning DIF082 data.LEVEL'],
  },
  {
    name: 'a value under a new hash',
    before: HASHED,
    after: edited(HASHED, ['web-config-5f6a7b8c9d', 'web-config-0a1b2c3d4e'], ['LEVEL: info', 'LEVEL: debug']),
    verdict: ['changed ConfigMap/web-config-0a1b2c3d4e: warning DIF054 metadata.name'],
  },
  {
    name: 'a value under a new hash, the old one kept',
    before: HASHED,
    after: together(
      HASHED,
      edited(HASHED, ['web-config-5f6a7b8c9d', 'web-config-0a1b2c3d4e'], ['LEVEL: info', 'LEVEL: debug']),
    ),
    verdict: ['added ConfigMap/web-config-0a1b2c3d4e: info DIF060 (root)'],
  },
  {
    name: 'a hash of kustomize',
    before: edited(HASHED, ['5f6a7b8c9d', '2bk64mdh9t']),
    after: edited(HASHED, ['5f6a7b8c9d', '85cd4mf2b7'], ['URL: http://api', 'URL: http://api:8080']),
    verdict: ['changed ConfigMap/web-config-85cd4mf2b7: warning DIF054 metadata.name'],
  },
  {
    name: 'configuration in use goes',
    before: together(CONFIG, ROLLOUT),
    after: ROLLOUT,
    verdict: ['removed ConfigMap/web-config: error DIF050 (root)'],
  },
  {
    name: 'configuration of nobody goes',
    before: CONFIG,
    after: '',
    verdict: ['removed ConfigMap/web-config: warning DIF052 (root)'],
  },
  {
    name: 'configuration leaves Git and stays',
    before: edited(CONFIG, [
      '  namespace: shop\n',
      '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-options: Prune=false\n',
    ]),
    after: '',
    verdict: ['removed ConfigMap/web-config: info DIF052 (root)'],
  },
  {
    name: 'a Secret in place',
    before: SECRET,
    after: edited(SECRET, ['PASSWORD: s3cr3t-a', 'PASSWORD: s3cr3t-b']),
    verdict: ['changed Secret/web: warning DIF082 stringData.PASSWORD'],
  },
  {
    name: 'a Service is called otherwise',
    before: SERVICE,
    after: edited(SERVICE, ['  name: web\n', '  name: front\n']),
    verdict: ['moved Service/front: warning DIF053 metadata.name'],
  },
  {
    name: 'a Service moves to another namespace',
    before: SERVICE,
    after: edited(SERVICE, ['namespace: shop', 'namespace: other']),
    verdict: ['moved Service/web: warning DIF053 metadata.namespace'],
  },
];
