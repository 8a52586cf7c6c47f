import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { isRenamed, liveFields } from '../change';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';
import { changesNothing } from './nothing';

const monitor = (interval: string) =>
  example('PodMonitor', 'web', { spec: { podMetricsEndpoints: [{ port: 'http', interval }] } });

export const updated: DiffRule = {
  code: 'DIF180',
  severity: 'info',
  title: 'Is updated in place: no pod restarts for it',
  reason: 'The object is applied, and its controller takes it from there.',
  hint: 'nothing, if it is meant',
  source: 'Kubernetes 1.34, documentation: Declarative Management of Kubernetes Objects',
  kinds: 'any',
  last: true,
  counted: ['object is updated in place', 'objects are updated in place'],
  examples: () => ({
    has: [{ ...pairOf(monitor('15s'), monitor('30s')), paths: ['spec.podMetricsEndpoints[port=http].interval'] }],
    hasNot: [pairOf(monitor('15s'), monitor('15s'))],
  }),
  check: (change, _, tell) => {
    const { before, after } = change;
    if (before === undefined || after === undefined || isRenamed(before.object, after.object) || changesNothing(change))
      return;
    const [field] = liveFields(change);
    if (field !== undefined) tell(field, `${nameOf(after.object)} is updated in place`);
  },
};
