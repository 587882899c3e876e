// Hands requests that are not calls from the thread that holds the port to the thread that answers everything else, and
// brings the answers back. That thread sees ordinary requests of node:http on a connection from the client's address.
//
// Each connection of a client gets a channel of its own, kept as long as it, on which HTTP/1.1 is spoken whatever the client
// speaks; as many as it has requests under way at a time. A request that takes a minute to arrive, an answer that never
// ends (a live tail) and a client that goes away behave as on a socket.
import { Agent, createServer, request as sendRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { pipeline } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { errorCodes } from '../../errors/codes.ts';
import { toErrorBody } from '../../errors/error-body.ts';
import { PortStream } from '../../lib/port-stream.ts';
import { answerUnreadable } from './unreadable-requests.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What a handler may ask of a request's socket. */
interface ConnectionFacts {
  readonly remoteAddress: string | undefined;
  readonly localAddress: string | undefined;
  readonly localPort: number | undefined;
  readonly encrypted: boolean;
}

interface HandedOver extends ConnectionFacts {
  readonly port: MessagePort;
}

/** Headers that speak of one connection, not of the message (RFC 9110, 7.6.1), and the one that node:http answers itself. */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]);

/** The end on the thread that holds the port: answers each request with what the thread behind `port` says. */
export function handOverTo(port: MessagePort): Handle {
  const channels = new Channels(port);
  return (request, response) => {
    const unsized = isUnsized(request);
    const forwarded = sendRequest({
      agent: channels.of(request),
      method: request.method,
      path: request.url,
      headers: { ...endToEnd(request.headers), ...(unsized && { 'transfer-encoding': 'chunked' }) },
      setHost: false,
    });
    // The next request of the connection comes after what is left of this one, which nobody wants once it is answered.
    const dropRest = (): void => {
      request.unpipe(forwarded);
      request.resume();
    };
    forwarded.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      // The head of a live stream is not kept until its first event.
      if (answer.headers['content-length'] === undefined) response.flushHeaders();
      answer.once('close', dropRest);
      // An answer that is cut is cut for the client too.
      pipeline(answer, response, () => undefined);
    });
    forwarded.on('error', (error) => {
      answerLost(response, error);
      dropRest();
    });
    response.once('close', () => {
      forwarded.destroy();
      dropRest();
    });
    // The head of a body is not kept until the body begins: it may be refused before, and its client may wait for that.
    if (unsized || request.headers['content-length'] !== undefined) forwarded.flushHeaders();
    request.on('error', (error) => forwarded.destroy(error));
    request.pipe(forwarded);
  };
}

/** The end on the thread that answers: hands what arrives on `port` to `handle`. Ends when the port closes. */
export function answerHandedOver(port: MessagePort, handle: Handle): void {
  // How long a request may take, how large its head may be and what it must hold was judged where it came in.
  const limits = {
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    maxHeaderSize: 64 * 1024,
    requireHostHeader: false,
  };
  const server = createServer(limits, handle);
  // HTTP/2 lets through methods and paths that HTTP/1.1 does not.
  server.on('clientError', answerUnreadable);
  port.on('message', ({ port: own, ...facts }: HandedOver) => {
    server.emit('connection', Object.assign(new PortStream(own), facts));
  });
}

/** The channels of each connection that has some. */
class Channels {
  readonly #port: MessagePort;
  readonly #agents = new WeakMap<object, ChannelAgent>();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** What gives the request a channel of its connection that is free, or a new one. */
  of(request: IncomingMessage): Agent {
    // On HTTP/2 each request has a socket of its own to show; the session is what they share.
    const connection = (request as unknown as Http2ServerRequest).stream?.session ?? request.socket;
    let agent = this.#agents.get(connection);
    if (!agent) {
      const made = (agent = new ChannelAgent(this.#port, factsOf(request)));
      this.#agents.set(connection, made);
      connection.once('close', () => made.destroy());
    }
    return agent;
  }
}

class ChannelAgent extends Agent {
  readonly #port: MessagePort;
  readonly #facts: ConnectionFacts;

  constructor(port: MessagePort, facts: ConnectionFacts) {
    super({ keepAlive: true });
    this.#port = port;
    this.#facts = facts;
  }

  override createConnection(): PortStream {
    return openStream(this.#port, this.#facts);
  }

  /** A channel needs none of what keeps a socket open while it is idle. */
  override keepSocketAlive(): boolean {
    return true;
  }
}

function factsOf({ socket }: IncomingMessage): ConnectionFacts {
  const { remoteAddress, localAddress, localPort } = socket;
  return { remoteAddress, localAddress, localPort, encrypted: 'encrypted' in socket && socket.encrypted === true };
}

function openStream(port: MessagePort, facts: ConnectionFacts): PortStream {
  const { port1, port2 } = new MessageChannel();
  port.postMessage({ ...facts, port: port2 } satisfies HandedOver, [port2]);
  return new PortStream(port1);
}

function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers))
    if (!ofConnection.has(name) && !name.startsWith(':')) kept[name] = value;
  return kept;
}

/** Whether a body comes whose length is not known. */
function isUnsized(request: IncomingMessage): boolean {
  const { headers } = request;
  if (request.httpVersionMajor < 2) return headers['transfer-encoding'] !== undefined;
  const { stream } = request as unknown as Http2ServerRequest;
  return headers['content-length'] === undefined && !stream.endAfterHeaders;
}

/** The other thread is stopping or gone, unless it has answered everything and only would not read on. */
function answerLost(response: ServerResponse, error: Error): void {
  if (response.writableEnded) return;
  if (response.headersSent) {
    // With the error, or HTTP/2 would let a cut answer pass for a whole one.
    response.destroy(error);
    return;
  }
  const { status } = errorCodes.shutting_down;
  const body = JSON.stringify(toErrorBody('shutting_down', ['Leat is stopping. Ask again in a moment.']));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
