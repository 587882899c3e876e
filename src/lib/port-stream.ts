// A byte stream between two threads, over a MessagePort: each end is a Duplex, such as node:http takes in a socket's place.
//
// At most 64 KiB and one piece are under way in each direction: what was taken is told for every 32 KiB of it, so neither
// end gathers more than that beside its stream's high-water mark, and short exchanges need no word about it. Ending one
// direction leaves the other open, as with a socket. When an end is destroyed, or its thread is gone, the other is
// destroyed as well.
import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';

type Message =
  | { readonly t: 'piece'; readonly bytes: Uint8Array }
  /** So many bytes more have been taken. */
  | { readonly t: 'taken'; readonly bytes: number }
  | { readonly t: 'end' };

type Done = (error?: Error | null) => void;

/** Bytes under way from which on the next piece waits. */
const windowBytes = 64 * 1024;
/** Bytes taken of which the other end is told together. */
const toldTogether = windowBytes / 2;

export class PortStream extends Duplex {
  readonly #port: MessagePort;
  #whenTaken: Done | null = null;
  /** Sent, and not yet told to be taken. */
  #underWay = 0;
  /** Received, and not yet told to be taken. */
  #untold = 0;
  #allReceived = false;

  /** @param port One end of a channel whose other end is another PortStream's. */
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('message', (message: Message) => this.#received(message));
    port.on('close', () => this.#lost());
  }

  /** As of a socket: an Agent of node:http calls it when it takes a kept one again. */
  ref(): this {
    this.#port.ref();
    return this;
  }

  override _read(): void {
    this.#tellTaken();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#write([bytes], done);
  }

  override _writev(pieces: readonly { readonly chunk: Buffer }[], done: Done): void {
    this.#write(
      pieces.map(({ chunk }) => chunk),
      done,
    );
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
      this.#untold += byteLength;
      if (this.push(Buffer.from(buffer, byteOffset, byteLength))) this.#tellTaken();
    } else {
      this.#underWay -= message.bytes;
      if (this.#underWay < windowBytes) this.#goOn();
    }
  }

  #tellTaken(): void {
    if (this.#untold < toldTogether) return;
    this.#send({ t: 'taken', bytes: this.#untold });
    this.#untold = 0;
  }

  #goOn(): void {
    const done = this.#whenTaken;
    this.#whenTaken = null;
    done?.();
  }

  /** The other end is gone. When both had said everything, what is still unread here stays to be read. */
  #lost(): void {
    if (this.destroyed || (this.#allReceived && this.writableFinished)) return;
    this.destroy(Object.assign(new Error('The other thread cut the stream.'), { code: 'ECONNRESET' }));
  }

  #write(parts: readonly Uint8Array[], done: Done): void {
    this.#whenTaken = done;
    const bytes = joined(parts);
    this.#underWay += bytes.byteLength;
    this.#send({ t: 'piece', bytes }, [bytes.buffer]);
    if (this.#underWay < windowBytes) this.#goOn();
  }

  #send(message: Message, transferred: ArrayBuffer[] = []): void {
    const port = this.#port;
    port.postMessage(message, transferred);
  }
}

/**
 * In memory of their own. A Buffer is often a small window on memory that it shares, and all of that would travel, and be
 * held, with each piece: 64 KiB for the few bytes of a live event.
 */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
