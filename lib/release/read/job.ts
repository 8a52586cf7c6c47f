import { listAt, mapAt, numberAt, textAt } from '../../manifest/object';
import { nameIn, timeAt } from './owner';

/** A migration Job. */
export interface JobFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly message: string | undefined;
}

export function readJob(object: unknown): JobFacts {
  const conditions = listAt(object, 'status.conditions');
  const held = (type: string): unknown =>
    conditions.find((one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True');
  const failed = held('Failed');
  const state = failed
    ? 'failed'
    : held('Complete')
      ? 'done'
      : (numberAt(object, 'status.active') ?? 0) > 0
        ? 'running'
        : 'waiting';
  return {
    name: nameIn(object),
    labels: mapAt(object, 'metadata.labels'),
    createdAt: timeAt(object, 'metadata.creationTimestamp'),
    state,
    message: failed === undefined ? undefined : [textAt(failed, 'reason'), textAt(failed, 'message')].join(': '),
  };
}
