// What is kept of an exchange that failed: enough to see what went wrong, nothing that is secret.
import type { HttpRequest, HttpResponse } from './http-client.ts';

/** Characters kept of each body. */
const excerptLength = 1000;
/** A shorter secret is no secret, and blanking it would blank half the text. */
const shortestSecret = 4;
const mark = '•••';

/** Method, address and start of the body; headers stay out, because that is where most credentials are. */
export function describeRequest({ method, url, body }: HttpRequest, secrets: readonly string[]): string {
  return `${method} ${redact(redactQuery(url), secrets)}\n\n${excerpt(textOf(body), secrets)}`;
}

export function describeResponse({ status, body }: HttpResponse, secrets: readonly string[]): string {
  return `${status}\n\n${excerpt(body, secrets)}`;
}

/** A request as a user is shown it before or after it is sent. */
export interface ShownRequest {
  readonly method: HttpRequest['method'];
  readonly url: string;
  /** Credentials blanked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Cut after {@link shownLength}; bytes that are no text are only counted. */
  readonly body: string;
}

export interface ShownResponse {
  readonly status: number;
  readonly body: string;
}

/** Characters shown of a body. */
const shownLength = 64 * 1024;
/** Names of headers whose values are credentials, in whatever coding; the receiver's own signatures are none. */
const credentialHeader = /^(proxy-)?authorization$|cookie|secret|token|password|api-?key|access-?key|^x-auth/i;

export function showRequest(
  { method, url, headers = {}, body }: HttpRequest,
  secrets: readonly string[],
): ShownRequest {
  return {
    method,
    url: redact(redactQuery(url), secrets),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        credentialHeader.test(name) ? mark : redact(value, secrets),
      ]),
    ),
    body: excerpt(textOf(body), secrets, shownLength),
  };
}

export const showResponse = ({ status, body }: HttpResponse, secrets: readonly string[]): ShownResponse => ({
  status,
  body: excerpt(body, secrets, shownLength),
});

/** `text` with every secret blanked, as it stands and as JSON or a URL would write it. */
export function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])) {
      result = result.replaceAll(form, mark);
    }
  }
  return result;
}

/** Blanks the values of query parameters whose names say that they are credentials. */
function redactQuery(url: string): string {
  return url.replace(/([?&][^=&]*(?:key|token|secret|sig|auth|pass)[^=&]*=)[^&#]*/gi, `$1${mark}`);
}

const textOf = (body: HttpRequest['body']): string =>
  typeof body === 'string' ? body : body === undefined ? '' : `(${body.length} bytes)`;

/** Fields of OAuth's exchanges (RFC 6749, sections 4 and 5), in JSON and in forms: a token may be new, and so in no settings. */
const tokenField =
  /("(?:access|refresh|id)_?token"\s*:\s*")(?:[^"\\]|\\.)*|(\b(?:access_token|refresh_token|client_secret)=)[^&\s"]*/gi;

const redactTokens = (text: string): string => text.replace(tokenField, `$1$2${mark}`);

function excerpt(text: string, secrets: readonly string[], length = excerptLength): string {
  if (text.length <= length) return redactTokens(redact(text, secrets));
  // The cut may go through a secret: as much as the longest could be is taken more, and what could be a part is dropped.
  const margin = 3 * Math.max(0, ...secrets.map(({ length }) => length));
  const redacted = redact(text.slice(0, length + margin), secrets);
  return `${redactTokens(redacted.slice(0, Math.max(0, Math.min(length, redacted.length - margin))))}…`;
}
