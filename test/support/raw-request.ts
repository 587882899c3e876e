// HTTP by hand over a socket: for requests that no client library would send, or not byte for byte so.
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An open connection to a server on loopback. */
export class RawConnection {
  readonly socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(port: number) {
    this.socket = createConnection({ port, host: '127.0.0.1' });
    this.socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk as Buffer]);
      this.#wake?.();
    });
    const end = (): void => {
      this.#ended = true;
      this.#wake?.();
    };
    // A reset is one way for the server to end the connection; what was received tells the rest.
    this.socket.on('error', end);
    this.socket.on('close', end);
  }

  /** Resolves when the bytes have been handed to the system. Bytes for a connection that is gone are dropped. */
  async send(bytes: Buffer | string): Promise<void> {
    if (!this.#ended) await new Promise<void>((resolve) => this.socket.write(bytes, () => resolve()));
  }

  /** The next answer, or null when the connection ended before it was whole. */
  async answer(): Promise<RawAnswer | null> {
    for (;;) {
      const found = takeAnswer(this.#received);
      if (found) {
        this.#received = this.#received.subarray(found.length);
        return found.answer;
      }
      if (this.#ended) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Sends one request and resolves with its answer, or null when the connection ended without one. */
export async function rawRequest(port: number, bytes: Buffer | string): Promise<RawAnswer | null> {
  const connection = new RawConnection(port);
  await connection.send(bytes);
  const answer = await connection.answer();
  connection.close();
  return answer;
}

function takeAnswer(received: Buffer): { readonly answer: RawAnswer; readonly length: number } | null {
  const text = received.toString('latin1');
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const status = Number(statusLine.split(' ')[1]);
  const length = headEnd + 4 + (status === 204 || status === 304 ? 0 : Number(headers['content-length'] ?? 0));
  if (received.length < length) return null;
  return { answer: { status, headers, body: received.toString('utf8', headEnd + 4, length) }, length };
}
