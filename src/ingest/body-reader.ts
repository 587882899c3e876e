// Reads a request body as bytes, within limits, and accounts for what it holds in memory.
//
// `whole`: everything is there. `truncated`: it was larger than a body may be; only its start was kept, the rest was
// drained, so that the client will see the answer. `endless`: even draining was too much; the connection has to be cut.
// A sender that goes away in the middle ends nothing: there is no one to answer and nothing was promised.
import type { IncomingMessage } from 'node:http';
import type { HeldBytes, Reading } from './held-bytes.ts';
import { keptPrefixBytes, maxBodyBytes, maxDrainedBytes } from './limits.ts';

export type BodyExtent = 'whole' | 'truncated' | 'endless';

export interface BodyReceiver {
  /** Called once. The receiver releases `held` bytes of the account when its call is answered. */
  received(body: Buffer, extent: BodyExtent, held: number): void;
  /** Called instead when there is no memory for it; nothing is held any more. */
  overflowed(): void;
}

const nothing = Buffer.alloc(0);

/** Starts reading. `contentLength` is -1 when unknown. */
export function readBody(
  req: IncomingMessage,
  contentLength: number,
  account: HeldBytes,
  receiver: BodyReceiver,
): void {
  if (contentLength === 0) {
    receiver.received(nothing, 'whole', 0);
    return;
  }
  const reading = new BodyReading(req, contentLength, account, receiver);
  // A body that comes in one piece needs no other listener.
  req.on('data', (chunk: Buffer) => reading.take(chunk));
  if (contentLength < 0) reading.expectMore();
}

class BodyReading {
  readonly #req: IncomingMessage;
  readonly #contentLength: number;
  readonly #account: HeldBytes;
  readonly #receiver: BodyReceiver;
  #chunks: Buffer[] = [];
  /** Bytes seen, and those of them that are kept in memory. */
  #size = 0;
  #held = 0;
  #truncated = false;
  /** Once more than one piece is expected. */
  #reading: Reading | null = null;
  #done = false;

  constructor(req: IncomingMessage, contentLength: number, account: HeldBytes, receiver: BodyReceiver) {
    this.#req = req;
    this.#contentLength = contentLength;
    this.#account = account;
    this.#receiver = receiver;
  }

  take(chunk: Buffer): void {
    if (this.#done) return;
    this.#size += chunk.length;
    if (!this.#truncated) this.#keep(chunk);
    if (this.#size === this.#contentLength) this.#finish(this.#truncated ? 'truncated' : 'whole');
    else if (this.#size > maxDrainedBytes) this.#finish('endless');
    else if (this.#account.overflows) this.#giveUp();
    else this.expectMore();
  }

  /** Listens for the end of a body that has not come in one piece. */
  expectMore(): void {
    if (this.#reading) return;
    this.#reading = this.#account.began(() => this.#giveUp());
    this.#req.once('end', () => this.#finish(this.#truncated ? 'truncated' : 'whole'));
    this.#req.once('close', () => this.#abandon());
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#hold(chunk.length);
    if (this.#size <= maxBodyBytes) return;
    this.#truncated = true;
    const prefix = Buffer.concat(this.#chunks).subarray(0, keptPrefixBytes);
    this.#release();
    // Copied, so that the rest does not stay in memory with it.
    this.#chunks = [Buffer.from(prefix)];
    this.#hold(prefix.length);
  }

  #finish(extent: BodyExtent): void {
    if (this.#done) return;
    this.#end();
    const [first = nothing] = this.#chunks;
    const body = this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first;
    this.#chunks = [];
    this.#receiver.received(body, extent, this.#held);
  }

  #giveUp(): void {
    this.#end();
    this.#release();
    this.#receiver.overflowed();
  }

  /** The sender went away. */
  #abandon(): void {
    if (this.#done) return;
    this.#end();
    this.#release();
  }

  #end(): void {
    this.#done = true;
    if (this.#reading) this.#account.ended(this.#reading);
  }

  #hold(bytes: number): void {
    this.#held += bytes;
    this.#account.add(bytes);
  }

  #release(): void {
    this.#chunks = [];
    this.#account.release(this.#held);
    this.#held = 0;
  }
}
