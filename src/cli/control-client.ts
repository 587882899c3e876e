// The control API as commands use it. What the server refuses, or that there is none, becomes a CliError with a hint.
import { CliError, exitCodes } from './cli-error.ts';
import type { Access } from './access.ts';

const timeoutMs = 30_000;

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export class ControlClient {
  readonly access: Access;

  constructor(access: Access) {
    this.access = access;
  }

  /** The parsed answer to a call of `/api/v1/<path>`; undefined when it has no body. */
  async call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const response = await this.request(`/api/v1/${path}`, {
      method,
      headers: {
        ...this.authorization(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) throw this.refusal(response.status, text);
    return (text === '' ? undefined : parseJson(text, this.access.url)) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** Any request to the server; rejects with a CliError when nothing answers. */
  async request(path: string, init: RequestInit): Promise<Response> {
    const { url } = this.access;
    try {
      return await fetch(url + path, { redirect: 'manual', ...init });
    } catch (cause) {
      if (init.signal?.aborted && (init.signal.reason as Error)?.name === 'AbortError') throw cause;
      throw new CliError(`No Leat server answers at ${url} (${whyNot(cause)}).`, {
        hint: 'Start one with `./leat start`, or set LEAT_URL (or --url) to where it runs. `./leat doctor` looks closer.',
        exitCode: exitCodes.unreachable,
        cause,
      });
    }
  }

  authorization(): Record<string, string> {
    const { token } = this.access;
    return token === null ? {} : { authorization: `Bearer ${token}` };
  }

  /** What a refused call of the control API is told as. */
  refusal(status: number, text: string): CliError {
    const { token, tokenFrom, tokenRemedy, url } = this.access;
    const message = this.saidBy(status, text);
    if (status !== 401) return new CliError(message, { status });
    // The server speaks to whoever asks over HTTP, of headers.
    if (token === null)
      return new CliError(`This command has no token for the server at ${url}: ${tokenFrom}.`, {
        hint: tokenRemedy,
        status,
      });
    return new CliError(message, {
      hint: `The token was taken from ${tokenFrom}; it is not one of the server at ${url}. ${tokenRemedy}`,
      status,
    });
  }

  /** What the server said of a call that it refused. */
  saidBy(status: number, text: string): string {
    return (
      messageOf(text) ?? `The server at ${this.access.url} answered ${status}, and not as Leat does. Is it another one?`
    );
  }
}

/** Why fetch failed: the network's code, which it keeps in the cause of its error. */
function whyNot(error: unknown): string {
  const { cause, message } = error as Error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return message;
}

/** The message of the unified error body; null when it is none. */
function messageOf(text: string): string | null {
  try {
    const { meta, message } = JSON.parse(text) as { meta?: { errors?: unknown }; message?: unknown };
    if (Array.isArray(meta?.errors)) return meta.errors.join('\n');
    return typeof message === 'string' ? message : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CliError(`The server at ${url} did not answer JSON. Is it Leat?`, { cause });
  }
}
