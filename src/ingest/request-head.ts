// The headers that ingest reads, picked from the raw list in one pass: cheaper than having Node build its whole object.

export interface RequestHead {
  authorization: string | undefined;
  contentEncoding: string | undefined;
  /** In bytes; -1 when the request has none (chunked, or no body). */
  contentLength: number;
  origin: string | undefined;
  strictMode: string | undefined;
  userAgent: string | undefined;
}

/** Reads name, value, name, value. Of a header that comes twice, the first counts. */
export function readHead(raw: readonly string[]): RequestHead {
  const head: RequestHead = {
    authorization: undefined,
    contentEncoding: undefined,
    contentLength: -1,
    origin: undefined,
    strictMode: undefined,
    userAgent: undefined,
  };
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const value = raw[at + 1] ?? '';
    // Lengths tell nearly all other headers apart without lower-casing them.
    switch (name.length) {
      case 6:
        if (isNamed(name, 'origin')) head.origin ??= value;
        break;
      case 10:
        if (isNamed(name, 'user-agent')) head.userAgent ??= value;
        break;
      case 13:
        if (isNamed(name, 'authorization')) head.authorization ??= value;
        else if (isNamed(name, 'x-strict-mode')) head.strictMode ??= value;
        break;
      case 14:
        if (isNamed(name, 'content-length')) head.contentLength = Number(value);
        break;
      case 16:
        if (isNamed(name, 'content-encoding')) head.contentEncoding ??= value;
        break;
      default:
    }
  }
  return head;
}

const isNamed = (name: string, wanted: string): boolean => name === wanted || name.toLowerCase() === wanted;
