// Reads requests of the plainest kind: POST, one piece of bytes that is exactly one request with a body of known length.
// Nearly every call of a client on a kept connection is one. Whatever else the bytes are, a request in parts, several at
// once, chunked, malformed, or merely unusual, null sends them to node:http's parser, which knows all of HTTP: so this
// never decides that something is wrong, and must only never take for plain what that parser would read differently
// (RFC 9112, sections 3 to 6).
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { WholeRequest } from '../../ingest/exchange.ts';

/** Longer heads are not plain. */
const maxHeadBytes = 4096;
const letterP = 0x50;
const endOfHead = Buffer.from('\r\n\r\n');
/** Request line and header lines of visible ASCII, names of token characters, nothing folded. */
const plainHead = /^POST (\/[!-~]*) HTTP\/1\.1\r\n((?:[\w!#$%&'*+.^`|~-]+:[\t -~]*\r\n)+)$/;
const nothing = Buffer.alloc(0);
const lengthText = /^\d{1,9}$/;

export class PlainRequest implements WholeRequest {
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly socket: Socket;
  readonly complete = true;
  #body: Buffer;

  constructor(url: string, rawHeaders: readonly string[], body: Buffer, socket: Socket) {
    this.url = url;
    this.rawHeaders = rawHeaders;
    this.#body = body;
    this.socket = socket;
  }

  /** By lower-case name; those that came more than once joined by commas. */
  get headers(): IncomingHttpHeaders {
    const headers: Record<string, string> = {};
    for (let at = 0; at + 1 < this.rawHeaders.length; at += 2) {
      const name = (this.rawHeaders[at] ?? '').toLowerCase();
      const value = this.rawHeaders[at + 1] ?? '';
      headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
    }
    return headers;
  }

  takeBody(): Buffer {
    const body = this.#body;
    this.#body = nothing;
    return body;
  }

  destroy(): void {
    this.socket.destroy();
  }
}

/** The request that `piece` is, whole and nothing besides; null when it is not plain. The body is part of `piece`. */
export function readPlainRequest(piece: Buffer, socket: Socket): PlainRequest | null {
  if (piece[0] !== letterP) return null;
  const headEnd = piece.indexOf(endOfHead);
  if (headEnd < 0 || headEnd > maxHeadBytes) return null;
  const [, url, lines] = plainHead.exec(piece.toString('latin1', 0, headEnd + 2)) ?? [];
  if (url === undefined || lines === undefined) return null;
  const rawHeaders = splitHeaders(lines);
  const body = piece.subarray(headEnd + endOfHead.length);
  return isPlainlyFramed(rawHeaders, body.length) ? new PlainRequest(url, rawHeaders, body, socket) : null;
}

/** Name, value, name, value, as node:http's `rawHeaders`. */
function splitHeaders(lines: string): string[] {
  const list: string[] = [];
  for (let from = 0; from < lines.length;) {
    const colon = lines.indexOf(':', from);
    const end = lines.indexOf('\r\n', colon);
    list.push(lines.slice(from, colon), lines.slice(colon + 1, end).trim());
    from = end + 2;
  }
  return list;
}

/** Whether exactly one Content-Length says how long the body is, and nothing says otherwise or asks for more than an answer. */
function isPlainlyFramed(rawHeaders: readonly string[], bodyBytes: number): boolean {
  let lengths = 0;
  let hosts = 0;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const value = rawHeaders[at + 1] ?? '';
    // Lengths tell nearly all other headers apart without lower-casing them.
    switch (name.length) {
      case 4:
        if (isNamed(name, 'host')) hosts++;
        break;
      case 6:
        if (isNamed(name, 'expect')) return false;
        break;
      case 7:
        if (isNamed(name, 'upgrade') || isNamed(name, 'trailer')) return false;
        break;
      case 10:
        if (isNamed(name, 'connection') && !isNamed(value, 'keep-alive')) return false;
        break;
      case 14:
        if (isNamed(name, 'content-length')) {
          if (!lengthText.test(value) || Number(value) !== bodyBytes) return false;
          lengths++;
        }
        break;
      case 16:
        // What some old proxies send in its place; node:http heeds it too.
        if (isNamed(name, 'proxy-connection') && !isNamed(value, 'keep-alive')) return false;
        break;
      case 17:
        if (isNamed(name, 'transfer-encoding')) return false;
        break;
      default:
    }
  }
  return lengths === 1 && hosts === 1;
}

const isNamed = (text: string, wanted: string): boolean => text === wanted || text.toLowerCase() === wanted;
