import type { IncomingMessage } from 'node:http';
import { fieldAt, listAt, textAt } from '../manifest/object';
import { withRetries } from './backoff';
import { type Connection, open, TimeoutError } from './connection';
import { ClusterFault, faultOf } from './fault';

/** A kind of objects under its address in the API. */
export interface Resource {
  readonly group: string;
  /** Versions that can be read, what is tried first first. */
  readonly versions: readonly string[];
  readonly plural: string;
}

/** Which objects of a kind. */
export interface Selection {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface Listed {
  readonly items: readonly unknown[];
  readonly resourceVersion: string;
  /** The version of the API that answered. */
  readonly version: string;
}

/** Milliseconds that a server has for an answer. */
export const ANSWER_MS = 15_000;
const PAGE = 500;
const LARGEST_BYTES = 256 * 1024 * 1024;

/** A connection that is asked again where a fault may pass. */
export class Api {
  readonly connection: Connection;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  clockAheadMs = 0;
  private readonly answerMs: number;

  constructor(connection: Connection, answerMs = ANSWER_MS) {
    this.connection = connection;
    this.answerMs = answerMs;
  }

  /** All objects of a selection. An older version of an API is asked where the server does not know the newer one. */
  async list(resource: Resource, selection: Selection, signal?: AbortSignal): Promise<Listed> {
    let missing: unknown;
    for (const version of resource.versions) {
      try {
        return {
          ...(await this.listPages(pathOf(resource, version, selection.namespace), selection, signal)),
          version,
        };
      } catch (fault) {
        if (!(fault instanceof ClusterFault) || fault.kind !== 'notFound') throw fault;
        missing ??= fault;
      }
    }
    throw missing;
  }

  private async listPages(path: string, selection: Selection, signal?: AbortSignal): Promise<Omit<Listed, 'version'>> {
    const items: unknown[] = [];
    let next = '';
    for (;;) {
      const query = queryOf(selection, { limit: String(PAGE), ...(next === '' ? {} : { continue: next }) });
      const answer = await this.json(`${path}?${query}`, 'GET', undefined, signal);
      items.push(...listAt(answer, 'items'));
      next = textAt(answer, 'metadata.continue') ?? '';
      if (next === '') return { items, resourceVersion: textAt(answer, 'metadata.resourceVersion') ?? '' };
    }
  }

  /** Changes one object by a merge patch, of its status where `status` is said; gives the object as it is then. */
  patch(resource: Resource, namespace: string, name: string, body: string, status: boolean): Promise<unknown> {
    const [version = ''] = resource.versions;
    const path = `${pathOf(resource, version, namespace)}/${encodeURIComponent(name)}${status ? '/status' : ''}`;
    return this.json(path, 'PATCH', body);
  }

  private json(path: string, method: string, body?: string, signal?: AbortSignal): Promise<unknown> {
    return withRetries(async () => {
      const answer = await this.send(path, method, body, signal);
      const text = await readAll(answer, this.answerMs);
      try {
        return JSON.parse(text);
      } catch {
        throw new ClusterFault('server', `${method} ${shown(path)}: the answer is not JSON`);
      }
    }, signal);
  }

  /** Sends a request; an answer that says no is thrown as a fault. */
  async send(path: string, method: string, body?: string, signal?: AbortSignal): Promise<IncomingMessage> {
    const what = `${method} ${shown(path)}`;
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/merge-patch+json';
      headers['Content-Length'] = String(Buffer.byteLength(body));
    }
    const request = { path, method, headers, ...(body === undefined ? {} : { body }) };
    const answer = await open(this.connection, request, this.answerMs, signal).catch((error) => {
      throw error instanceof ClusterFault ? error : unanswered(what, error);
    });
    this.setClock(answer.headers.date);
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const said = messageIn(await readAll(answer, this.answerMs).catch(() => ''));
    throw faultOf(status, what, said, answer.headers['retry-after']);
  }

  private setClock(date: string | undefined): void {
    const server = Date.parse(date ?? '');
    // The header has whole seconds only.
    if (!Number.isNaN(server)) this.clockAheadMs = Math.abs(server - Date.now()) > 2000 ? server - Date.now() : 0;
  }
}

export function pathOf({ group, plural }: Resource, version: string, namespace: string): string {
  const api = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

export function queryOf({ labels, fields }: Selection, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(more);
  const selector = (of: Readonly<Record<string, string>>) =>
    Object.entries(of)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
  if (labels !== undefined) query.set('labelSelector', selector(labels));
  if (fields !== undefined) query.set('fieldSelector', selector(fields));
  return query.toString();
}

/** The path without what selects. */
const shown = (path: string): string => path.split('?')[0] ?? '';

function readAll(answer: IncomingMessage, withinMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => answer.destroy(new TimeoutError(withinMs)), withinMs);
    const failed = (error: Error) => {
      clearTimeout(timer);
      reject(unanswered('the answer', error));
    };
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LARGEST_BYTES) answer.destroy(new Error('the answer is larger than 256 MiB'));
      chunks.push(chunk);
    });
    answer.on('end', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
    answer.on('error', failed);
    answer.on('aborted', () => failed(new Error('the connection was cut')));
  });
}

/** What the API server says of a refusal (its Status object); other bodies, such as a proxy's page, are left out. */
function messageIn(body: string): string {
  try {
    const status: unknown = JSON.parse(body);
    return textAt(status, 'message') ?? textAt(status, 'reason') ?? String(fieldAt(status, 'code') ?? '');
  } catch {
    return '';
  }
}

function unanswered(what: string, error: Error): ClusterFault {
  return new ClusterFault(
    error instanceof TimeoutError ? 'timeout' : 'unreachable',
    `${what}: ${error.message || error.name}`,
  );
}
