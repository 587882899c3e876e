// Stands in for every host on the internet: a loopback server to which requests are sent whatever their address, and
// which records them as they were meant. For code that sends through the destinations' HTTP client.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { openHttpClient } from '../../src/destinations/http-client.ts';
import type { HttpRequest, HttpResponse } from '../../src/destinations/http-client.ts';

export interface RecordedRequest {
  readonly method: string;
  /** The address that was meant. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. */
  readonly body: string;
}

export interface UpstreamAnswer {
  /** 0 cuts the connection; -1 never answers. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RecordingUpstream {
  readonly requests: RecordedRequest[];
  /** Requests that were cut off by the client before they were answered. */
  readonly abandoned: () => number;
  answer(answer: (request: RecordedRequest) => UpstreamAnswer): void;
  /** Sends a request here; what `context.request` of a send is to be. A shorter `timeoutMs` than the request's own wins. */
  request(request: HttpRequest, signal?: AbortSignal, timeoutMs?: number): Promise<HttpResponse>;
  close(): Promise<void>;
}

const meantHeader = 'x-meant-origin';

export async function openRecordingUpstream(): Promise<RecordingUpstream> {
  const requests: RecordedRequest[] = [];
  let abandoned = 0;
  let answer: (request: RecordedRequest) => UpstreamAnswer = () => ({ status: 200, body: '{}' });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.on('close', () => {
      if (!response.writableFinished) abandoned++;
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { [meantHeader]: meant, ...headers } = request.headers;
      const raw = Buffer.concat(chunks);
      const body = (headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString();
      const recorded = { method: request.method ?? '', url: `${String(meant)}${request.url}`, headers, body };
      requests.push(recorded);
      const { status, headers: answerHeaders, body: answerBody } = answer(recorded);
      if (status === 0) request.socket.destroy();
      else if (status > 0) response.writeHead(status, answerHeaders).end(answerBody);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = openHttpClient({ maxConnections: 8, allowPrivateAddresses: true });
  return {
    requests,
    abandoned: () => abandoned,
    answer: (next) => {
      answer = next;
    },
    request: ({ url, headers, ...rest }, signal, timeoutMs = Infinity) => {
      const { origin, pathname, search } = new URL(url);
      const limit = Math.min(timeoutMs, rest.timeoutMs ?? 10_000);
      return client.request(
        {
          ...rest,
          url: `${here}${pathname}${search}`,
          headers: { ...headers, [meantHeader]: origin },
          timeoutMs: limit,
        },
        signal,
      );
    },
    close: async () => {
      server.closeAllConnections();
      await Promise.all([client.close(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}
