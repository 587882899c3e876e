// Requests recorded from official clients, sent byte for byte over a socket at the time they were recorded; what the
// log holds afterwards is compared field by field with what the client meant.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, openIngestServer } from '../../test/support/ingest-server.ts';
import type { IngestServer } from '../../test/support/ingest-server.ts';
import { rawRequest } from '../../test/support/raw-request.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { JsonObject } from '../lib/json.ts';

interface Capture {
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytesOnWire?: number;
  readonly bodyDecoded?: JsonObject;
}

const folder = new URL('../../test/fixtures/captures/', import.meta.url);
const captures = readdirSync(folder).map((file) => {
  return { file, capture: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Capture };
});
const posts = captures.filter(({ capture }) => capture.method === 'POST' && !/\/(?:m|nearest)$/.test(capture.path));

/** Clients whose sentAt says how far off their clock is; mobiles' does not, and the rest sends none. */
const correctable = /^(?:cio-browser|cdp-python|cdp-go)/;
const receivedAt = Date.parse('2026-11-23T05:00:00.000Z');

let server: IngestServer;
beforeAll(async () => {
  const clock = { now: () => receivedAt, monotonic: () => performance.now() };
  server = await openIngestServer({ parts: () => ({ clock }) });
});
afterAll(() => server.close());

describe('recorded requests', () => {
  it.each(posts)('$file is stored as the client meant it', async ({ file, capture }) => {
    const key = keyOf(capture);
    const { id } = await server.addSource({ key: `${key}_${file}` });
    const answer = await rawRequest(server.port, requestBytes(capture, key, `${key}_${file}`));
    expect(answer).toMatchObject({ status: 200, body: '{}' });
    expect(answer?.headers['access-control-allow-origin']).toBe(capture.headers['Origin'] ?? '*');
    expect(await server.rejections(id)).toEqual([]);
    const stored = await server.events(id);
    const sent = callsOf(capture);
    expect(stored).toHaveLength(sent.length);
    for (const [index, call] of sent.entries()) expectMeant(stored[index]!, call, capture, correctable.test(file));
  });

  it('are there for every official client', () => {
    expect(posts.length).toBeGreaterThan(20);
  });

  it('for metrics and geofences are answered and store nothing', async () => {
    for (const { capture } of captures.filter(({ capture: { path } }) => /\/(?:m|nearest)$/.test(path)))
      expect(await rawRequest(server.port, requestBytes(capture, 'WK', 'WK'))).toMatchObject({ status: 200 });
  });
});

function expectMeant(event: CanonicalEvent, call: JsonObject, capture: Capture, corrected: boolean): void {
  const { batch: _, ...envelope } = capture.bodyDecoded ?? {};
  const type = call['type'] ?? /\/(\w+)$/.exec(capture.path)?.[1];
  expect(event.type).toBe(type);
  for (const id of ['userId', 'anonymousId', 'groupId', 'previousId', 'event', 'name'])
    expect(event[id], id).toBe(typeof call[id] === 'number' ? String(call[id]) : (call[id] ?? undefined));
  for (const part of ['properties', 'traits']) expect(event[part], part).toEqual(call[part] ?? undefined);
  if (call['messageId'] === undefined) expect(event.messageId).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
  else expect(event.messageId).toBe(call['messageId']);
  expect(event.context).toEqual({
    ip: '127.0.0.1',
    ...(envelope['context'] as object),
    ...(call['context'] as object),
  });
  expect(event.integrations).toEqual(call['integrations'] ?? { All: true });
  expect(event).not.toHaveProperty('writeKey');
  expect(event).not.toHaveProperty('_metadata');
  expect(event).not.toHaveProperty('_leat');

  const claimed = call['timestamp'] as string | undefined;
  const sentAt = (call['sentAt'] ?? envelope['sentAt']) as string | undefined;
  expect(event.receivedAt).toBe(new Date(receivedAt).toISOString());
  expect([event.originalTimestamp, event.sentAt]).toEqual([claimed, sentAt]);
  const at = claimed === undefined ? receivedAt : Date.parse(claimed);
  const skew = corrected && claimed !== undefined && sentAt !== undefined ? receivedAt - Date.parse(sentAt) : 0;
  expect(event.timestamp).toBe(new Date(at + skew).toISOString());
}

const callsOf = ({ bodyDecoded = {} }: Capture): readonly JsonObject[] =>
  (bodyDecoded['batch'] as readonly JsonObject[] | undefined) ?? [bodyDecoded];

/** The key that the recorded request carries in its header or body. */
function keyOf({ headers, bodyDecoded }: Capture): string {
  const credentials = /^Basic (\w+={0,2})$/.exec(headers['Authorization'] ?? '')?.[1];
  if (credentials !== undefined) return Buffer.from(credentials, 'base64').toString().replace(/:$/, '');
  return /"writeKey":"(\w+)"/.exec(JSON.stringify(bodyDecoded))?.[1] ?? 'WK';
}

/** The request as it was sent, with `key` for `recordedKey`, in the same header order and case. */
function requestBytes(capture: Capture, recordedKey: string, key: string): Buffer {
  const { bodyDecoded = {}, bodyBytesOnWire, headers } = capture;
  const gzip = headers['Content-Encoding'] === 'gzip';
  // Python writes a blank after , and :.
  const text = /python/.test(capture.client)
    ? JSON.stringify(bodyDecoded, null, 1)
        .replaceAll(/,\n\s*/g, ', ')
        .replaceAll(/\n\s*/g, '')
    : JSON.stringify(bodyDecoded);
  if (bodyBytesOnWire !== undefined && !gzip) expect(Buffer.byteLength(text)).toBe(bodyBytesOnWire);
  const keyed = text.replaceAll(`"${recordedKey}"`, `"${key}"`);
  const body = gzip ? gzipSync(keyed) : Buffer.from(keyed);
  const chunked = headers['Transfer-Encoding'] === 'chunked';
  const lines = Object.entries({ ...((headers['Host'] ?? headers['host']) ? {} : { Host: '127.0.0.1' }), ...headers })
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]) => `${name}: ${name === 'Authorization' ? basic(key) : value}`);
  if (!chunked) lines.push(`Content-Length: ${body.length}`);
  const head = Buffer.from(`${capture.method} ${capture.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  if (!chunked) return Buffer.concat([head, body]);
  return Buffer.concat([head, Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
}
