// A browser as far as the control API sees one: it keeps the session's cookie and sends the CSRF token with changes.

interface BrowserAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers of every shape.
  readonly body: any;
}

export interface BrowserClient {
  /** The cookie as sent; null while signed out. */
  cookie: string | null;
  /** Value for `x-leat-csrf`; null sends none. */
  csrf: string | null;
  call(method: string, path: string, body?: unknown): Promise<BrowserAnswer>;
}

/** A browser without a cookie. It takes cookie and CSRF token from every answer that has them. */
export function openBrowser(url: string, headers: Readonly<Record<string, string>> = {}): BrowserClient {
  const client: BrowserClient = {
    cookie: null,
    csrf: null,
    call: async (method, path, body) => {
      const response = await fetch(`${url}/api/v1/${path}`, {
        method,
        headers: {
          ...headers,
          ...(client.cookie !== null && { cookie: client.cookie }),
          ...(client.csrf !== null && method !== 'GET' && { 'x-leat-csrf': client.csrf }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const parsed = text === '' ? undefined : (JSON.parse(text) as { csrf?: string | null });
      const [set] = response.headers.getSetCookie();
      if (set !== undefined) client.cookie = set.includes('Max-Age=0') ? null : (set.split(';', 1)[0] ?? null);
      if (typeof parsed?.csrf === 'string') client.csrf = parsed.csrf;
      return { status: response.status, headers: response.headers, body: parsed };
    },
  };
  return client;
}
