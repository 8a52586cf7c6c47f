import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { now } from '../clock';
import { asksForEncryption, type Message, Messages } from './messages';
import { type SentStatement, StatementTracker } from './statements';

/** What somebody who watches a session is told. */
export interface SessionWatcher {
  /** A statement has been sent to the server. */
  readonly started: (pid: number, text: string, atMs: number) => void;
  /**
   * Statements have ended, and the client does not know yet: it waits until this is done, and inside a transaction the locks
   * are still held. `open` tells whether the session is in a transaction.
   */
  readonly ended: (pid: number, statements: readonly SentStatement[], open: boolean) => Promise<void>;
  readonly opened: (pid: number) => void;
  readonly closed: (pid: number) => void;
}

/**
 * A proxy in front of a server that sees each statement of a client with its time, whatever the client is. It speaks
 * without encryption on both sides and changes nothing of what passes.
 */
export class WireProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(
    target: { readonly host: string; readonly port: number },
    watcher: SessionWatcher,
  ): Promise<WireProxy> {
    const server = createServer();
    const proxy = new WireProxy(server);
    server.on('connection', (client) => {
      const upstream = connect(target.port, target.host);
      for (const socket of [client, upstream]) proxy.#keep(socket);
      new ProxiedSession(client, upstream, watcher);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return address === null || typeof address === 'string' ? 0 : address.port;
  }

  #keep(socket: Socket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}

class ProxiedSession {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #watcher: SessionWatcher;
  readonly #tracker: StatementTracker;
  #pid = 0;
  /** Answers are passed on in order, also while somebody looks at the locks. */
  #answers: Promise<void> = Promise.resolve();

  constructor(client: Socket, upstream: Socket, watcher: SessionWatcher) {
    this.#client = client;
    this.#upstream = upstream;
    this.#watcher = watcher;
    this.#tracker = new StatementTracker(now, (text, atMs) => watcher.started(this.#pid, text, atMs));
    const fromClient = new Messages(false);
    const fromServer = new Messages(true);
    client.on('data', (chunk) => this.#toServer(fromClient.push(Buffer.from(chunk))));
    upstream.on('data', (chunk) => {
      const messages = fromServer.push(Buffer.from(chunk));
      this.#answers = this.#answers.then(() => this.#toClient(messages));
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.#answers.finally(() => other.destroy()));
    }
    upstream.on('close', () => watcher.closed(this.#pid));
  }

  #toServer(messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.type === undefined && asksForEncryption(message.body)) this.#client.write('N');
      else {
        this.#tracker.sent(message);
        this.#upstream.write(message.bytes);
      }
    }
  }

  async #toClient(messages: readonly Message[]): Promise<void> {
    for (const message of messages) {
      if (message.type === 'K') {
        this.#pid = message.body.readInt32BE(0);
        this.#watcher.opened(this.#pid);
      }
      const ended = this.#tracker.answered(message);
      if (ended.length > 0) await this.#watcher.ended(this.#pid, ended, message.body[0] !== IDLE);
      if (!this.#client.destroyed) this.#client.write(message.bytes);
    }
  }
}

/** The status of ReadyForQuery outside of a transaction. */
const IDLE = 'I'.charCodeAt(0);
