import { createInterface } from 'node:readline';
import { fieldAt, numberAt, textAt } from '../manifest/object';
import { type Api, pathOf, queryOf, type Resource, type Selection } from './api';
import { ATTEMPTS, pause, waitMs } from './backoff';
import { ClusterFault, faultOf, mayPass } from './fault';

/** Seconds after which the server ends a watch, so that one that has died unseen is noticed. */
const WATCH_SECONDS = 240;

/**
 * Keeps a copy of a selection of objects: lists them, watches from there, and lists again where the server no longer has the
 * changes since (410 Gone). A fault that may pass is waited out; one that does not, or too many in a row, ends it.
 */
export class Reflector {
  private objects = new Map<string, unknown>();
  private readonly api: Api;
  private readonly resource: Resource;
  private readonly selection: Selection;
  private readonly changed: () => void;

  constructor(api: Api, resource: Resource, selection: Selection, changed: () => void) {
    this.api = api;
    this.resource = resource;
    this.selection = selection;
    this.changed = changed;
  }

  get items(): readonly unknown[] {
    return [...this.objects.values()];
  }

  /** Lists once; throws the fault where that does not work. */
  async list(signal?: AbortSignal): Promise<{ readonly resourceVersion: string; readonly version: string }> {
    const listed = await this.api.list(this.resource, this.selection, signal);
    this.objects = new Map(listed.items.map((item) => [keyOf(item), item]));
    this.changed();
    return listed;
  }

  /** Follows the changes until the signal; throws the fault that ended it. `from` is what `list` gave. */
  async follow(
    from: { readonly resourceVersion: string; readonly version: string },
    signal: AbortSignal,
  ): Promise<void> {
    let { resourceVersion, version } = from;
    let failures = 0;
    while (!signal.aborted) {
      try {
        resourceVersion = await this.watch(version, resourceVersion, signal);
        failures = 0;
        // A server that ends every watch at once must not be asked without a rest.
        await pause(waitMs(0, undefined), signal);
      } catch (fault) {
        if (signal.aborted) return;
        if (fault instanceof ClusterFault && fault.kind === 'gone') {
          ({ resourceVersion, version } = await this.list(signal));
          continue;
        }
        failures += 1;
        if (!mayPass(fault) || failures >= ATTEMPTS) throw fault;
        await pause(waitMs(failures, fault), signal);
        // What happened meanwhile may be lost where the server does not keep it.
        if (fault instanceof ClusterFault && fault.kind !== 'throttled')
          ({ resourceVersion, version } = await this.list(signal));
      }
    }
  }

  /** One watch, to its end; gives the version to go on from. */
  private async watch(version: string, resourceVersion: string, signal: AbortSignal): Promise<string> {
    const { namespace } = this.selection;
    const query = queryOf(this.selection, {
      watch: 'true',
      resourceVersion,
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(WATCH_SECONDS),
    });
    const answer = await this.api.send(
      `${pathOf(this.resource, version, namespace)}?${query}`,
      'GET',
      undefined,
      signal,
    );
    const late = setTimeout(() => answer.destroy(), (WATCH_SECONDS + 20) * 1000);
    let last = resourceVersion;
    try {
      for await (const line of createInterface({ input: answer, crlfDelay: Number.POSITIVE_INFINITY })) {
        if (line.trim() !== '') last = this.apply(parseLine(line)) ?? last;
      }
    } catch (error) {
      if (error instanceof ClusterFault) throw error;
      // A cut in the middle: the next watch goes on from the last change.
    } finally {
      clearTimeout(late);
      answer.destroy();
    }
    return last;
  }

  private apply(event: unknown): string | undefined {
    const object = fieldAt(event, 'object');
    switch (textAt(event, 'type')) {
      case 'ADDED':
      case 'MODIFIED':
        this.objects.set(keyOf(object), object);
        break;
      case 'DELETED':
        this.objects.delete(keyOf(object));
        break;
      case 'BOOKMARK':
        return textAt(object, 'metadata.resourceVersion');
      case 'ERROR':
        throw faultOf(numberAt(object, 'code') ?? 500, 'watch', textAt(object, 'message') ?? '', undefined);
      default:
        return undefined;
    }
    this.changed();
    return textAt(object, 'metadata.resourceVersion');
  }
}

const keyOf = (object: unknown): string => textAt(object, 'metadata.uid') ?? textAt(object, 'metadata.name') ?? '';

/** A line that was cut in the middle ends the watch. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error('a line of the watch was cut');
  }
}
