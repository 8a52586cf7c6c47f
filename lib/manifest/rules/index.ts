import type { ManifestRule } from '../rule';
import { albActionOwned } from './alb-action-owned';
import { albBlueGreen } from './alb-blue-green';
import { albDrain } from './alb-drain';
import { albHeaderRoute } from './alb-header-route';
import { albPingPong } from './alb-ping-pong';
import { albReadinessGates } from './alb-readiness-gates';
import { albServicePort } from './alb-service-port';
import { albTargetType } from './alb-target-type';
import { albUseAnnotation } from './alb-use-annotation';
import { analysisArguments } from './analysis-arguments';
import { analysisMerge } from './analysis-merge';
import { antiAffinity } from './anti-affinity';
import { applicationFinalizers } from './application-finalizers';
import { argocdAnnotations } from './argocd-annotations';
import { argumentFields } from './argument-fields';
import { backgroundGateFires } from './background-gate-fires';
import { canaryScaleAutoscaled } from './canary-scale-autoscaled';
import { canaryScaleLeft } from './canary-scale-left';
import { canonicalValues } from './canonical-values';
import { conditionConstant } from './condition-constant';
import { conditionGuard } from './condition-guard';
import { conditionSyntax } from './condition-syntax';
import { deadlineAfterReady } from './deadline-after-ready';
import { defaultsRendered } from './defaults-rendered';
import { destinationRuleFirst } from './destination-rule-first';
import { distinctServices } from './distinct-services';
import { dnsPrefix } from './dns-prefix';
import { drainBudget } from './drain-budget';
import { dynamicStableMinimum } from './dynamic-stable-minimum';
import { dynamicStableScale } from './dynamic-stable-scale';
import { endlessPause } from './endless-pause';
import { foreignDestination } from './foreign-destination';
import { gateCanFail } from './gate-can-fail';
import { gateConditions } from './gate-conditions';
import { gateLooksAtCanary } from './gate-looks-at-canary';
import { hashLabel } from './hash-label';
import { historyLimits } from './history-limits';
import { hookLimits } from './hook-limits';
import { hookNeeds } from './hook-needs';
import { hostAccess } from './host-access';
import { hostsKnown } from './hosts-known';
import { hpaBounds } from './hpa-bounds';
import { hpaReplicas } from './hpa-replicas';
import { hpaRequests } from './hpa-requests';
import { hpaTarget } from './hpa-target';
import { httpPortDeclared } from './http-port-declared';
import { httpPortProtocol } from './http-port-protocol';
import { httpRouteBackends } from './http-route-backends';
import { httpRouteCanaryRule } from './http-route-canary-rule';
import { ignoredByManager } from './ignored-by-manager';
import { imageTag } from './image-tag';
import { ingressBackend } from './ingress-backend';
import { inlineEnds } from './inline-ends';
import { istioDestinations } from './istio-destinations';
import { istioHostNames } from './istio-host-names';
import { istioRoutes } from './istio-routes';
import { jobName } from './job-name';
import { jobSidecar } from './job-sidecar';
import { livenessAfterReadiness } from './liveness-after-readiness';
import { managedRouteByHand } from './managed-route-by-hand';
import { managedRoutes } from './managed-routes';
import { managedRoutesNamed } from './managed-routes-named';
import { meshClients } from './mesh-clients';
import { meshHostConflict } from './mesh-host-conflict';
import { metricLimits } from './metric-limits';
import { metricProvider } from './metric-provider';
import { mirrorSafe } from './mirror-safe';
import { nameLength } from './name-length';
import { needsTrafficRouting } from './needs-traffic-routing';
import { networkPolicyDns } from './network-policy-dns';
import { objectSize } from './object-size';
import { oneOwner } from './one-owner';
import { ownedSubsets } from './owned-subsets';
import { passesOnSilence } from './passes-on-silence';
import { pauseDuration } from './pause-duration';
import { pdbBlocks } from './pdb-blocks';
import { pdbOverlap } from './pdb-overlap';
import { pdbSingle } from './pdb-single';
import { podSelector } from './pod-selector';
import { portsUnique } from './ports-unique';
import { prestop } from './prestop';
import { prestopBudget } from './prestop-budget';
import { probePort } from './probe-port';
import { rangeJudgedWhole } from './range-judged-whole';
import { rbacWildcards } from './rbac-wildcards';
import { readinessGateByHand } from './readiness-gate-by-hand';
import { readinessProbe } from './readiness-probe';
import { recordIdentified } from './record-identified';
import { recordTtl } from './record-ttl';
import { recordsAgree } from './records-agree';
import { referencesResolve } from './references-resolve';
import { replaceForce } from './replace-force';
import { respectIgnoredLists } from './respect-ignored-lists';
import { restartPolicy } from './restart-policy';
import { retriesIdempotent } from './retries-idempotent';
import { rollingUpdate } from './rolling-update';
import { routeMatch } from './route-match';
import { routeUnreachable } from './route-unreachable';
import { routeWeightsSum } from './route-weights-sum';
import { routeWeightsZero } from './route-weights-zero';
import { routerCapability } from './router-capability';
import { routerObjects } from './router-objects';
import { routesListed } from './routes-listed';
import { secretLiteral } from './secret-literal';
import { selectorInTemplate } from './selector-in-template';
import { selectorLabels } from './selector-labels';
import { serviceOneWorkload } from './service-one-workload';
import { serviceSelects } from './service-selects';
import { serviceTargetPort } from './service-target-port';
import { servicesOfRouter } from './services-of-router';
import { setWeightRange } from './set-weight-range';
import { startingStep } from './starting-step';
import { stepActions } from './step-actions';
import { strategyChosen } from './strategy-chosen';
import { subsetExists } from './subset-exists';
import { subsetLabels } from './subset-labels';
import { subsetNamesUnique } from './subset-names-unique';
import { surgeOrUnavailable } from './surge-or-unavailable';
import { tokenUnused } from './token-unused';
import { uniqueObjects } from './unique-objects';
import { versionMetadata } from './version-metadata';
import { volumeMounts } from './volume-mounts';
import { wavesInOrder } from './waves-in-order';
import { weightsIgnored } from './weights-ignored';

/** Every rule over rendered objects, by code. A new rule is one file and one line here. */
export const MANIFEST_RULES: readonly ManifestRule[] = [
  uniqueObjects,
  nameLength,
  referencesResolve,
  selectorLabels,
  drainBudget,
  backgroundGateFires,
  gateConditions,
  objectSize,
  strategyChosen,
  surgeOrUnavailable,
  deadlineAfterReady,
  podSelector,
  distinctServices,
  servicesOfRouter,
  needsTrafficRouting,
  dynamicStableScale,
  routerCapability,
  stepActions,
  setWeightRange,
  pauseDuration,
  managedRoutes,
  routeMatch,
  antiAffinity,
  historyLimits,
  argumentFields,
  oneOwner,
  istioRoutes,
  istioDestinations,
  foreignDestination,
  istioHostNames,
  managedRouteByHand,
  routesListed,
  subsetLabels,
  hashLabel,
  versionMetadata,
  routerObjects,
  canaryScaleLeft,
  metricProvider,
  metricLimits,
  gateCanFail,
  analysisArguments,
  analysisMerge,
  inlineEnds,
  startingStep,
  conditionSyntax,
  conditionGuard,
  passesOnSilence,
  conditionConstant,
  mirrorSafe,
  ingressBackend,
  rangeJudgedWhole,
  managedRoutesNamed,
  ownedSubsets,
  meshClients,
  httpPortProtocol,
  httpPortDeclared,
  subsetExists,
  routeWeightsSum,
  routeWeightsZero,
  meshHostConflict,
  routeUnreachable,
  destinationRuleFirst,
  wavesInOrder,
  retriesIdempotent,
  subsetNamesUnique,
  hostsKnown,
  albUseAnnotation,
  albActionOwned,
  albHeaderRoute,
  albPingPong,
  albBlueGreen,
  albTargetType,
  albReadinessGates,
  readinessGateByHand,
  albDrain,
  albServicePort,
  recordIdentified,
  recordsAgree,
  recordTtl,
  dnsPrefix,
  httpRouteBackends,
  httpRouteCanaryRule,
  respectIgnoredLists,
  ignoredByManager,
  weightsIgnored,
  replaceForce,
  endlessPause,
  argocdAnnotations,
  hookNeeds,
  jobName,
  jobSidecar,
  hookLimits,
  applicationFinalizers,
  hpaReplicas,
  hpaTarget,
  hpaBounds,
  pdbBlocks,
  pdbOverlap,
  dynamicStableMinimum,
  canaryScaleAutoscaled,
  pdbSingle,
  imageTag,
  hpaRequests,
  readinessProbe,
  livenessAfterReadiness,
  hostAccess,
  secretLiteral,
  portsUnique,
  serviceSelects,
  serviceOneWorkload,
  networkPolicyDns,
  canonicalValues,
  rbacWildcards,
  tokenUnused,
  selectorInTemplate,
  restartPolicy,
  serviceTargetPort,
  prestop,
  probePort,
  volumeMounts,
  prestopBudget,
  defaultsRendered,
  rollingUpdate,
  gateLooksAtCanary,
];

/** Codes that no longer occur; never given to anything else. */
export const RETIRED_MANIFEST_CODES: readonly string[] = [];
