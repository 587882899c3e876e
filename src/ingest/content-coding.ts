// Undoes the Content-Encoding of a body, up to the size a body may have.
//
// gzip is recognised by its first bytes, whatever the header says: some proxies unpack a body and leave the header, some
// clients forget it, and no JSON begins so. deflate has to be named; it comes with and without its zlib wrapper.
import { gunzip, inflate, inflateRaw } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';
import { maxBodyBytes } from './limits.ts';

export type Decoded =
  | { readonly ok: true; readonly body: Buffer }
  | {
      readonly ok: false;
      readonly reason: 'unsupported_encoding' | 'undecodable' | 'too_large';
      readonly message: string;
    };

/** Whether {@link decodeContent} has anything to do. */
export function isEncoded(body: Buffer, contentEncoding: string | undefined): boolean {
  return isGzip(body) || (contentEncoding !== undefined && !/^\s*(?:identity|x-gzip|gzip)?\s*$/i.test(contentEncoding));
}

export async function decodeContent(body: Buffer, contentEncoding: string | undefined): Promise<Decoded> {
  const coding = (contentEncoding ?? '').trim().toLowerCase();
  if (isGzip(body)) return unpack(gunzip, body);
  if (coding === 'deflate') return unpack(hasZlibHeader(body) ? inflate : inflateRaw, body);
  return {
    ok: false,
    reason: 'unsupported_encoding',
    message: 'The Content-Encoding is not supported; send gzip, deflate or none.',
  };
}

const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

/** RFC 1950: method 8, and the first two bytes together a multiple of 31. */
function hasZlibHeader(body: Buffer): boolean {
  const [first = 0, second = 0] = body;
  return (first & 0x0f) === 8 && ((first << 8) + second) % 31 === 0;
}

type Unpack = (body: Buffer, options: ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void;

function unpack(method: Unpack, body: Buffer): Promise<Decoded> {
  return new Promise((resolve) => {
    method(body, { maxOutputLength: maxBodyBytes }, (error, unpacked) => {
      if (!error) resolve({ ok: true, body: unpacked });
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        resolve({
          ok: false,
          reason: 'too_large',
          message: `The body is larger than ${maxBodyBytes} bytes when unpacked.`,
        });
      else
        resolve({
          ok: false,
          reason: 'undecodable',
          message: 'The body cannot be unpacked; it is cut off, damaged or not what its Content-Encoding says.',
        });
    });
  });
}
