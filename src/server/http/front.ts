// Who answers which path of what is no call: the reference, health, metrics, the console and the control API.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Metrics } from '../../telemetry/metrics.ts';
import type { Readiness } from '../readiness.ts';

/** Answers a request and says so, or leaves it alone and says false. */
interface Handler {
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

export interface FrontParts {
  readonly reference: Handler;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly adminToken: string;
  /** Asked when none of the fixed paths fits. */
  readonly console: Handler;
  /** Answers what nobody above does. */
  readonly fallback: (request: IncomingMessage, response: ServerResponse) => void;
}

/** The request listener for everything that ingest leaves alone. */
export function createFront(parts: FrontParts): (request: IncomingMessage, response: ServerResponse) => void {
  const { reference, readiness, metrics, adminToken, console, fallback } = parts;
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

  return (request, response) => {
    if (reference.handle(request, response)) return;
    const path = request.url?.split('?', 1)[0];
    if (path === '/healthz') answer(response, 200, 'application/json', '{"alive":true}');
    else if (path === '/readyz') run(answerReady(response), response);
    else if (path === '/metrics') run(answerMetrics(request, response), response);
    else if (!console.handle(request, response)) fallback(request, response);
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
