// How ingest answers. One rule stands out: CORS headers are on every answer except the 503 (and 500) for a call that was
// not stored. The official browser client takes any answer it may read for delivered, and re-sends only what the browser
// refuses to show it (design, guarantee G9; client contract, section 4.3).
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCodes } from '../errors/codes.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { toErrorBody } from '../errors/error-body.ts';
import type { IngestResponse } from './exchange.ts';
import { retryAfterSeconds } from './limits.ts';

/** Name, value, name, value: Node writes such a list as it stands. */
export type HeaderList = readonly string[];

const json = 'application/json';
const okHead: HeaderList = ['Content-Type', json, 'Content-Length', '2', 'Access-Control-Allow-Origin', '*'];

/** The one success: exactly 200 with `{}`, which is what every official client accepts. */
export function answerOk(res: IngestResponse, origin: string | undefined): void {
  if (origin === undefined) res.writeHead(200, okHead as string[]);
  else res.writeHead(200, ['Content-Type', json, 'Content-Length', '2', ...corsHeaders(origin)]);
  // Latin-1 lets Node write head and body as one string without looking at it: 5 % of the CPU of a request.
  res.end('{}', 'latin1');
}

/** A JSON text, readable across origins. */
export function answerJson(
  res: IngestResponse,
  status: number,
  text: string,
  origin: string | undefined,
  more: HeaderList = [],
): void {
  const length = String(Buffer.byteLength(text));
  res.writeHead(status, ['Content-Type', json, 'Content-Length', length, ...corsHeaders(origin), ...more]);
  res.end(text);
}

/** The error body of the API with the code's status, readable across origins. */
export function answerError(
  res: IngestResponse,
  code: ErrorCode,
  messages: readonly [string, ...string[]],
  origin: string | undefined,
  more: HeaderList = [],
): void {
  const exposed = ['Access-Control-Expose-Headers', 'Retry-After', ...more];
  answerJson(res, errorCodes[code].status, JSON.stringify(toErrorBody(code, messages)), origin, exposed);
}

/** The call is not stored and not recorded: come again. Without CORS headers, see above. */
export function answerUnstored(res: IngestResponse, code: ErrorCode): void {
  const { status, message } = errorCodes[code];
  const text = JSON.stringify(toErrorBody(code, [message]));
  const head = ['Content-Type', json, 'Content-Length', String(Buffer.byteLength(text))];
  res.writeHead(status, [...head, 'Retry-After', String(retryAfterSeconds)]);
  res.end(text);
}

/** `*` suffices for every recorded client; one that sends credentials needs its origin named (client contract, section 9.5). */
export function corsHeaders(origin: string | undefined): HeaderList {
  if (origin === undefined) return ['Access-Control-Allow-Origin', '*'];
  return ['Access-Control-Allow-Origin', origin, 'Access-Control-Allow-Credentials', 'true', 'Vary', 'Origin'];
}

const allowedHeaders = 'Authorization, Content-Type, Content-Encoding, X-Retry-Count, X-Strict-Mode';

/** Answers a preflight, or any other OPTIONS: everything ingest offers may be used from everywhere. */
export function answerPreflight(req: IncomingMessage, res: ServerResponse): void {
  const requested = req.headers['access-control-request-headers'];
  const head = [
    ...corsHeaders(req.headers.origin),
    'Access-Control-Allow-Methods',
    'GET, HEAD, POST, OPTIONS',
    'Access-Control-Allow-Headers',
    requested === undefined ? allowedHeaders : `${allowedHeaders}, ${requested}`,
    // The most that Chromium honours.
    'Access-Control-Max-Age',
    '7200',
  ];
  // Pages on the public web may report to a server on localhost or a private network.
  if (req.headers['access-control-request-private-network'] === 'true')
    head.push('Access-Control-Allow-Private-Network', 'true');
  res.writeHead(204, head);
  res.end();
}
