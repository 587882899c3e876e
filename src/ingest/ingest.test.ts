import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, openIngestServer } from '../../test/support/ingest-server.ts';
import type { IngestServer } from '../../test/support/ingest-server.ts';
import { RawConnection, rawRequest } from '../../test/support/raw-request.ts';
import { waitFor } from '../../test/support/wait-for.ts';

let server: IngestServer;
beforeAll(async () => {
  server = await openIngestServer({ settings: { regionHosts: { eu: 'cdp-eu.example.com' } } });
});
afterAll(() => server.close());

const strictly = { 'x-strict-mode': '1' };
const track = { userId: 'u1', event: 'E' };

describe('a good call', () => {
  it('is answered 200 {} and is in the log then', async () => {
    const { key, id } = await server.addSource();
    const answer = await server.post('/v1/track', key, { ...track, messageId: 'm1', context: { locale: 'de' } });
    expect(answer).toMatchObject({ status: 200, text: '{}' });
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await server.events(id)).toMatchObject([
      { type: 'track', messageId: 'm1', userId: 'u1', context: { locale: 'de', ip: '127.0.0.1' }, version: 1 },
    ]);
  });

  it.each(['/v1/t', '/v2/track', '/v2/t/', '//v1//track', '/v1/track?x=1'])('is taken at %s', async (route) => {
    const { key, id } = await server.addSource();
    expect(await server.post(route, key, track)).toMatchObject({ status: 200, text: '{}' });
    expect(await server.events(id)).toMatchObject([{ type: 'track', event: 'E' }]);
  });

  it.each(['/v1/batch', '/v1/b', '/v1/import/'])('is taken in a batch at %s', async (route) => {
    const { key, id } = await server.addSource();
    const batch = [
      { ...track, type: 'track' },
      { type: 'page', userId: 'u1' },
    ];
    expect(await server.post(route, key, { batch })).toMatchObject({ status: 200, text: '{}' });
    expect((await server.events(id)).map(({ type }) => type)).toEqual(['track', 'page']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=UTF-8'])(
    'is JSON whatever its content type, as under %s',
    async (type) => {
      const { key, id } = await server.addSource();
      await server.post('/v1/track', key, track, { 'content-type': type });
      expect(await server.events(id)).toHaveLength(1);
    },
  );

  it('is stored once however often it is sent', async () => {
    const { key, id } = await server.addSource();
    const before = server.ingest.counters.duplicates;
    for (let n = 0; n < 3; n++) await server.post('/v1/track', key, { ...track, messageId: 'same' });
    expect(await server.events(id)).toHaveLength(1);
    expect(server.ingest.counters.duplicates - before).toBe(2);
  });

  it('may be compressed or chunked', async () => {
    const { key, id } = await server.addSource();
    await server.post('/v1/track', key, gzipSync(JSON.stringify(track)), { 'content-encoding': 'gzip' });
    const body = JSON.stringify(track);
    const [one, two] = [body.slice(0, 9), body.slice(9)];
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
    const head = `POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(key)}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect(await rawRequest(server.port, head + chunk(one) + chunk(two) + chunk(''))).toMatchObject({ status: 200 });
    expect(await server.events(id)).toHaveLength(2);
  });

  it('may follow another on the same connection before that one is answered', async () => {
    const { key, id } = await server.addSource();
    const body = JSON.stringify(track);
    const request = `POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(key)}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const connection = new RawConnection(server.port);
    await connection.send(request.repeat(5));
    for (let n = 0; n < 5; n++) expect(await connection.answer()).toMatchObject({ status: 200, body: '{}' });
    connection.close();
    expect(await server.events(id)).toHaveLength(5);
  });

  it('keeps the address it names, and gets the one of its connection else', async () => {
    const { key, id } = await server.addSource();
    await server.post('/v1/track', key, { ...track, context: { ip: '203.0.113.5' } });
    await server.post('/v1/track', key, track, { 'x-forwarded-for': '203.0.113.6' });
    expect((await server.events(id)).map(({ context }) => context['ip'])).toEqual(['203.0.113.5', '127.0.0.1']);
  });

  it('shows in what is known of its source', async () => {
    const { key, id } = await server.addSource();
    await server.post('/v1/track', key, {
      ...track,
      messageId: 'seen',
      context: { library: { name: 'lib', version: '2' } },
    });
    await server.post('/v1/track', key, { userId: 'u1' });
    const seen = await waitFor('the activity of the source', async () =>
      (await server.intake.listActivity()).find(({ sourceId, rejected }) => sourceId === id && rejected > 0),
    );
    expect(seen).toMatchObject({ lastMessageId: 'seen', lastLibrary: 'lib 2', accepted: 1, rejected: 1, peakRate: 2 });
  });
});

describe('keys', () => {
  const where = (key: string): readonly (readonly [string, string | null, unknown])[] => [
    ['/v1/track', key, track],
    ['/v1/track', null, { ...track, writeKey: key }],
    ['/v1/track', key, { ...track, writeKey: 'us_another_key' }],
    ['/v1/batch', null, { writeKey: key, batch: [{ ...track, type: 'track' }] }],
    ['/v1/batch', null, { batch: [{ ...track, type: 'track', writeKey: key }] }],
    [`/v1/track?writeKey=${key}`, null, track],
  ];

  it('are found wherever clients put them, and are not stored', async () => {
    const { key, id } = await server.addSource();
    for (const [route, header, body] of where(key)) await server.post(route, header, body);
    const events = await server.events(id);
    expect(events).toHaveLength(6);
    for (const event of events) expect(JSON.stringify(event)).not.toMatch(/writeKey|us_/);
  });

  it.each([
    ['unknown_key', 'us_nobody_has_this'],
    ['wrong_region', 'eu_of_another_region'],
    ['missing_key', null],
  ])('that open nothing are recorded as %s, and told only in strict mode', async (reason, key) => {
    const before = await server.rejections(null);
    expect(await server.post('/v1/track', key, track)).toMatchObject({ status: 200, text: '{}' });
    const told = await server.post('/v1/track', key, track, strictly);
    expect(told.status).toBe(401);
    expect(told.error).toMatchObject({ code: 'unauthorized', message: expect.any(String) });
    const recorded = (await server.rejections(null)).slice(0, -before.length || undefined);
    expect(recorded.map((one) => [one.reason, one.strict])).toEqual([
      [reason, true],
      [reason, false],
    ]);
    expect(recorded[0]).toMatchObject({ ip: '127.0.0.1', client: 'node', sample: '', route: '/v1/track' });
    if (reason === 'wrong_region') expect(told.error.message).toContain('cdp-eu.example.com');
  });

  it('of disabled sources and revoked ones are recorded under their source', async () => {
    const disabled = await server.addSource({ enabled: false });
    const revoked = await server.addSource({ revoked: true });
    for (const { key } of [disabled, revoked]) expect((await server.post('/v1/track', key, track)).status).toBe(200);
    expect(await server.rejections(disabled.id)).toMatchObject([{ reason: 'source_disabled' }]);
    expect(await server.rejections(revoked.id)).toMatchObject([{ reason: 'key_revoked' }]);
    expect(await server.events(disabled.id)).toEqual([]);
  });

  it('that are secret count only in the header', async () => {
    const { id } = await server.addSource({ key: 'ak_us_top_secret' });
    await server.post('/v1/track', 'ak_us_top_secret', track);
    await server.post('/v1/track', null, { ...track, writeKey: 'ak_us_top_secret' });
    expect(await server.events(id)).toHaveLength(1);
    expect(await server.rejections(id)).toMatchObject([{ reason: 'secret_key_exposed' }]);
  });
});

describe('other addresses', () => {
  it.each(['/v1/nowhere', '/v1/analytics-js/actions/x.js'])('answer 404 in JSON at %s', async (path) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });

  it('answer 404 to methods that calls do not have', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD'])
      expect((await fetch(`${server.url}/v1/track`, { method })).status).toBe(404);
  });

  it('discard the metrics of browser clients and know no geofences', async () => {
    expect(await server.post('/v1/m', null, { series: [] })).toMatchObject({ status: 200, text: '{}' });
    expect((await server.post('/v1/geofences/nearest', 'any', { latitude: 1 })).text).toBe(
      '{"geofences":[],"config":{}}',
    );
  });

  it('that are none of ingest are left to others', async () => {
    expect((await fetch(`${server.url}/api/v1/status`)).status).toBe(418);
  });
});
