import type { Severity } from '../diagnostic/diagnostic';

interface AdoptCode {
  readonly severity: Severity;
  readonly title: string;
  readonly hint: string;
}

/** What can come of adopting: what is missing, and what a catalog has no place for. A code is for ever. */
export const ADOPT_CODES = {
  ADO001: {
    severity: 'error',
    title: 'No Deployment among what was given',
    hint: 'give the Deployment with its Services: kubectl get deploy,svc,hpa,ingress,virtualservice,destinationrule -o yaml',
  },
  ADO002: {
    severity: 'error',
    title: 'A Deployment without a port: nothing can be released by weight or looked at by a probe',
    hint: 'name its ports in the Deployment, or give its Service too',
  },
  ADO003: {
    severity: 'warning',
    title: 'A container beside the main one is not carried over',
    hint: 'a catalog entry has one container: leave the sidecar to an injector, or make it a service of its own',
  },
  ADO004: {
    severity: 'warning',
    title: 'An init container is not carried over',
    hint: 'what migrates a database belongs into migrations; the rest into the start of the application',
  },
  ADO005: {
    severity: 'warning',
    title: 'A volume is not carried over',
    hint: 'a catalog entry has empty volumes only (security.writablePaths): put files into the image, or values into config',
  },
  ADO006: {
    severity: 'warning',
    title: 'An environment variable is not carried over',
    hint: 'write its value into config, or its place into secrets',
  },
  ADO007: {
    severity: 'warning',
    title: 'The pods of the Rollout run under the restricted Pod Security Standard, and these do not',
    hint: 'try the image with this setting before it gets requests, and say what it needs in security',
  },
  ADO008: {
    severity: 'warning',
    title: 'A probe is not carried over as it is',
    hint: 'ask by http, grpc or tcp on one of the ports',
  },
  ADO009: {
    severity: 'warning',
    title: 'A rule of where pods run is not carried over',
    hint: 'pods are spread over platform.topologyKeys; keep pools apart by namespace',
  },
  ADO010: {
    severity: 'warning',
    title: 'Something of a Service is not carried over',
    hint: 'the rendered Service is a ClusterIP of all pods; what comes from outside goes through the router',
  },
  ADO011: {
    severity: 'warning',
    title: 'Something of a HorizontalPodAutoscaler is not carried over',
    hint: 'autoscaling knows mean use of CPU and memory',
  },
  ADO012: {
    severity: 'warning',
    title: 'An Ingress stays as it is',
    hint: 'it goes on leading to the old Service; move it to routing after the change',
  },
  ADO013: {
    severity: 'warning',
    title: 'Something of a VirtualService is not carried over',
    hint: 'it goes on leading to the old Service; move it to routing after the change',
  },
  ADO014: {
    severity: 'warning',
    title: 'A field is not carried over',
    hint: 'see whether the service needs it',
  },
  ADO015: {
    severity: 'warning',
    title: 'The version of the image cannot be taken as it is',
    hint: 'name a tag that is never moved, or a digest',
  },
  ADO016: {
    severity: 'warning',
    title: 'A label or an annotation of the pods is not carried over',
    hint: 'what selects by it must select by app.kubernetes.io/name',
  },
  ADO017: {
    severity: 'warning',
    title: 'Requests or limits are not the same',
    hint: 'write what the container needs into resources',
  },
  ADO018: {
    severity: 'warning',
    title: 'The end of a pod is not the same',
    hint: 'shutdown.preStopSeconds and shutdown.drainSeconds say how long a pod takes to leave',
  },
  ADO019: {
    severity: 'warning',
    title: 'The service account is another one',
    hint: 'the rendered one has the name of the service and no rights: grant them to it, or do without',
  },
  ADO020: {
    severity: 'warning',
    title: 'A value that looks like a secret would stand in the catalog',
    hint: 'keep it in a Secret or an external store, and name its place in secrets',
  },
  ADO021: {
    severity: 'warning',
    title: 'An object that nothing was made of',
    hint: 'it stays as it is',
  },
  ADO022: {
    severity: 'warning',
    title: 'Callers are refused that were let in before',
    hint: 'name them in allowedCallers: a NetworkPolicy refuses everybody else',
  },
  ADO023: {
    severity: 'warning',
    title: 'A Deployment that is the canary of another one',
    hint: 'give all requests to the stable one before you change over; a Rollout runs both versions by itself',
  },
  ADO024: {
    severity: 'warning',
    title: 'Something of a DestinationRule is not carried over',
    hint: 'routing knows connectionPool, loadBalancer and outlierDetection; the rest holds for the old host only',
  },
  ADO025: {
    severity: 'warning',
    title: 'The load balancer is another one until the change is over',
    hint: 'say in platform.alb.sourceCidrs where load balancers connect from; to share one afterwards, set routing.alb.groupName',
  },
  ADO026: {
    severity: 'warning',
    title: 'The strategy became a canary without gates',
    hint: 'steps of the preset "standard" move the weights; nothing stops a bad version until it has gates',
  },
} as const satisfies Readonly<Record<string, AdoptCode>>;

export type AdoptCodeName = keyof typeof ADOPT_CODES;

/** Codes that no longer occur; never given to anything else. */
export const RETIRED_ADOPT_CODES: readonly string[] = [];
