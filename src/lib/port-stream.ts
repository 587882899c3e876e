// A byte stream between two threads, over a MessagePort: each end is a Duplex, such as node:http takes in a socket's place.
//
// One piece is under way in each direction at a time and its taking is told, so neither end gathers more than its
// stream's high-water mark. Ending one direction leaves the other open, as with a socket. When an end is destroyed, or
// its thread is gone, the other is destroyed as well.
import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';

type Message =
  | { readonly t: 'piece'; readonly bytes: Uint8Array }
  /** The piece has been taken: the next may come. */
  | { readonly t: 'taken' }
  | { readonly t: 'end' };

type Done = (error?: Error | null) => void;

export class PortStream extends Duplex {
  readonly #port: MessagePort;
  #whenTaken: Done | null = null;
  /** A piece was received whose taking has not been told. */
  #owesTaken = false;
  #allReceived = false;

  /** @param port One end of a channel whose other end is another PortStream's. */
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('message', (message: Message) => this.#received(message));
    port.on('close', () => this.#lost());
  }

  override _read(): void {
    if (!this.#owesTaken) return;
    this.#owesTaken = false;
    this.#send({ t: 'taken' });
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#whenTaken = done;
    this.#send({ t: 'piece', bytes });
  }

  override _writev(pieces: readonly { readonly chunk: Buffer }[], done: Done): void {
    this._write(Buffer.concat(pieces.map(({ chunk }) => chunk)), 'utf8', done);
  }

  override _final(done: Done): void {
    this.#send({ t: 'end' });
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#port.close();
    done(error);
  }

  #received(message: Message): void {
    if (this.destroyed) return;
    if (message.t === 'end') {
      this.#allReceived = true;
      this.push(null);
    } else if (message.t === 'piece') {
      const { buffer, byteOffset, byteLength } = message.bytes;
      this.#owesTaken = true;
      if (this.push(Buffer.from(buffer, byteOffset, byteLength))) this._read();
    } else {
      const done = this.#whenTaken;
      this.#whenTaken = null;
      done?.();
    }
  }

  /** The other end is gone. When both had said everything, what is still unread here stays to be read. */
  #lost(): void {
    if (this.destroyed || (this.#allReceived && this.writableFinished)) return;
    this.destroy(Object.assign(new Error('The other thread cut the stream.'), { code: 'ECONNRESET' }));
  }

  #send(message: Message): void {
    const port = this.#port;
    port.postMessage(message);
  }
}
