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

/** GET of a path that begins with /api/v1/. @throws ApiError */
export async function apiGet<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return parse<T>(await request(withQuery(path, query), { headers: { accept: 'application/json' }, ...pass(signal) }));
}

/** A change. Resolves with the answer, undefined when it is empty. @throws ApiError */
export async function apiSend<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const headers = {
    accept: 'application/json',
    ...(sessionState.csrf !== null && { 'x-leat-csrf': sessionState.csrf }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  return parse<T>(await request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }));
}

/** One request; its answer may be an error. @throws ApiError when there is none */
export async function request(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable();
  }
}

export const unreachable = (): ApiError =>
  new ApiError(
    0,
    'unreachable',
    'The server does not answer. See whether it runs and whether you are connected, then try again.',
  );

/** The body of an answer. @throws ApiError when it is one */
export async function parse<T>(response: Response): Promise<T> {
  const text = await response.text();
  const body =
    response.headers.get('content-type')?.includes('json') && text !== '' ? (JSON.parse(text) as unknown) : undefined;
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
    message ?? `The server answered ${response.status} without saying why. Try again; its log may say more.`,
    Array.isArray(details) ? details : [],
  );
}

export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

const pass = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});
