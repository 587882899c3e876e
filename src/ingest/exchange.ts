// One request on its way through ingest: what was asked, and where the answer goes.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readHead } from './request-head.ts';
import type { RequestHead } from './request-head.ts';
import type { CallRoute } from './routes.ts';

export class Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly route: CallRoute;
  readonly head: RequestHead;

  constructor(req: IncomingMessage, res: ServerResponse, route: CallRoute) {
    this.req = req;
    this.res = res;
    this.route = route;
    this.head = readHead(req);
  }
}
