// One request on its way through ingest: what was asked, and where the answer goes.
import type { IncomingHttpHeaders } from 'node:http';
import { readHead } from './request-head.ts';
import type { RequestHead } from './request-head.ts';
import type { CallRoute } from './routes.ts';

/** What ingest asks of a request. Those of node:http have it all. */
export interface IngestRequest {
  /** The request target. */
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Name, value, name, value, as they were received. */
  readonly rawHeaders: readonly string[];
  readonly socket: { readonly remoteAddress?: string | undefined };
  /** Whether it has arrived whole. */
  readonly complete: boolean;
  /** Cuts the connection. */
  destroy(): unknown;
}

/** A request that is there whole with its body. */
export interface WholeRequest extends IngestRequest {
  readonly url: string;
  /** The body, which it does not keep. */
  takeBody(): Buffer;
}

/** What ingest does with a response: head, then body, once. Those of node:http can do it. */
export interface IngestResponse {
  readonly headersSent: boolean;
  /** `headers`: name, value, name, value. */
  writeHead(status: number, headers: string[]): unknown;
  end(body: string, encoding?: BufferEncoding): unknown;
}

export class Exchange {
  readonly req: IngestRequest;
  readonly res: IngestResponse;
  readonly route: CallRoute;
  readonly head: RequestHead;

  constructor(req: IngestRequest, res: IngestResponse, route: CallRoute) {
    this.req = req;
    this.res = res;
    this.route = route;
    this.head = readHead(req.rawHeaders);
  }
}
