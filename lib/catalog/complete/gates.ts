import type { Path } from '../../diagnostic/path';
import { ITEM_DEFAULTS } from '../built-in';
import { countsRequests, GATE_FIELDS, GATE_KIND_FACTS, hasWindow } from '../gate-kinds';
import type { Bound, Gate, RequestMetrics, Scale } from '../service';
import { autoGate, type GateSettings } from './auto-gate';
import type { Context } from './context';
import { fewestPods } from './strategy/common';
import { entriesOf } from './workload';

/** The gates in the order of their names, each with every number that Argo Rollouts will use. */
export function completeGates(context: Context, surroundings: GateSurroundings): readonly Gate[] {
  return entriesOf(context.settings.gates).map(([name, given]) => completeGate(context, name, given, surroundings));
}

/** What the numbers of a gate follow from beside its own settings. */
export interface GateSurroundings {
  readonly metrics: RequestMetrics | undefined;
  readonly scale: Scale;
}

function completeGate(context: Context, name: string, given: GateSettings, { metrics, scale }: GateSurroundings): Gate {
  const path: Path = ['gates', name];
  const kind = context.need([...path, 'kind'], given.kind, 'restarts', 'what is measured');
  if (given.kind !== undefined) refuseForeignFields(context, path, given, given.kind);
  const { atMost: _, atLeast: __, atMostSeconds: ___, auto, ...rest } = given;
  const derived = auto === true && countsRequests(kind);
  const gate: Gate = {
    ...ITEM_DEFAULTS.gate,
    query: '',
    inconclusiveLimit: undefined,
    ...rest,
    name,
    kind,
    bound:
      given.kind === undefined || derived
        ? { direction: 'atMost', value: 0 }
        : boundOf(context, path, given, given.kind),
    ...(derived ? autoGate(context, { name, kind, given, metrics, pods: fewestPods(scale) }) : {}),
  };
  checkWindow(context, path, gate);
  checkQuery(context, path, gate);
  checkResource(context, path, gate);
  return gate;
}

function boundOf(context: Context, path: Path, given: GateSettings, kind: Gate['kind']): Bound {
  const { bounds, ratio, defaultBound } = GATE_KIND_FACTS[kind];
  const set = bounds.filter((field) => given[field] !== undefined);
  const [field] = set;
  if (set.length === 1 && field !== undefined) {
    const value = given[field] ?? 0;
    if (ratio && value > 1) {
      context.fault(
        'CAT024',
        [...path, field],
        `${kind} is a share from 0 to 1, not ${value}`,
        value <= 100 ? `write ${value / 100} for ${value} %` : 'write a share from 0 to 1',
      );
    }
    return { direction: field === 'atLeast' ? 'atLeast' : 'atMost', value };
  }
  if (set.length === 0 && defaultBound !== undefined) return defaultBound;
  if (!context.refused(...bounds.map((one) => [...path, one]))) {
    context.fault(
      'CAT024',
      path,
      `gate "${context.key}/${String(path[1])}" ${set.length === 0 ? 'has no bound' : 'has two bounds'}`,
      `set exactly one of: ${bounds.join(', ')}`,
    );
  }
  return { direction: 'atMost', value: 0 };
}

function refuseForeignFields(context: Context, path: Path, given: GateSettings, kind: Gate['kind']): void {
  const { bounds, fields } = GATE_KIND_FACTS[kind];
  const own: readonly string[] = [...bounds, ...fields];
  for (const field of GATE_FIELDS) {
    if (given[field] !== undefined && !own.includes(field)) {
      context.fault(
        'CAT025',
        [...path, field],
        `a gate of kind ${kind} has no "${field}"`,
        `it has: ${own.join(', ')}`,
      );
    }
  }
}

/** A rate needs two samples within its window, at every phase of the scrape. */
function checkWindow(context: Context, path: Path, gate: Gate): void {
  const { scrapeIntervalSeconds } = context.platform.prometheus;
  if (context.refused([...path, 'windowSeconds']) || context.refusedAt(['platform', 'prometheus'])) return;
  if (hasWindow(gate.kind) && gate.windowSeconds < 2 * scrapeIntervalSeconds) {
    context.fault(
      'CAT034',
      [...path, 'windowSeconds'],
      `a window of ${gate.windowSeconds} s holds fewer than two scrapes of ${scrapeIntervalSeconds} s, so that the gate never gets an answer`,
      `use at least ${4 * scrapeIntervalSeconds} s, which survives a failed scrape`,
    );
  }
}

/** A query of one's own must choose the canary's pods, or a good stable version hides a bad canary (P26). */
function checkQuery(context: Context, path: Path, gate: Gate): void {
  if (gate.kind !== 'query') return;
  const query = context.need(
    [...path, 'query'],
    gate.query === '' ? undefined : gate.query,
    '',
    'PromQL that gives one number for the canary',
  );
  const args = [...query.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map((match) => match[1] ?? '');
  const foreign = args.find((arg) => arg !== 'args.canary-hash');
  if (query !== '' && !args.includes('args.canary-hash')) {
    context.fault(
      'CAT040',
      [...path, 'query'],
      'the query does not use {{args.canary-hash}}, so it looks at both versions',
      'choose the series by rollouts_pod_template_hash="{{args.canary-hash}}" or pod=~"<name>-{{args.canary-hash}}-.*"',
    );
  }
  if (foreign !== undefined) {
    context.fault(
      'CAT040',
      [...path, 'query'],
      `the query uses {{${foreign}}}, which no release passes (the analysis would end in an error)`,
      'only {{args.canary-hash}} is passed',
    );
  }
}

/** A share of a request or limit that does not exist is never answered. */
function checkResource(context: Context, path: Path, gate: Gate): void {
  if (gate.kind !== 'cpu' && gate.kind !== 'memory') return;
  if (context.refused([...path, 'of'], ['resources', gate.of, gate.kind])) return;
  if (context.settings.resources?.[gate.of]?.[gate.kind] === undefined) {
    context.fault(
      'CAT048',
      path,
      `the gate divides by the ${gate.kind} of resources.${gate.of}, and there is none`,
      `set resources.${gate.of}.${gate.kind}, or "of": "${gate.of === 'limits' ? 'requests' : 'limits'}"`,
    );
  }
}
