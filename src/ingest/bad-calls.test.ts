import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, openIngestServer } from '../../test/support/ingest-server.ts';
import type { IngestServer } from '../../test/support/ingest-server.ts';
import { RawConnection } from '../../test/support/raw-request.ts';
import { waitFor } from '../../test/support/wait-for.ts';

let server: IngestServer;
beforeAll(async () => {
  server = await openIngestServer();
});
afterAll(() => server.close());

const strictly = { 'x-strict-mode': '1' };
const track = { userId: 'u1', event: 'E' };

describe('a bad call in permissive mode', () => {
  it('is answered 200 {} and recorded with all that helps to mend it', async () => {
    const { key, id } = await server.addSource();
    const body = { userId: 'u1', writeKey: key, context: { library: { name: 'lib', version: '1' } } };
    expect(await server.post('/v1/track', key, body)).toMatchObject({ status: 200, text: '{}' });
    expect(await server.events(id)).toEqual([]);
    const [rejection] = await server.rejections(id);
    expect(rejection).toMatchObject({
      reason: 'missing_field',
      field: 'event',
      message: expect.stringContaining('event'),
      route: '/v1/track',
      size: JSON.stringify(body).length,
      client: 'lib 1',
      ip: '127.0.0.1',
      keyPrefix: null,
      strict: false,
    });
    expect(rejection?.sample).toContain('"userId":"u1"');
    expect(rejection?.sample).not.toContain(key);
  });

  it('leaves the good ones of its batch alone', async () => {
    const { key, id } = await server.addSource();
    const batch = [{ ...track, type: 'track' }, { userId: 'u2' }, { type: 'page', userId: 'u3' }];
    expect((await server.post('/v1/batch', key, { batch })).status).toBe(200);
    expect((await server.events(id)).map(({ userId }) => userId)).toEqual(['u1', 'u3']);
    expect(await server.rejections(id)).toMatchObject([
      { reason: 'missing_field', field: 'batch[1].type', size: 15, sample: '{"userId":"u2"}' },
    ]);
  });

  it.each([
    ['invalid_json', '{"userId":'],
    ['invalid_json', ''],
    ['wrong_type', '[]'],
    ['wrong_type', '"text"'],
    ['too_large', JSON.stringify({ ...track, pad: 'x'.repeat(33_000) })],
  ])('is recorded as %s', async (reason, body) => {
    const { key, id } = await server.addSource();
    expect(await server.post('/v1/track', key, body)).toMatchObject({ status: 200, text: '{}' });
    expect(await server.rejections(id)).toMatchObject([{ reason, size: Buffer.byteLength(body) }]);
  });

  it('is recorded under the source whose key can be seen in a body that is no JSON', async () => {
    const { key, id } = await server.addSource();
    await server.post('/v1/b', null, `{"writeKey":"${key}","batch":[{"a":`);
    expect(await server.rejections(id)).toMatchObject([{ reason: 'invalid_json' }]);
  });

  it('is counted even where a batch has too many to list', async () => {
    const { key, id } = await server.addSource();
    expect((await server.post('/v1/batch', key, `{"batch":[${'1,'.repeat(19_999)}1]}`)).status).toBe(200);
    expect(await server.rejections(id)).toHaveLength(101);
    expect(await server.intake.rejectionCounts(id)).toEqual([{ reason: 'wrong_type', count: 20_000 }]);
  });

  it('takes what is merely odd, with a note', async () => {
    const { key, id } = await server.addSource();
    const latin1 = Buffer.from(JSON.stringify({ ...track, type: 'page', properties: { name: 'Zoë' } }), 'latin1');
    await server.post('/v1/track', key, latin1);
    expect(await server.events(id)).toMatchObject([
      { properties: { name: 'Zo\ufffd' }, _leat: { notes: [{ reason: 'invalid_utf8' }, { reason: 'type_conflict' }] } },
    ]);
  });
});

describe('strict mode', () => {
  it('is on when the header is exactly 1', async () => {
    const { key } = await server.addSource();
    const status = async (value: string): Promise<number> =>
      (await server.post('/v1/track', key, {}, { 'x-strict-mode': value })).status;
    expect(await status('1')).toBe(400);
    for (const value of ['true', '0', '11', '1.0', '']) expect(await status(value)).toBe(200);
  });

  it('is on for every call of a source that says so', async () => {
    const { key, id } = await server.addSource({ strict: true });
    expect((await server.post('/v1/track', key, {})).status).toBe(400);
    expect(await server.rejections(id)).toMatchObject([{ strict: true }]);
  });

  it('answers a body that every official client can read', async () => {
    const { key } = await server.addSource();
    const { error } = await server.post('/v1/alias', key, {}, strictly);
    expect(error.code).toBe('invalid_request');
    expect(error.meta.errors).toHaveLength(2);
    expect(error.meta.errors[0]).toMatch(/^userId: /);
    expect([error.message, error.error, error.meta.error]).toEqual(
      Array.from({ length: 3 }, () => error.meta.errors[0]),
    );
  });

  it('takes nothing of a batch with one bad call, and names each bad one', async () => {
    const { key, id } = await server.addSource();
    const batch = [{ ...track, type: 'track' }, { userId: 'u' }, { type: 'identify' }];
    const answer = await server.post('/v1/batch', key, { batch }, strictly);
    expect(answer.status).toBe(400);
    expect(answer.error.meta.errors).toEqual([
      expect.stringMatching(/^batch\[1\]\.type: /),
      expect.stringMatching(/^batch\[2\]\.userId: /),
    ]);
    expect(await server.events(id)).toEqual([]);
    expect(await server.rejections(id)).toHaveLength(2);
  });

  it.each([
    ['invalid_json', '{"a":', {}],
    ['too_large', JSON.stringify({ ...track, pad: 'x'.repeat(40_000) }), {}],
    ['too_large', 'x'.repeat(1_200_000), {}],
    ['invalid_request', gzipSync('{}').subarray(0, 12), {}],
    ['invalid_request', '{}', { 'content-encoding': 'br' }],
    ['invalid_request', Buffer.from('{"userId":"\xff"}', 'latin1'), {}],
    ['invalid_request', JSON.stringify({ ...track, timestamp: 'yesterday' }), {}],
  ])('answers 400 %s', async (code, body, headers) => {
    const { key, id } = await server.addSource();
    const answer = await server.post('/v1/track', key, body, { ...strictly, ...headers });
    expect(answer.status).toBe(400);
    expect(answer.error.code).toBe(code);
    expect(await server.rejections(id)).toHaveLength(1);
  });

  it('takes good calls as ever', async () => {
    const { key, id } = await server.addSource();
    expect(await server.post('/v1/identify', key, { userId: '', traits: { email: 'a@b.co' } }, strictly)).toMatchObject(
      {
        status: 200,
        text: '{}',
      },
    );
    expect(await server.events(id)).toHaveLength(1);
  });
});

describe('large bodies', () => {
  it('are drained and answered up to 8 MiB, on a connection that lives on', async () => {
    const { key, id } = await server.addSource();
    const body = Buffer.alloc(5_000_000, 'x');
    const head = `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(key)}\r\n`;
    const connection = new RawConnection(server.port);
    await connection.send(`${head}Content-Length: ${body.length}\r\n\r\n`);
    await connection.send(body);
    expect(await connection.answer()).toMatchObject({ status: 200, body: '{}' });
    const next = JSON.stringify({ batch: [{ ...track, type: 'track' }] });
    await connection.send(`${head}Content-Length: ${next.length}\r\n\r\n${next}`);
    expect(await connection.answer()).toMatchObject({ status: 200 });
    connection.close();
    expect(await server.rejections(id)).toMatchObject([{ reason: 'too_large' }]);
    expect(await server.events(id)).toHaveLength(1);
  });

  it('are cut off past that, and recorded', async () => {
    const { key, id } = await server.addSource();
    const head = `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(key)}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const connection = new RawConnection(server.port);
    await connection.send(head);
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1024 * 1024, 'x'), Buffer.from('\r\n')]);
    for (let n = 0; n < 9; n++) await connection.send(chunk);
    expect(await connection.answer()).toBeNull();
    expect(await waitFor('the rejection', async () => (await server.rejections(id))[0])).toMatchObject({
      reason: 'too_large',
    });
    expect(server.ingest.heldBytes).toBe(0);
  });
});
