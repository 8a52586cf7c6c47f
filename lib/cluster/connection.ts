import * as http from 'node:http';
import * as https from 'node:https';

/** Where a context leads. */
export interface Target {
  readonly context: string;
  readonly clusterName: string;
  readonly server: string;
  readonly tlsServerName: string | undefined;
  readonly namespace: string | undefined;
  /** Whether it is the cluster in which this runs. */
  readonly inCluster: boolean;
}

/** A context of a kubeconfig, ready to be used. */
export interface Connection {
  readonly target: Target;
  /** Signs a request: certificates, tokens, proxies. */
  readonly sign: (options: https.RequestOptions) => Promise<void>;
}

/** Opens a request; the answer has only its headers so far. */
export async function open(
  { target, sign }: Connection,
  request: {
    readonly path: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  },
  headersMs: number,
  signal?: AbortSignal,
): Promise<http.IncomingMessage> {
  const base = new URL(target.server);
  const options: https.RequestOptions = {
    method: request.method,
    headers: { ...request.headers, 'User-Agent': 'cutover' },
  };
  await sign(options);
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${request.path}`, base);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? http.request : https.request;
    const outgoing = send(url, { ...options, ...(signal === undefined ? {} : { signal }) }, (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    const timer = setTimeout(() => outgoing.destroy(new TimeoutError(headersMs)), headersMs);
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(request.body);
  });
}

export class TimeoutError extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms / 1000} s`);
  }
}
