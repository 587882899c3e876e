// One keep-alive connection of the load: sends a prebuilt request, recognises the end of the answer, nothing more.
//
// An answer that is byte for byte as long as the last one and begins with the same status is taken as whole without
// parsing; anything else goes the slow way. One request at a time, as HTTP/1.1 clients without pipelining do.
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';

const okStatus = Buffer.from('HTTP/1.1 200');
const headEnd = Buffer.from('\r\n\r\n');

export interface ConnectionEvents {
  /** The request in flight was answered. */
  readonly answered: (connection: LoadConnection, status: number) => void;
  /** The connection broke; the request in flight, if any, has no answer. */
  readonly broken: (connection: LoadConnection) => void;
}

export class LoadConnection {
  readonly index: number;
  /** Free for the owner: when the request in flight was due. */
  dueAt = 0;
  readonly #socket: Socket;
  readonly #events: ConnectionEvents;
  #expectedLength = -1;
  #partial: Buffer | null = null;

  constructor(index: number, port: number, events: ConnectionEvents) {
    this.index = index;
    this.#events = events;
    this.#socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#receive(chunk as Buffer));
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('close', () => events.broken(this));
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    if (
      this.#partial === null &&
      chunk.length === this.#expectedLength &&
      chunk.compare(okStatus, 0, 12, 0, 12) === 0
    ) {
      this.#events.answered(this, 200);
      return;
    }
    const bytes = this.#partial === null ? chunk : Buffer.concat([this.#partial, chunk]);
    const end = bytes.indexOf(headEnd);
    const length = end < 0 ? null : /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, end));
    const whole = end < 0 ? Number.POSITIVE_INFINITY : end + 4 + Number(length?.[1] ?? 0);
    if (bytes.length < whole) {
      this.#partial = bytes;
      return;
    }
    this.#partial = null;
    const status = Number(bytes.toString('latin1', 9, 12));
    if (status === 200) this.#expectedLength = bytes.length;
    this.#events.answered(this, status);
  }
}
