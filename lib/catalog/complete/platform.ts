import type { Path } from '../../diagnostic/path';
import type { Fault, Report } from '../faults';
import type { Refused } from '../refused';
import type { CatalogInput } from '../schema/catalog';
import type { Environment, ExternalSecretStore, Platform } from '../service';
import { digestHint, versionProblem } from './image';
import { entriesOf, mapFrom } from './workload';

type PlatformSettings = NonNullable<CatalogInput['platform']>;
type EnvironmentSettings = NonNullable<CatalogInput['environments']>[string];

/** The platform with every default filled in. About what the schema `refused` nothing more is said. */
export function completePlatform(given: PlatformSettings, report: Report, refused: Refused): Platform {
  const need = needIn(['platform'], report, refused);
  const { prometheus = {}, istio = {}, argocd = {}, gatewayApi = {}, externalSecrets, flyway, alb, grafana } = given;
  const name = need(['name'], given.name, 'platform', 'the name of the platform');
  const repository = need(['argocd', 'repository'], argocd.repository, '', 'this repository, as Argo CD reaches it');
  const revision = argocd.revision ?? 'main';
  const path = argocd.path ?? 'dist';
  return {
    name,
    registry: given.registry,
    prometheus: {
      address: need(
        ['prometheus', 'address'],
        prometheus.address,
        '',
        'the address of Prometheus, where the gates ask',
      ),
      namespace: prometheus.namespace ?? 'monitoring',
      scrapeIntervalSeconds: prometheus.scrapeIntervalSeconds ?? 15,
      labels: mapFrom(entriesOf(prometheus.labels)),
    },
    istio: {
      gateways: istio.gateways ?? [],
      gatewayNamespace: istio.gatewayNamespace ?? 'istio-ingress',
      clusterDomain: istio.clusterDomain ?? 'cluster.local',
      revision: istio.revision,
    },
    alb: alb && {
      ingressClass: alb.ingressClass ?? 'alb',
      sourceCidrs: need(['alb', 'sourceCidrs'], alb.sourceCidrs, [], 'the subnets of its load balancers'),
    },
    gatewayApi: {
      gateways: gatewayApi.gateways ?? [],
      gatewayNamespace: gatewayApi.gatewayNamespace ?? 'gateway-system',
    },
    externalDns: { annotationPrefix: given.externalDns?.annotationPrefix ?? 'external-dns.kubernetes.io/' },
    argocd: {
      namespace: argocd.namespace ?? 'argocd',
      repository,
      revision,
      path,
      project: argocd.project ?? name,
      rootProject: argocd.rootProject ?? 'default',
    },
    runbooks: { url: given.runbooks?.url ?? pageOf(repository, revision, path) },
    alerts: {
      customResourceState: given.alerts?.customResourceState && {
        namespace: given.alerts.customResourceState.namespace ?? prometheus.namespace ?? 'monitoring',
        serviceAccount: given.alerts.customResourceState.serviceAccount ?? 'kube-state-metrics',
      },
    },
    grafana: grafana && {
      label: grafana.label ?? 'grafana_dashboard',
      labelValue: grafana.labelValue ?? '1',
      folder: grafana.folder,
      folderAnnotation: grafana.folderAnnotation ?? 'grafana_folder',
    },
    externalSecrets: externalSecrets && completeStore(externalSecrets, need),
    flywayImage: flyway && completeFlyway(flyway.image, need, report),
    topologyKeys: given.topologyKeys ?? ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
  };
}

/** `https://…`, `ssh://…` or `git@host:…`, with or without a user, a port and `.git`. */
const REPOSITORY_ADDRESS =
  /^(?:(?<scheme>https|ssh):\/\/)?(?:[^@/]*@)?(?<host>[^/:@]+)(?<port>:[0-9]+(?=\/))?[:/](?<path>.*?)(?:\.git)?\/?$/;

/**
 * The page on which a Git host shows a folder of a repository: GitLab's and Bitbucket's by their names, everywhere else GitHub's.
 * A user or a token in the address stays out of it, and so does the port of ssh.
 */
export function pageOf(repository: string, revision: string, folder: string): string {
  const { scheme, host = '', port = '', path = '' } = REPOSITORY_ADDRESS.exec(repository)?.groups ?? {};
  const shown = host.includes('gitlab') ? '-/blob' : host === 'bitbucket.org' ? 'src' : 'blob';
  return `https://${host}${scheme === 'https' ? port : ''}/${path}/${shown}/${revision}/${folder}`;
}

type Need = <T>(path: Path, value: T | undefined, standIn: T, hint: string) => T;

function needIn(base: Path, report: Report, refused: Refused): Need {
  return (path, value, standIn, hint) => {
    const at = [...base, ...path];
    if (value === undefined && !refused.touches(at))
      report({ code: 'CAT004', at, message: `${String(path.at(-1))} is missing`, hint, value: undefined });
    return value ?? standIn;
  };
}

function completeStore(given: NonNullable<PlatformSettings['externalSecrets']>, need: Need): ExternalSecretStore {
  return {
    store: need(['externalSecrets', 'store'], given.store, '', 'the name of the store'),
    storeKind: given.storeKind ?? 'ClusterSecretStore',
    refreshIntervalSeconds: given.refreshIntervalSeconds ?? 3600,
  };
}

const IMAGE =
  /^(?<repository>[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:(?::[0-9]{1,5})?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+)?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

function completeFlyway(given: string | undefined, need: Need, report: Report): string {
  const image = need(['flyway', 'image'], given, '', 'an image of Flyway');
  const parts = IMAGE.exec(image)?.groups;
  const version = parts?.tag ?? parts?.digest;
  const problem =
    given === undefined
      ? undefined
      : version === undefined
        ? 'has neither tag nor digest'
        : parts?.digest
          ? undefined
          : versionProblem(version);
  if (problem !== undefined) {
    const fault: Fault = {
      code: 'CAT021',
      at: ['platform', 'flyway', 'image'],
      message: `the image ${problem}`,
      hint: 'name a tag that is never moved, or a digest',
    };
    report(fault);
  }
  return image;
}

/** The image of the migrations is one of the environment's too, where a service has any. */
export function checkFlywayDigest({ flywayImage = '' }: Platform, environment: Environment, report: Report): void {
  const parts = IMAGE.exec(flywayImage)?.groups;
  if (!environment.requireDigests || parts?.tag === undefined || parts.digest !== undefined) return;
  if (versionProblem(parts.tag) !== undefined) return;
  report({
    code: 'CAT080',
    at: ['platform', 'flyway', 'image'],
    message: `the image has no digest, and ${environment.name} requires one`,
    hint: digestHint(`${flywayImage}@sha256:…`, flywayImage),
  });
}

/** One environment; its destination is named or addressed. */
export function completeEnvironment(
  name: string,
  given: EnvironmentSettings,
  report: Report,
  refused: Refused,
): Environment {
  const need = needIn(['environments', name], report, refused);
  const cluster = need(['cluster'], given.cluster, { name: '' }, 'the destination: { "name": … } or { "server": … }');
  return {
    name,
    namespace: need(['namespace'], given.namespace, 'none', 'the namespace of its services'),
    cluster:
      cluster.server !== undefined
        ? { kind: 'server', value: cluster.server }
        : { kind: 'name', value: cluster.name ?? '' },
    requireDigests: given.requireDigests ?? false,
  };
}
