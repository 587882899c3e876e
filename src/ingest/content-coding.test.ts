import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeContent, isEncoded } from './content-coding.ts';
import { maxBodyBytes } from './limits.ts';

const json = Buffer.from('{"a":1}');

/** What a request with this body and header comes to. */
async function decoded(body: Buffer, contentEncoding: string | undefined): Promise<string> {
  if (!isEncoded(body, contentEncoding)) return body.toString();
  const result = await decodeContent(body, contentEncoding);
  return result.ok ? result.body.toString() : result.reason;
}

describe('decodeContent', () => {
  it.each(['gzip', 'x-gzip', 'GZIP', ' gzip ', undefined, 'identity'])('unpacks gzip under %j', async (header) => {
    expect(await decoded(gzipSync(json), header)).toBe('{"a":1}');
  });

  it.each(['gzip', 'x-gzip', 'identity', '', undefined])('leaves plain JSON alone under %j', async (header) => {
    expect(await decoded(json, header)).toBe('{"a":1}');
  });

  it('unpacks deflate with and without its wrapper', async () => {
    expect(await decoded(deflateSync(json), 'deflate')).toBe('{"a":1}');
    expect(await decoded(deflateRawSync(json), 'Deflate')).toBe('{"a":1}');
  });

  it('says which encodings it does not know', async () => {
    expect(await decoded(json, 'br')).toBe('unsupported_encoding');
    expect(await decoded(json, 'gzip, gzip')).toBe('unsupported_encoding');
  });

  it('says when a body is cut off or damaged', async () => {
    expect(await decoded(gzipSync(json).subarray(0, 15), 'gzip')).toBe('undecodable');
    expect(await decoded(json, 'deflate')).toBe('undecodable');
  });

  it('stops a bomb at the size a body may have', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    expect(await decoded(bomb, 'gzip')).toBe('too_large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * maxBodyBytes);
  });
});
