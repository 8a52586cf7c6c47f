import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A change of one object, as it was recorded. */
export interface Recorded {
  readonly plural: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion: string };
  };
  /** Order over all kinds: versions of one etcd. */
  readonly version: number;
  /** Milliseconds since 1970, by the newest time stamp so far. */
  readonly at: number;
}

/** Reads the recording of one scenario, as one series of changes. */
export function readRecording(folder: string): readonly Recorded[] {
  const changes = readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const event = JSON.parse(line) as Pick<Recorded, 'type' | 'object'>;
        return { ...event, plural: file.replace('.jsonl', ''), version: Number(event.object.metadata.resourceVersion) };
      }),
  );
  let at = 0;
  return changes
    .sort((a, b) => a.version - b.version)
    .map((change) => {
      const stamps = JSON.stringify(change.object).matchAll(
        /"(?!scale-down)[A-Za-z]+":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/g,
      );
      for (const [whole, stamp = ''] of stamps)
        if (!/deletionTimestamp|deadline/i.test(whole)) at = Math.max(at, Date.parse(stamp));
      return { ...change, at };
    });
}

/** What a server does to a request instead of answering it. */
export type Trouble =
  | { readonly kind: 'status'; readonly code: number; readonly retryAfter?: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** An event of a watch that says 410. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'garbage' };

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly contentType: string;
}

interface Watcher {
  readonly plural: string;
  readonly answer: ServerResponse;
}

/**
 * An API server that replays a recording: lists give what had happened up to a moment, watches what happens as the moment moves
 * on. Selectors are not looked at, as the client must not rely on them alone.
 */
export class Replay {
  readonly asked: Asked[] = [];
  readonly changes: readonly Recorded[];
  /** Looked at first for each request; gives what is to go wrong with it. */
  trouble: (asked: Asked) => Trouble | undefined = () => undefined;
  private position = 0;
  private readonly watchers = new Set<Watcher>();
  private readonly server: Server | TlsServer;
  private readonly scheme: string;
  private playing: NodeJS.Timeout | undefined;
  private onWatched: (() => void) | undefined;

  /** With a key and a certificate it speaks TLS. */
  constructor(changes: readonly Recorded[], tls?: { readonly key: string; readonly cert: string }) {
    this.changes = changes;
    const answer = (request: IncomingMessage, response: ServerResponse) => void this.answer(request, response);
    this.server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
    this.scheme = tls === undefined ? 'http' : 'https';
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    clearTimeout(this.playing);
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  /** Moves to the moment after a version; watches hear of everything in between. */
  moveTo(version: number): void {
    for (
      let next = this.changes[this.position];
      next !== undefined && next.version <= version;
      next = this.changes[this.position]
    ) {
      this.position += 1;
      for (const { plural, answer } of this.watchers) if (plural === next.plural) answer.write(eventLine(next));
    }
  }

  /** Plays as soon as somebody watches the Rollouts. */
  playWhenWatched(speed: number): void {
    this.onWatched = () => this.play(speed);
  }

  /** Plays from where it is, so many times faster than it was. */
  play(speed: number): void {
    const last = this.changes[this.position - 1];
    const next = this.changes[this.position];
    if (next === undefined) return;
    const wait = last === undefined ? 0 : (next.at - last.at) / speed;
    this.playing = setTimeout(() => {
      this.moveTo(next.version);
      this.play(speed);
    }, wait);
  }

  /** Cuts every watch that is open. */
  cutWatches(): void {
    for (const { answer } of this.watchers) answer.destroy();
  }

  private get version(): number {
    return this.changes[this.position - 1]?.version ?? 0;
  }

  private async answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://replay');
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body,
      contentType: request.headers['content-type'] ?? '',
    };
    this.asked.push(asked);
    const trouble = this.trouble(asked);
    if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms));
    else if (trouble !== undefined) {
      spoil(trouble, answer);
      return;
    }
    const [, plural = '', name, sub] =
      /\/([a-z]+)(?:\/([^/]+))?(\/status)?$/.exec(url.pathname.replace(/.*\/namespaces\/[^/]+/, '')) ?? [];
    if (asked.method === 'PATCH') this.patch(plural, name ?? '', sub, answer);
    else if (url.searchParams.get('watch') === 'true')
      this.watch(plural, Number(url.searchParams.get('resourceVersion')), answer);
    else this.list(plural, answer);
  }

  private itemsOf(plural: string): Recorded['object'][] {
    const objects = new Map<string, Recorded['object']>();
    for (const { plural: of, type, object } of this.changes.slice(0, this.position)) {
      if (of !== plural) continue;
      if (type === 'DELETED') objects.delete(object.metadata.uid);
      else objects.set(object.metadata.uid, object);
    }
    return [...objects.values()];
  }

  private list(plural: string, answer: ServerResponse): void {
    if (!this.changes.some((one) => one.plural === plural)) spoil({ kind: 'status', code: 404 }, answer);
    else
      send(answer, 200, {
        kind: 'List',
        metadata: { resourceVersion: String(this.version) },
        items: this.itemsOf(plural),
      });
  }

  private watch(plural: string, from: number, answer: ServerResponse): void {
    answer.writeHead(200, { 'Content-Type': 'application/json' });
    answer.flushHeaders();
    const missed = this.changes.slice(0, this.position).filter((one) => one.plural === plural && one.version > from);
    for (const change of missed) answer.write(eventLine(change));
    const watcher = { plural, answer };
    this.watchers.add(watcher);
    answer.on('close', () => this.watchers.delete(watcher));
    if (plural !== 'rollouts') return;
    this.onWatched?.();
    this.onWatched = undefined;
  }

  private patch(plural: string, name: string, _sub: string | undefined, answer: ServerResponse): void {
    const found = this.itemsOf(plural).find(({ metadata }) => metadata.name === name);
    if (found === undefined) spoil({ kind: 'status', code: 404 }, answer);
    else send(answer, 200, found);
  }
}

const eventLine = ({ type, object }: Recorded): string => `${JSON.stringify({ type, object })}\n`;

function send(answer: ServerResponse, code: number, body: unknown, headers: Record<string, string> = {}): void {
  answer.writeHead(code, { 'Content-Type': 'application/json', ...headers });
  answer.end(JSON.stringify(body));
}

function spoil(trouble: Trouble, answer: ServerResponse): void {
  switch (trouble.kind) {
    case 'cut':
      answer.destroy();
      return;
    case 'gone':
      answer.writeHead(200, { 'Content-Type': 'application/json' });
      answer.end(`${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })}\n`);
      return;
    case 'garbage':
      answer.writeHead(200);
      answer.end('<html>not the API</html>');
      return;
    case 'status': {
      const status = { kind: 'Status', code: trouble.code, message: `made to fail with ${trouble.code}` };
      send(answer, trouble.code, status, trouble.retryAfter === undefined ? {} : { 'Retry-After': trouble.retryAfter });
      return;
    }
    case 'slow':
      return;
  }
}
