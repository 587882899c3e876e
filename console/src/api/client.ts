// Calls the control API: JSON in and out, the session's cookie by itself, errors as ApiError. Nothing else in the
// console calls the server but stream.ts, through this.

/** What the server answers instead of what was asked; `message` says what to do. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  /** Every offending field, where the server names them. */
  readonly details: readonly FieldFault[];

  constructor(status: number, code: string, message: string, details: readonly FieldFault[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export interface FieldFault {
  readonly field: string | null;
  readonly message: string;
}

/** Values left undefined or null are not sent. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The token that changes carry beside the cookie, and who hears that the session has ended. Set by the session. */
export const sessionState: { csrf: string | null; onSignedOut: () => void } = { csrf: null, onSignedOut: () => {} };

/** How long an answer is waited for: nothing may be waited for without an end. Changes may send to the other side first. */
const readWithinMs = 30_000;
const changeWithinMs = 120_000;

/** GET of a path that begins with /api/v1/. @throws ApiError */
export async function apiGet<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(readWithinMs);
  const headers = { accept: 'application/json' };
  const init = { headers, signal: signal ? AbortSignal.any([signal, limit]) : limit };
  return parse<T>(await request(withQuery(path, query), init));
}

/** A change. Resolves with the answer, undefined when it is empty. @throws ApiError */
export async function apiSend<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const headers = {
    accept: 'application/json',
    ...(sessionState.csrf !== null && { 'x-leat-csrf': sessionState.csrf }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const init = { method, headers, signal: AbortSignal.timeout(changeWithinMs) };
  return parse<T>(await request(path, { ...init, ...(body !== undefined && { body: JSON.stringify(body) }) }));
}

/** Whether the fault may pass by itself: no answer, or a fault of the server. */
export const mayPass = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** Whether there was no answer. */
export const isUnreachable = (error: unknown): boolean => error instanceof ApiError && error.status === 0;

/** One request; its answer may be an error. @throws ApiError when there is none */
export async function request(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (error) {
    throw noAnswer(error, init.method);
  }
}

export const unreachable = (): ApiError =>
  new ApiError(
    0,
    'unreachable',
    'The server does not answer. See whether it runs and whether you are connected, then try again.',
  );

const readAgain = 'Try again in a moment; the log that the server prints may say why.';

/** What it means that no answer came; that nobody waits for it any more stays as it is. */
function noAnswer(error: unknown, method = 'GET'): unknown {
  if (!(error instanceof DOMException)) return unreachable();
  if (error.name !== 'TimeoutError') return error;
  return timedOut(method === 'GET' ? undefined : 'It may be done all the same: look before you try again.');
}

export const timedOut = (remedy = readAgain): ApiError =>
  new ApiError(0, 'timed_out', `The server has not answered in time. ${remedy}`);

/** The body of an answer. @throws ApiError when it is one */
export async function parse<T>(response: Response): Promise<T> {
  const text = await textOf(response);
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  if (response.ok && text !== '' && !isJson) throw foreign(response.status);
  const body = isJson && text !== '' ? parseJson(text, response.status) : undefined;
  if (response.ok) return body as T;
  const { code, message, details } = (body ?? {}) as {
    readonly code?: string;
    readonly message?: string;
    readonly details?: readonly FieldFault[];
  };
  if (response.status === 401 && !response.url.endsWith('/api/v1/session')) sessionState.onSignedOut();
  throw new ApiError(
    response.status,
    code ?? 'unexpected',
    message ?? unsaid(response.status),
    Array.isArray(details) ? details : [],
  );
}

const unsaid = (status: number): string =>
  status >= 502 && status <= 504
    ? `What stands in front of the server answered ${status}: it does not reach the server. See whether that runs.`
    : `The server answered ${status} without saying why. Try again; its log may say more.`;

/** A connection can be lost in the middle of an answer. */
async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw noAnswer(error);
  }
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw foreign(status);
  }
}

/** Proxies put pages of their own in the way: to sign in, or to say that they are at work. */
const foreign = (status: number): ApiError =>
  new ApiError(
    status,
    'unexpected',
    'What answered is not Leat, but perhaps a proxy in front of it. Reload the page; if it stays so, see what stands between you and the server.',
  );

export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
