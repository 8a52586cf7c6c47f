import { numberAt, textAt } from '../../manifest/object';
import { timeAt } from './owner';

/** What a controller told about an object. Times in milliseconds since 1970. */
export interface EventFacts {
  readonly kind: string;
  readonly name: string;
  readonly reason: string;
  readonly message: string;
  readonly warning: boolean;
  readonly count: number;
  readonly at: number | undefined;
}

export function readEvent(object: unknown): EventFacts {
  return {
    kind: textAt(object, 'involvedObject.kind') ?? '',
    name: textAt(object, 'involvedObject.name') ?? '',
    reason: textAt(object, 'reason') ?? '',
    message: textAt(object, 'message') ?? '',
    warning: textAt(object, 'type') === 'Warning',
    count: numberAt(object, 'series.count') ?? numberAt(object, 'count') ?? 1,
    at:
      timeAt(object, 'series.lastObservedTime') ??
      timeAt(object, 'lastTimestamp') ??
      timeAt(object, 'eventTime') ??
      timeAt(object, 'metadata.creationTimestamp'),
  };
}
