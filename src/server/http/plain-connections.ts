// Takes plain calls (plain-request.ts) straight from their connections, and leaves every other request to node:http.
//
// What node:http makes of a request, two streams, their events, timers and lists, costs the thread that takes calls more
// than parsing, judging and handing over the call itself. So each connection starts here; with the first bytes that are
// no plain call it becomes an ordinary one of the same server, those bytes first, and stays that. A connection has one
// call under way: bytes that come before its answer wait, and so does what follows answers that the client does not read.
import { STATUS_CODES } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { IngestResponse, WholeRequest } from '../../ingest/exchange.ts';
import { systemClock } from '../../lib/clock.ts';
import { readPlainRequest } from './plain-request.ts';

/** Takes a call and answers it in its own time; says false when it is for the ordinary way. */
export type TakeCall = (request: WholeRequest, response: IngestResponse) => boolean;

/** How long an idle connection is kept beyond what its client was told, as node:http does: a request may be on its way. */
const keepAliveGraceMs = 1000;

export class PlainConnections {
  readonly take: TakeCall;
  readonly #server: Server;
  readonly #ordinary: (socket: Socket) => void;
  readonly #open = new Set<PlainConnection>();
  #closing = false;

  /** Puts itself before what `server` does with a new connection. The server must not listen yet. */
  constructor(server: Server, take: TakeCall) {
    this.#server = server;
    this.take = take;
    const listeners = server.listeners('connection');
    server.removeAllListeners('connection');
    this.#ordinary = (socket) => {
      for (const listener of listeners) listener.call(server, socket);
    };
    server.on('connection', (socket: Socket) => this.#open.add(new PlainConnection(this, socket)));
  }

  get closing(): boolean {
    return this.#closing;
  }

  get firstRequestWithinMs(): number {
    return this.#server.headersTimeout;
  }

  get nextRequestWithinMs(): number {
    return this.#server.keepAliveTimeout;
  }

  /** Closes those without a call under way, and from now on each after its answer. */
  closeIdle(): void {
    this.#closing = true;
    for (const connection of this.#open) connection.closeIfIdle();
  }

  closeAll(): void {
    for (const { socket } of this.#open) socket.destroy();
  }

  forget(connection: PlainConnection): void {
    this.#open.delete(connection);
  }

  handOver(connection: PlainConnection): void {
    this.forget(connection);
    this.#ordinary(connection.socket);
  }
}

class PlainConnection {
  readonly socket: Socket;
  readonly #all: PlainConnections;
  /** A call is under way, or its answer waits for the client to read. */
  #busy = false;
  /** Came before the answer. */
  #early: Buffer[] = [];
  /** The client sends no more. */
  #ended = false;
  #kept = false;

  readonly #onData = (piece: Buffer): void => this.#received(piece);
  readonly #onEnd = (): void => {
    this.#ended = true;
    if (!this.#busy) this.socket.end();
  };
  readonly #onTimeout = (): void => {
    if (this.#isIdle) this.socket.destroy();
  };
  readonly #onClose = (): void => this.#all.forget(this);
  /** Nothing is left to do: `close` follows. */
  readonly #onError = (): void => undefined;

  constructor(all: PlainConnections, socket: Socket) {
    this.#all = all;
    this.socket = socket;
    socket.setTimeout(all.firstRequestWithinMs);
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('timeout', this.#onTimeout);
    socket.on('close', this.#onClose);
    socket.on('error', this.#onError);
  }

  closeIfIdle(): void {
    if (this.#isIdle && !this.socket.writableEnded) this.socket.destroySoon();
  }

  /** Whether nothing is to be done but by the client. */
  get #isIdle(): boolean {
    return !this.#busy || this.socket.writableNeedDrain;
  }

  #received(piece: Buffer): void {
    if (this.#busy) {
      this.#early.push(piece);
      this.socket.pause();
      return;
    }
    const request = readPlainRequest(piece, this.socket);
    if (request === null) {
      this.#leave(piece);
      return;
    }
    this.#busy = true;
    if (this.#all.take(request, new PlainResponse(this))) return;
    this.#busy = false;
    this.#leave(piece);
  }

  /** Sends an answer whose head is complete but for what is about the connection. */
  answer(head: string, body: string, encoding: BufferEncoding): void {
    const { socket } = this;
    if (!socket.writable) return;
    const { closing, nextRequestWithinMs } = this.#all;
    const last = closing || (this.#ended && this.#early.length === 0);
    const connection = last
      ? 'Connection: close'
      : `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(nextRequestWithinMs / 1000)}`;
    const isRead = socket.write(`${head}Date: ${dateText()}\r\n${connection}\r\n\r\n${body}`, encoding);
    if (last) {
      // It stays busy: nothing more is taken from it.
      socket.destroySoon();
      return;
    }
    if (!this.#kept) {
      this.#kept = true;
      socket.setTimeout(nextRequestWithinMs + keepAliveGraceMs);
    }
    if (isRead) this.#next();
    else socket.once('drain', () => this.#next());
  }

  /** The answer is out. */
  #next(): void {
    this.#busy = false;
    if (this.#early.length === 0) {
      if (this.#ended) this.socket.end();
      return;
    }
    const piece = Buffer.concat(this.#early.splice(0));
    this.socket.resume();
    this.#received(piece);
  }

  /** To node:http, with what came. */
  #leave(piece: Buffer): void {
    const { socket } = this;
    if (this.#ended) {
      // node:http would not see that the client has ended, and answers none that has.
      socket.destroySoon();
      return;
    }
    socket.setTimeout(0);
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('timeout', this.#onTimeout);
    socket.off('close', this.#onClose);
    socket.off('error', this.#onError);
    this.#all.handOver(this);
    socket.unshift(piece);
  }
}

class PlainResponse implements IngestResponse {
  readonly #connection: PlainConnection;
  #head = '';

  constructor(connection: PlainConnection) {
    this.#connection = connection;
  }

  get headersSent(): boolean {
    return this.#head !== '';
  }

  writeHead(status: number, headers: readonly string[]): void {
    let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
    for (let at = 0; at + 1 < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
    this.#head = head;
  }

  end(body: string, encoding: BufferEncoding = 'utf8'): void {
    this.#connection.answer(this.#head, body, encoding);
  }
}

let dateSecond = 0;
let date = '';

/** Now, for a Date header (RFC 9110, section 5.6.7). */
function dateText(): string {
  const second = Math.floor(systemClock.now() / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    date = new Date(second * 1000).toUTCString();
  }
  return date;
}
