// Whatever is sent: no crash, no 5xx, no memory kept, and afterwards a good call is taken as ever.
import { gzipSync, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { basic, openIngestServer } from '../../test/support/ingest-server.ts';
import type { IngestServer } from '../../test/support/ingest-server.ts';
import { RawConnection, rawRequest } from '../../test/support/raw-request.ts';
import type { RawAnswer } from '../../test/support/raw-request.ts';
import { waitFor } from '../../test/support/wait-for.ts';

let server: IngestServer;
let key = '';
let id = '';
let followers = 0;
beforeAll(async () => {
  server = await openIngestServer();
  ({ key, id } = await server.addSource());
});
afterAll(() => server.close());

afterEach(async () => {
  await waitFor('the memory to be given back', () => server.ingest.heldBytes === 0);
  expect(server.faults).toEqual([]);
  const messageId = `after-${++followers}`;
  expect((await server.post('/v1/track', key, { userId: 'u1', event: 'E', messageId })).status).toBe(200);
  expect(await server.log.find(messageId)).toHaveLength(1);
});

type Mode = 'permissive' | 'strict';
interface Odd {
  readonly body: Buffer;
  readonly route: string;
  readonly mode: Mode;
  readonly headers: readonly string[];
}

/** Sends a body as it stands, whole and well framed. */
async function sendOdd({ body, route, mode, headers }: Odd): Promise<RawAnswer | null> {
  const strict = mode === 'strict' ? ['X-Strict-Mode: 1'] : [];
  const lines = [`POST ${route} HTTP/1.1`, 'Host: x', `Authorization: ${basic(key)}`, ...strict, ...headers];
  const head = Buffer.from(`${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n`);
  return rawRequest(server.port, Buffer.concat([head, body]));
}

function expectCalm(answer: RawAnswer | null, mode: Mode): void {
  expect(answer).not.toBeNull();
  expect(mode === 'strict' ? [200, 400] : [200]).toContain(answer?.status);
  expect(answer?.headers['access-control-allow-origin']).toBe('*');
  if (answer?.status === 200) expect(answer.body).toBe('{}');
  else
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      code: expect.any(String),
      meta: { errors: expect.arrayContaining([expect.any(String)]) },
    });
}

const routes = ['/v1/track', '/v1/identify', '/v1/batch', '/v1/b', '/v1/group', '/v1/alias', '/v1/page'] as const;
const anywhere = { route: fc.constantFrom(...routes), mode: fc.constantFrom<Mode>('permissive', 'strict') };

describe('hostile bodies', () => {
  it('of random bytes are calmly answered', async () => {
    const headers = fc.constantFrom(
      [],
      ['Content-Encoding: gzip'],
      ['Content-Encoding: deflate'],
      ['Content-Encoding: br'],
    );
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
    const seeming = bytes.map((rest) => Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), rest]));
    const odd = fc.record({ ...anywhere, headers, body: fc.oneof(bytes, seeming) });
    await fc.assert(
      fc.asyncProperty(odd, async (one) => expectCalm(await sendOdd(one), one.mode)),
      { seed: 1, numRuns: 300 },
    );
  });

  it('cut off, doubled or with bytes turned are calmly answered', async () => {
    const call = {
      type: 'track',
      userId: 'u1',
      event: 'E',
      properties: { a: ['ü', null, 1e3, '\ud83d\ude00'] },
      context: {},
    };
    const good = Buffer.from(JSON.stringify({ batch: [call, { type: 'identify', userId: 'u', traits: {} }], ...call }));
    const edit = fc.record({ at: fc.nat(good.length), cut: fc.nat(20), insert: fc.uint8Array({ maxLength: 6 }) });
    const body = fc
      .array(edit, { minLength: 1, maxLength: 3 })
      .map((edits) =>
        edits.reduce(
          (text, { at, cut, insert }) => Buffer.concat([text.subarray(0, at), insert, text.subarray(at + cut)]),
          good,
        ),
      );
    await fc.assert(
      fc.asyncProperty(fc.record({ ...anywhere, headers: fc.constant([]), body }), async (one) =>
        expectCalm(await sendOdd(one), one.mode),
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it('of any JSON in any place are calmly answered, and what is stored can be read', async () => {
    const names = fc.constantFrom(
      'type',
      'userId',
      'event',
      'batch',
      'context',
      'traits',
      'properties',
      'timestamp',
      '__proto__',
      'constructor',
      'writeKey',
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('track', 'User Deleted', 1e21, -0),
    );
    const object = fc.dictionary(names, value);
    const body = fc
      .oneof(
        object,
        fc.array(object).map((batch) => ({ batch })),
        value,
      )
      .map((one) => Buffer.from(JSON.stringify(one)));
    const before = (await server.events(id)).length;
    await fc.assert(
      fc.asyncProperty(fc.record({ ...anywhere, headers: fc.constant([]), body }), async (one) =>
        expectCalm(await sendOdd(one), one.mode),
      ),
      { seed: 3, numRuns: 400 },
    );
    for (const event of (await server.events(id)).slice(before)) {
      expect(event.messageId).toMatch(/./s);
      expect(Number.isNaN(Date.parse(event.timestamp))).toBe(false);
    }
  });

  const deep = (levels: number): string => `{"userId":"u1","event":"E","p":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  it.each([
    ['deep nesting', deep(5000), '/v1/track'],
    ['nesting as deep as a call is long', deep(16_000), '/v1/track'],
    ['nesting as deep as a batch is long', `{"batch":[${deep(200_000)}]}`, '/v1/batch'],
    [
      'deep nesting of the envelope',
      `{"batch":[{}],"context":${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}}`,
      '/v1/batch',
    ],
    ['brackets that never close', '['.repeat(400_000), '/v1/batch'],
    ['lone surrogates', '{"userId":"\\ud800","event":"\\udc00","\\udfff":"\\ud83d"}', '/v1/track'],
    ['duplicate keys', '{"userId":"a","userId":"u1","event":1,"event":"E","batch":1,"batch":[]}', '/v1/track'],
    ['NUL in ids', '{"userId":"\\u0000","event":"E"}', '/v1/track'],
    ['numbers beyond numbers', '{"userId":1e999,"event":"E","timestamp":1e999}', '/v1/track'],
    ['a hundred thousand empty calls', `{"batch":[${'{},'.repeat(99_999)}{}]}`, '/v1/batch'],
    ['UTF-16', Buffer.from('\ufeff{"userId":"u1","event":"E"}', 'utf16le'), '/v1/track'],
    ['Latin-1', Buffer.from('{"userId":"\xfc","event":"E"}', 'latin1'), '/v1/track'],
    ['overlong UTF-8', Buffer.from([0x7b, 0x22, 0xc0, 0xa2, 0x22, 0x3a, 0x31, 0x7d]), '/v1/track'],
  ])('with %s are calmly answered', async (_, body, route) => {
    for (const mode of ['permissive', 'strict'] as const)
      expectCalm(await sendOdd({ body: Buffer.from(body), route, mode, headers: [] }), mode);
  });

  it('that are bombs are stopped at the size of a body', async () => {
    const bombs = [gzipSync, deflateSync].map((pack) => pack(Buffer.alloc(200 * 1024 * 1024)));
    const before = process.memoryUsage().rss;
    for (const [index, body] of bombs.entries()) {
      const headers = [`Content-Encoding: ${index === 0 ? 'gzip' : 'deflate'}`];
      await Promise.all(
        Array.from({ length: 20 }, async () =>
          expectCalm(await sendOdd({ body, route: '/v1/batch', mode: 'permissive', headers }), 'permissive'),
        ),
      );
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    expect((await server.rejections(id))[0]).toMatchObject({ reason: 'too_large' });
  });
});

describe('hostile connections', () => {
  it('that break off in the middle of a body leave nothing behind', async () => {
    const before = await server.rejections(id);
    const connections = Array.from({ length: 50 }, () => new RawConnection(server.port));
    await Promise.all(
      connections.map((one, index) =>
        one.send(
          `POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(key)}\r\n${index % 2 ? 'Content-Length: 90000' : 'Transfer-Encoding: chunked'}\r\n\r\n${index % 2 ? '' : '5\r\n'}{"use`,
        ),
      ),
    );
    await waitFor('the pieces to arrive', () => server.ingest.heldBytes > 0);
    for (const one of connections) one.close();
    await waitFor('the memory to be given back', () => server.ingest.heldBytes === 0);
    expect(await server.rejections(id)).toEqual(before);
  });

  it('that speak no HTTP, or bad HTTP, are refused', async () => {
    const head = `POST /v1/track HTTP/1.1\r\nHost: x\r\n`;
    for (const bytes of [
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${head}Content-Length: -1\r\n\r\n`,
      `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      `${head}X: ${'x'.repeat(100_000)}\r\n\r\n`,
      'GET /v1/track HTTP/9.9\r\n\r\n',
    ]) {
      const answer = await rawRequest(server.port, bytes);
      expect([400, 431, 505, undefined]).toContain(answer?.status);
    }
  });

  it('with odd request targets and headers are calmly answered', async () => {
    const target = fc
      .string({ unit: 'grapheme-ascii', maxLength: 40 })
      .map((text) => `/v1/${text.replaceAll(/[\s\u007f]/g, '')}`);
    const value = fc
      .string({ unit: 'grapheme-ascii', maxLength: 60 })
      .map((text) => text.replaceAll(/[\r\n\u007f]/g, ''));
    const names = ['Authorization', 'X-Strict-Mode', 'Content-Encoding', 'Origin', 'User-Agent', 'X-Forwarded-For'];
    const headers = fc.dictionary(fc.constantFrom(...names), value);
    await fc.assert(
      fc.asyncProperty(
        target,
        fc.constantFrom('POST', 'GET', 'OPTIONS', 'HEAD', 'PUT'),
        headers,
        async (path, method, some) => {
          const lines = Object.entries(some).map(([name, text]) => `${name}: ${text}\r\n`);
          const request = `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines.join('')}Content-Length: 2\r\n\r\n{}`;
          const connection = new RawConnection(server.port);
          await connection.send(request);
          // HEAD names a length and sends no body, so only its end tells that it was answered.
          const answer = await connection.answer();
          connection.close();
          if (method !== 'HEAD') expect(answer?.status).toBeLessThan(500);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});
