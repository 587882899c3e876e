// HTTP for destinations: every request has a deadline, every answer is drained or cut, no redirect is followed, and no
// private address is reached unless the operator allows it. One client per destination, with connections of its own.
import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, errors } from 'undici';
import type { Dispatcher } from 'undici';
import { isPrivateAddress, privateAddressReason } from './private-address.ts';
import { SendFailure } from './outcome.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From the call to the last byte of the answer. @default 10000 */
  readonly timeoutMs?: number;
  /** How much of the answer's body is kept; the rest is read and thrown away. @default 65536 */
  readonly maxResponseBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Start of the body, up to the request's `maxResponseBytes`, as UTF-8. */
  readonly body: string;
}

export interface HttpClientOptions {
  /** Most connections to one origin. */
  readonly maxConnections: number;
  /** The operator's word that private, loopback and link-local addresses may be reached. */
  readonly allowPrivateAddresses: boolean;
}

export interface HttpClient {
  /**
   * Sends one request and resolves with the answer, whatever its status. Rejects with {@link SendFailure} when there is
   * none: refused, unresolvable, cut, too late, or a private address; with the signal's reason when it aborts; with
   * another error when the request is none that HTTP allows.
   */
  request(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse>;
  /** Waits for what is in flight, then closes the connections. */
  close(): Promise<void>;
}

const defaultTimeoutMs = 10_000;
const connectTimeoutMs = 10_000;
const defaultResponseBytes = 64 * 1024;
/** An answer longer than this costs its connection: reading on would cost more than a new one. */
const drainedBytes = 1024 * 1024;

export function openHttpClient(options: HttpClientOptions): HttpClient {
  const agent = new Agent({
    connections: options.maxConnections,
    pipelining: 1,
    allowH2: false,
    connect: createConnector(options.allowPrivateAddresses),
    // Deadlines are kept here, per request.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    request: (request, signal) =>
      new Promise((done, fail) => {
        signal?.throwIfAborted();
        const { origin, pathname, search } = new URL(request.url);
        const { method, body = null } = request;
        const exchange = new Exchange(request, signal, done, fail);
        agent.dispatch({ origin, path: pathname + search, method, headers: { ...request.headers }, body }, exchange);
      }),
    close: () => agent.close(),
  };
}

/** One request on its way: settles its promise once, however it ends. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal | undefined;
  readonly #done: (response: HttpResponse) => void;
  readonly #fail: (error: unknown) => void;
  readonly #keep: number;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort: () => void;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #kept = 0;
  #read = 0;
  #settled = false;

  constructor(
    request: HttpRequest,
    signal: AbortSignal | undefined,
    done: (response: HttpResponse) => void,
    fail: (error: unknown) => void,
  ) {
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
    this.#signal = signal;
    this.#done = done;
    this.#fail = fail;
    this.#keep = request.maxResponseBytes ?? defaultResponseBytes;
    this.#timer = setTimeout(() => this.#cut(timedOut(timeoutMs)), timeoutMs);
    this.#onAbort = () => this.#cut(signal?.reason);
    signal?.addEventListener('abort', this.#onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while it waited for a connection.
    if (this.#settled) controller.abort(new Error('given up'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#read += chunk.length;
    if (this.#kept < this.#keep) {
      const part = chunk.subarray(0, this.#keep - this.#kept);
      this.#chunks.push(part);
      this.#kept += part.length;
    }
    if (this.#read <= drainedBytes) return;
    this.#answer();
    controller.abort(new Error('the answer is longer than is read'));
  }

  onResponseEnd(): void {
    this.#answer();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    // A request that HTTP does not allow, such as a header with a line feed, is our own fault.
    const ours = error instanceof errors.InvalidArgumentError;
    this.#settle(() => this.#fail(ours ? error : toSendFailure(error)));
  }

  #answer(): void {
    const body = this.#chunks.length === 0 ? '' : Buffer.concat(this.#chunks).toString();
    this.#settle(() => this.#done({ status: this.#status, headers: this.#headers, body }));
  }

  #cut(reason: unknown): void {
    this.#settle(() => this.#fail(reason));
    this.#controller?.abort(reason instanceof Error ? reason : new Error('aborted'));
  }

  #settle(settle: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onAbort);
    settle();
  }
}

/** Connects by name or address, refusing private addresses once they are known. */
function createConnector(allowPrivate: boolean): buildConnector.connector {
  const connect = buildConnector({ timeout: connectTimeoutMs, allowH2: false, lookup: createLookup(allowPrivate) });
  if (allowPrivate) return connect;
  return (options, callback) => {
    // Addresses as such are never looked up.
    if (isIP(options.hostname) !== 0 && isPrivateAddress(options.hostname)) {
      callback(new PrivateAddress(options.hostname), null);
    } else connect(options, callback);
  };
}

/**
 * A look-up that leaves out private addresses. Look-ups of one name in flight are shared: each takes a place in the
 * process-wide pool of four, which a destination whose name server is dead must not fill.
 */
function createLookup(allowPrivate: boolean): LookupFunction {
  type Found = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
  const waiting = new Map<string, Found[]>();
  const find = (hostname: string, found: Found): void => {
    const others = waiting.get(hostname);
    if (others) {
      others.push(found);
      return;
    }
    const all = [found];
    waiting.set(hostname, all);
    lookup(hostname, { all: true }, (error, addresses) => {
      waiting.delete(hostname);
      for (const each of all) each(error, addresses);
    });
  };
  return (hostname, options, callback) => {
    find(hostname, (error, all) => {
      if (error) return callback(error, '', 0);
      const allowed = allowPrivate ? all : all.filter(({ address }) => !isPrivateAddress(address));
      const family = options.family === 4 || options.family === 6 ? options.family : 0;
      const usable = family === 0 ? allowed : allowed.filter((entry) => entry.family === family);
      const [first] = usable;
      if (!first) callback(new PrivateAddress(hostname), '', 0);
      else if (options.all) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };
}

class PrivateAddress extends Error {
  readonly host: string;
  constructor(host: string) {
    super(`${host} is a private address`);
    this.host = host;
  }
}

function timedOut(timeoutMs: number): SendFailure {
  const reason = `The destination did not answer within ${timeoutMs / 1000} s.`;
  return new SendFailure('destination_unavailable', { result: 'retry', scope: 'event', reason });
}

/** Failures before a request could be sent, by their code, and what to tell people. */
const connectFailures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The destination refused the connection. Check its address and port, and that it is running.',
  ENOTFOUND: 'The name of the destination’s host cannot be resolved. Check the address.',
  EAI_AGAIN: 'The name of the destination’s host cannot be resolved at the moment.',
  EHOSTUNREACH: 'The destination’s host cannot be reached from here.',
  ENETUNREACH: 'The destination’s network cannot be reached from here.',
  ETIMEDOUT: 'The destination’s host does not accept connections in time.',
  UND_ERR_CONNECT_TIMEOUT: 'The destination’s host does not accept connections in time.',
  EPROTO: 'The destination does not speak TLS at this address. Check whether it is http or https.',
};

function toSendFailure(error: Error): SendFailure {
  if (error instanceof PrivateAddress) {
    const reason = privateAddressReason(error.host);
    return new SendFailure('private_address', { result: 'retry', scope: 'destination', reason }, { cause: error });
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = connectFailures[code] ?? (/CERT|TLS|SSL/.test(code) ? `TLS failed: ${error.message}.` : undefined);
  const scope = known === undefined ? 'event' : 'destination';
  const reason = known ?? `The connection to the destination broke (${code === '' ? error.message : code}).`;
  return new SendFailure('destination_unavailable', { result: 'retry', scope, reason }, { cause: error });
}
