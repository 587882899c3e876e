// Requests recorded from official clients, replayed byte for byte over a raw socket: the same header lines in the same
// order and case, the same body bytes. Only the write key differs, since the recorded ones are too short to be brought
// along. Every request is sent twice, as a client does whose first answer got lost.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedSource } from '../support/control-client.ts';
import { settled } from '../support/journey.ts';
import { exchange } from '../support/raw-http.ts';
import { settableClock } from '../support/settable-clock.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

interface Capture {
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytesOnWire?: number;
  readonly bodyDecoded?: unknown;
}
interface SentEvent {
  readonly type?: string;
  readonly messageId?: string;
  readonly userId?: string | number | null;
  readonly anonymousId?: string | null;
  readonly event?: string;
  readonly timestamp?: string;
  readonly integrations?: Readonly<Record<string, boolean>>;
}

const recordedAt = Date.parse('2026-11-23T05:00:00Z');
const monthMs = 30 * 86_400_000;
const folder = new URL('../fixtures/captures/', import.meta.url);
const captures = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, capture: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Capture }));
const posts = captures.filter(({ capture }) => capture.method === 'POST' && eventsOf(capture).length > 0);

describe('recorded requests of official clients', () => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  beforeAll(async () => {
    // What is 30 days old is not carried along by a merge, so the server lives in the days of the recording.
    const clock = closing.adopt(settableClock(recordedAt - Date.now()), (one) => one.dispose());
    server = closing.adopt(await startServer({ environment: clock.environment }), (one) => one.dispose());
  });
  afterAll(() => closing.disposeAsync());

  it.each(posts)('$file is stored and applied once, however often it is sent', async ({ file, capture }) => {
    const source = await server.control.createSource({ name: file, kind: 'http' });
    const events = eventsOf(capture);
    const withIds = events.filter(({ messageId }) => messageId);
    const bytes = requestBytes(capture, source);
    for (let time = 0; time < 2; time++)
      expect(await exchange(server.url, bytes)).toMatchObject({ status: 200, body: '{}' });
    // A call without messageId is a new call each time.
    await settled(server, source.id, withIds.length + 2 * (events.length - withIds.length));
    for (const sent of withIds) {
      const stored = (await server.control.events(sent.messageId!)).filter(({ sourceId }) => sourceId === source.id);
      expect(stored).toHaveLength(1);
      expect(stored[0]!.event).toMatchObject({
        messageId: sent.messageId,
        ...(sent.userId ? { userId: String(sent.userId) } : {}),
        ...(sent.anonymousId ? { anonymousId: sent.anonymousId } : {}),
        ...(sent.event ? { event: sent.event } : {}),
      });
      expect(stored[0]!.event).not.toHaveProperty('writeKey');
      expect(stored[0]!.workspace).toMatchObject({ state: 'applied' });
      // One recorded call names its destinations, and the workspace is none of them.
      const excluded = sent.integrations?.['All'] === false;
      if (sent.userId || excluded) expect(stored[0]!.workspace.outcome).toBe(excluded ? 'filtered' : 'delivered');
      const identifier = sent.userId ?? sent.anonymousId;
      const backdated = Date.parse(sent.timestamp ?? '') < recordedAt - monthMs;
      if (!identifier || excluded || backdated || !isActivity(sent)) continue;
      const timeline = await server.control.timeline(String(identifier));
      expect(timeline.filter(({ messageId }) => messageId === sent.messageId)).toHaveLength(1);
    }
    expect(await server.control.rejections(source.id)).toEqual([]);
  });

  it('cio-browser-post-m.json (metrics of the client) is answered 200 and stores nothing', async () => {
    const metrics = captures.find(({ file }) => file === 'cio-browser-post-m.json')!;
    const source = await server.control.createSource({ name: 'metrics', kind: 'javascript' });
    expect(await exchange(server.url, requestBytes(metrics.capture, source))).toMatchObject({ status: 200 });
    await settled(server, source.id, 0);
  });

  it('the settings and the script are served to the recorded GET requests', async () => {
    const source = await server.control.createSource({ name: 'browser', kind: 'javascript' });
    for (const file of ['cio-browser-get-settings.json', 'cio-browser-get-analytics_min_js.json']) {
      const { capture } = captures.find((entry) => entry.file === file)!;
      const path = capture.path.replace('WK_WEB', source.key);
      const answer = await exchange(server.url, requestBytes({ ...capture, path }, source));
      expect(answer).toMatchObject({ status: 200 });
    }
  });
});

/** What stands in a timeline. Recorded bodies of single-call routes have no type; a track is known by its event. */
const isActivity = ({ type, event }: SentEvent): boolean => event !== undefined || type === 'page' || type === 'screen';

function eventsOf({ path, bodyDecoded }: Capture): readonly SentEvent[] {
  if (/\/(m|nearest)$/.test(path)) return [];
  const body = bodyDecoded as { readonly batch?: readonly SentEvent[] } & SentEvent;
  return body === undefined || body === null ? [] : (body.batch ?? [body]);
}

/** The request as bytes. Python's client writes a space after `,` and `:`; the recorded length tells which way it was. */
function requestBytes(capture: Capture, source: CreatedSource): Buffer {
  const { headers, bodyDecoded } = capture;
  const compact = JSON.stringify(bodyDecoded) ?? '';
  const gzip = headers['Content-Encoding'] === 'gzip';
  const spaced = /python/i.test(capture.client);
  const recorded = spaced ? withSpaces(bodyDecoded) : compact;
  if (capture.bodyBytesOnWire && !gzip) expect(Buffer.byteLength(recorded)).toBe(capture.bodyBytesOnWire);
  const text = recorded.replaceAll(/("writeKey": ?)"[^"]*"/g, `$1"${source.key}"`);
  const body = capture.method === 'GET' ? Buffer.alloc(0) : gzip ? gzipSync(text) : Buffer.from(text);
  const chunked = headers['Transfer-Encoding'] === 'chunked';
  const lines = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]) =>
      name.toLowerCase() === 'authorization'
        ? `${name}: Basic ${Buffer.from(`${source.key}:`).toString('base64')}`
        : `${name}: ${value}`,
    );
  if (!lines.some((line) => /^host:/i.test(line))) lines.unshift('Host: 127.0.0.1');
  if (capture.method !== 'GET' && !chunked) lines.push(`Content-Length: ${body.length}`);
  const head = Buffer.from(`${capture.method} ${capture.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const framed = chunked
    ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
    : body;
  return Buffer.concat([head, framed]);
}

/** As Python's json.dumps writes it. */
function withSpaces(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replaceAll(/,\n\s*/g, ', ')
    .replaceAll(/\n\s*/g, '');
}
