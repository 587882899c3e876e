// Who answers which path on the one port: ingest first, because it is the hot one, then the reference, health, metrics,
// the console and the control API.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Readiness } from './readiness.ts';

/** Answers a request and says so, or leaves it alone and says false. */
interface Handler {
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

export interface FrontParts {
  readonly ingest: Handler;
  readonly reference: Handler;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly adminToken: string;
  /** Asked when none of the fixed paths fits. */
  readonly console: Handler;
  /** Answers what nobody above does. */
  readonly fallback: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Front {
  /** The request listener of the server. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Which part (0 to 1) of the requests since it was last asked were ingest's; 0 when there were none. */
  readonly ingestShare: () => number;
}

export function createFront(parts: FrontParts): Front {
  const { ingest, reference, readiness, metrics, adminToken, console, fallback } = parts;
  let ofIngest = 0;
  let ofOthers = 0;
  const tokenDigest = digest(`Bearer ${adminToken}`);

  const answerReady = async (response: ServerResponse): Promise<void> => {
    const reason = await readiness.reason();
    answer(
      response,
      reason === null ? 200 : 503,
      'application/json',
      JSON.stringify({ ready: reason === null, reason }),
    );
  };
  const answerMetrics = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const allowed =
      isLoopback(request.socket.remoteAddress) ||
      timingSafeEqual(digest(request.headers.authorization ?? ''), tokenDigest);
    if (allowed) answer(response, 200, metrics.contentType, await metrics.expose());
    else
      answer(response, 401, 'text/plain', 'Metrics need the admin token as a Bearer token, or a caller on loopback.\n');
  };

  const answerOthers = (request: IncomingMessage, response: ServerResponse): void => {
    if (reference.handle(request, response)) return;
    const path = request.url?.split('?', 1)[0];
    if (path === '/healthz') answer(response, 200, 'application/json', '{"alive":true}');
    else if (path === '/readyz') run(answerReady(response), response);
    else if (path === '/metrics') run(answerMetrics(request, response), response);
    else if (!console.handle(request, response)) fallback(request, response);
  };

  return {
    handle: (request, response) => {
      if (ingest.handle(request, response)) ofIngest++;
      else {
        ofOthers++;
        answerOthers(request, response);
      }
    },
    ingestShare: () => {
      const all = ofIngest + ofOthers;
      const share = all === 0 ? 0 : ofIngest / all;
      ofIngest = ofOthers = 0;
      return share;
    },
  };
}

/** Whatever goes wrong while answering is answered too. */
function run(work: Promise<void>, response: ServerResponse): void {
  work.catch((error: unknown) => {
    if (!response.headersSent)
      answer(response, 500, 'text/plain', `${error instanceof Error ? error.message : String(error)}\n`);
    else response.destroy();
  });
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && (address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.'));
