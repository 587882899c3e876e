// Hands requests that are not calls from the thread that holds the port to the thread that answers everything else, and
// brings the answers back. That thread sees ordinary requests of node:http on a connection from the client's address.
//
// Each request gets a channel of its own, on which HTTP/1.1 is spoken whatever the client speaks; a request that takes a
// minute to arrive, an answer that never ends (a live tail) and a client that goes away behave as on a socket.
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { pipeline } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { errorCodes } from '../../errors/codes.ts';
import { toErrorBody } from '../../errors/error-body.ts';
import { PortStream } from '../../lib/port-stream.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What a handler may ask of a request's socket. */
interface ConnectionFacts {
  readonly remoteAddress: string | undefined;
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
  return (request, response) => {
    const stream = openStream(port, {
      remoteAddress: request.socket.remoteAddress,
      encrypted: 'encrypted' in request.socket && request.socket.encrypted === true,
    });
    const forwarded = sendRequest({
      createConnection: () => stream,
      method: request.method,
      path: request.url,
      headers: { ...endToEnd(request.headers), ...(isUnsized(request) && { 'transfer-encoding': 'chunked' }) },
      setHost: false,
    });
    forwarded.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      // The head of a live stream is not kept until its first event.
      if (answer.headers['content-length'] === undefined) response.flushHeaders();
      // An answer that is cut is cut for the client too.
      pipeline(answer, response, () => undefined);
    });
    forwarded.on('error', () => answerLost(response));
    response.once('close', () => forwarded.destroy());
    // Its error is one of `forwarded`, which is answered above.
    pipeline(request, forwarded, () => undefined);
  };
}

/** The end on the thread that answers: hands what arrives on `port` to `handle`. Ends when the port closes. */
export function answerHandedOver(port: MessagePort, handle: Handle): void {
  // How long a request may take, and how large its head may be, was judged where it came in.
  const server = createServer({ requestTimeout: 0, headersTimeout: 0, maxHeaderSize: 64 * 1024 }, handle);
  port.on('message', ({ port: own, ...facts }: HandedOver) => {
    server.emit('connection', Object.assign(new PortStream(own), facts));
  });
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
function answerLost(response: ServerResponse): void {
  if (response.writableEnded) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status } = errorCodes.shutting_down;
  const body = JSON.stringify(toErrorBody('shutting_down', ['Leat is stopping. Ask again in a moment.']));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
