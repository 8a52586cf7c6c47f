/**
 * The commands of the documents that the test does not run, each with the reason. They are held to what can be seen without a
 * cluster: files, npm scripts and names of objects exist.
 */
export const NOT_RUN: Readonly<Record<string, readonly string[]>> = {
  'downloads packages, or runs this test': ['npm ci', 'npm ci && npm run synth', 'npm ci && npm test', 'npm test'],
  'rewrites sources that others are editing; npm test has the same check': ['npm run format'],
  'takes minutes': [
    'npm run bench -- --diff --sizes 1000',
    'npm run bench -- --shards 1 --sizes 1000',
    'npm run bench -- --shards 4 --sizes 10000',
    'npm run bench -- --shards 10 --sizes 100000',
    'npm run fuzz -- --cases 100000 --seed 20261123',
    'npm run fuzz -- --kills 500 --seed 20261123',
  ],
  'starts a database server; test/rehearse does the same': [
    'npm run -s migrate:rehearse -- --service backend --format html --out rehearsal.html',
    'npm run -s migrate:rehearse -- --service backend --rows 1000000',
  ],
  'needs a remote repository': ['git clone https://git.example.com/shop/platform.git', 'git push'],
  'needs a cluster': [
    'argocd app delete old-shop --cascade=false',
    'argocd app terminate-op tbyte-staging-frontend',
    'istioctl install --set components.cni.enabled=true',
    'kubectl apply -f docs/bootstrap/argo-rollouts-metrics.yaml',
    'kubectl apply -f docs/bootstrap/argocd-metrics.yaml',
    'kubectl apply -f dist/staging/monitoring/release-metrics.yaml',
    'helm upgrade metrics prometheus-community/kube-state-metrics -n monitoring --reuse-values --values docs/bootstrap/kube-state-metrics.yaml',
    'kubectl apply -n argo-rollouts -f https://github.com/argoproj/argo-rollouts/releases/download/v1.9.1/install.yaml',
    'kubectl apply -n argocd --server-side -f https://raw.githubusercontent.com/argoproj/argo-cd/v3.5.1/manifests/install.yaml',
    'kubectl apply -n argocd -f dist/staging/apps/00-root.yaml',
    'kubectl apply -n argo-rollouts -f https://github.com/argoproj/argo-rollouts/releases/download/v1.9.1/notifications-install.yaml',
    'kubectl apply -n argocd -f https://raw.githubusercontent.com/argoproj/argo-cd/v3.5.1/notifications_catalog/install.yaml',
    'kubectl patch configmap argo-rollouts-notification-configmap -n argo-rollouts --patch-file docs/bootstrap/argo-rollouts-notifications.yaml',
    'kubectl patch configmap argocd-notifications-cm -n argocd --patch-file docs/bootstrap/argocd-notifications.yaml',
    'kubectl argo rollouts abort tbyte-microservices-frontend -n tbyte',
    'kubectl argo rollouts get rollout web -n shop',
    'kubectl argo rollouts get rollout web -n shop --watch',
    'kubectl argo rollouts promote web -n shop',
    'kubectl create namespace argo-rollouts',
    'kubectl create namespace argocd',
    'kubectl describe analysisruns -n shop',
    'kubectl get analysisruns -n shop',
    'kubectl get application tbyte-staging-frontend -n argocd',
    'kubectl get applications -n argocd',
    'kubectl get jobs -n tbyte -l app.kubernetes.io/name=tbyte-microservices-backend-migrate',
    'kubectl label --dry-run=server --overwrite namespace tbyte pod-security.kubernetes.io/enforce=restricted',
    'kubectl logs -n tbyte -l app.kubernetes.io/name=tbyte-microservices-backend-migrate --tail=-1',
    'kubectl patch configmap argocd-cm -n argocd --patch-file docs/bootstrap/argocd-cm.yaml',
    'npm run -s release -- abort frontend --environment staging',
    'npm run -s release -- history frontend --environment staging',
    'npm run -s release -- pause frontend --environment staging',
    'npm run -s release -- promote frontend --environment staging',
    'npm run -s release -- resume frontend --environment staging',
    'npm run -s release -- retry frontend --environment staging',
    'npm run -s release -- rollback frontend --environment staging',
    'npm run -s release -- rollback frontend --environment staging --to HEAD~2',
    'npm run -s release -- status frontend --environment production --watch',
    'npm run -s release -- status frontend --environment staging',
    'npm run -s release -- status frontend --environment staging --watch',
    'npm run -s release -- validate frontend --environment staging',
    'npm run -s release -- validate frontend --environment staging --timeout 20m',
  ],
};

/** Documents whose commands run against a stand-in for kubectl, in a test of their own. */
export const STOOD_IN: readonly string[] = ['docs/how-to/clean-up.md'];

/** Names in commands that Cutover does not render: what it is installed beside, and examples of what people had before. */
export const NOT_RENDERED: readonly string[] = [
  'argo-rollouts',
  'argocd',
  'argocd-cm',
  'old-shop',
  'argo-rollouts-notification-configmap',
  'argocd-notifications-cm',
];

/** Paths in the text that are files of another project. */
export const FOREIGN_PATHS: readonly string[] = ['docs/migrating.md'];
