// A server that receives webhooks, records them all and answers as it is told: at once, slowly, badly, in turns.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** When it had arrived whole, on performance.now()'s scale. */
  readonly at: number;
  /** What it was answered with; 0 when the connection was cut instead. */
  readonly status: number;
}

export interface Reply {
  /** 0 cuts the connection without an answer. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly delayMs?: number;
}

/** Decides the answer to the n-th request, counted from 0. */
export type Behaviour = (index: number, body: string) => Reply;

export const alwaysOk: Behaviour = () => ({ status: 200 });
export const slow =
  (delayMs: number): Behaviour =>
  () => ({ status: 200, delayMs });
export const failing =
  (status: number): Behaviour =>
  () => ({ status });
/** `good` requests succeed, then `bad` fail by turns with a 503 and a cut connection, and so on. */
export const flapping =
  (good: number, bad: number): Behaviour =>
  (index) =>
    index % (good + bad) < good ? { status: 200 } : { status: index % 2 === 0 ? 503 : 0 };
/** The first `count` requests are told to come back later. */
export const rateLimiting =
  (count: number, retryAfterSeconds: number): Behaviour =>
  (index) =>
    index < count ? comeBackIn(retryAfterSeconds) : { status: 200 };
/** Everyone is told to come back later for `forMs` from the first request on. */
export function limitedFor(forMs: number, retryAfterSeconds: number): Behaviour {
  let firstAt: number | null = null;
  return () => {
    firstAt ??= performance.now();
    return performance.now() - firstAt < forMs ? comeBackIn(retryAfterSeconds) : { status: 200 };
  };
}
const comeBackIn = (seconds: number): Reply => ({ status: 429, headers: { 'retry-after': String(seconds) } });

export interface WebhookReceiver {
  readonly url: string;
  readonly port: number;
  /** Everything received, in order of arrival, whatever it was answered. */
  readonly requests: readonly ReceivedRequest[];
  /** Requests that have arrived whole and are not answered yet, the one being decided about included. */
  underWay(): number;
  /** Requests answered 2xx. */
  delivered(): readonly ReceivedRequest[];
  behave(behaviour: Behaviour): void;
  /** Stops listening and cuts every connection; the port is dead from then on. */
  close(): Promise<void>;
}

/** Listens on loopback, on a free port unless one is given. */
export async function openWebhookReceiver(
  options: { readonly port?: number; readonly behaviour?: Behaviour } = {},
): Promise<WebhookReceiver> {
  let behaviour = options.behaviour ?? alwaysOk;
  const requests: ReceivedRequest[] = [];
  let index = 0;
  let underWay = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      underWay++;
      const reply = behaviour(index++, body);
      requests.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
        at: performance.now(),
        status: reply.status,
      });
      void answerLater(reply);
    });
    const answerLater = async (reply: Reply): Promise<void> => {
      if (reply.delayMs) await delay(reply.delayMs);
      underWay--;
      if (reply.status === 0) request.socket.destroy();
      else response.writeHead(reply.status, reply.headers).end(reply.body);
    };
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    requests,
    underWay: () => underWay,
    delivered: () => requests.filter(({ status }) => status >= 200 && status < 300),
    behave: (next) => {
      behaviour = next;
      index = 0;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A port on which nothing listens. */
export async function deadPort(): Promise<number> {
  const receiver = await openWebhookReceiver();
  await receiver.close();
  return receiver.port;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
