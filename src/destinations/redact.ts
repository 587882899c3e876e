// What is kept of an exchange that failed: enough to see what went wrong, nothing that is secret.
import type { HttpRequest, HttpResponse } from './http-client.ts';

/** Characters kept of each body. */
const excerptLength = 1000;
/** A shorter secret is no secret, and blanking it would blank half the text. */
const shortestSecret = 4;
const mark = '•••';

/** Method, address and start of the body; headers stay out, because that is where most credentials are. */
export function describeRequest({ method, url, body }: HttpRequest, secrets: readonly string[]): string {
  const text = typeof body === 'string' ? body : body === undefined ? '' : `(${body.length} bytes)`;
  return `${method} ${redact(redactQuery(url), secrets)}\n\n${excerpt(text, secrets)}`;
}

export function describeResponse({ status, body }: HttpResponse, secrets: readonly string[]): string {
  return `${status}\n\n${excerpt(body, secrets)}`;
}

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

function excerpt(text: string, secrets: readonly string[]): string {
  if (text.length <= excerptLength) return redact(text, secrets);
  // The cut may go through a secret: as much as the longest could be is taken more, and what could be a part is dropped.
  const margin = 3 * Math.max(0, ...secrets.map(({ length }) => length));
  const redacted = redact(text.slice(0, excerptLength + margin), secrets);
  return `${redacted.slice(0, Math.max(0, Math.min(excerptLength, redacted.length - margin)))}…`;
}
