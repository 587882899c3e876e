// HTTP as bytes, for requests that no client library would send, and answers read whole.
import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export interface RawOptions {
  /** Sends the bytes in so many pieces, with a pause between two. */
  readonly pieces?: number;
  readonly pauseMs?: number;
  /** Ends the sending side after the bytes, as a client does that died. */
  readonly halfClose?: boolean;
  /** Stops waiting after this long. @default 10000 */
  readonly withinMs?: number;
}

/** Sends bytes and resolves with the answer, or with null when the connection ended or timed out without one. */
export async function exchange(url: string, bytes: Buffer, options: RawOptions = {}): Promise<RawAnswer | null> {
  const socket = createConnection({ port: Number(new URL(url).port), host: '127.0.0.1' });
  const received: Buffer[] = [];
  const answered = new Promise<RawAnswer | null>((resolve) => {
    socket.on('data', (chunk) => {
      received.push(chunk as Buffer);
      const answer = wholeAnswer(Buffer.concat(received));
      if (answer) resolve(answer);
    });
    // A server may cut a hopeless connection; that is an answer of a kind, told as null.
    socket.on('error', () => resolve(null));
    socket.on('close', () => resolve(null));
    socket.setTimeout(options.withinMs ?? 10_000, () => resolve(null));
  });
  const pieces = options.pieces ?? 1;
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
    socket.write(bytes.subarray(at, at + size));
    if (at + size < bytes.length) await delay(options.pauseMs ?? 1);
  }
  if (options.halfClose) socket.end();
  const answer = await answered;
  socket.destroy();
  return answer;
}

function wholeAnswer(bytes: Buffer): RawAnswer | null {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = text.slice(0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  const chunked = /\r\ntransfer-encoding: chunked/i.test(head);
  const whole = length ? text.length >= end + 4 + Number(length[1]) : chunked ? text.endsWith('0\r\n\r\n') : true;
  return whole ? { status, head, body: bytes.subarray(end + 4).toString() } : null;
}
