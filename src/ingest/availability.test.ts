// What clients are told while calls cannot be stored, and what browsers are allowed to read.
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { basic, openIngestServer } from '../../test/support/ingest-server.ts';
import type { IngestServer, IngestServerOptions } from '../../test/support/ingest-server.ts';
import { RawConnection } from '../../test/support/raw-request.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { FaultError } from '../errors/errors.ts';
import { heldBytesHighWater, maxUnpacked, slowBodyMs } from './limits.ts';

const track = { userId: 'u1', event: 'E', messageId: 'm1' };
const origin = { origin: 'https://shop.example.com' };
const strictly = { 'x-strict-mode': '1' };

let server: IngestServer;
const open = async (options: IngestServerOptions = {}): Promise<IngestServer> =>
  (server = await openIngestServer(options));
afterEach(() => server.close());

/** Engines that work, but fail while `broken` is set. */
function breakable() {
  const state = { broken: false };
  const parts: IngestServerOptions['parts'] = ({ log, intake }) => ({
    log: {
      ...log,
      append: async (entries) => {
        if (state.broken) throw new FaultError('log_unavailable', 'The disk is full: /somewhere.');
        return log.append(entries);
      },
    },
    intake: {
      reject: async (rejections) => {
        if (state.broken) throw new FaultError('store_unavailable');
        await intake.reject(rejections);
      },
      recordActivity: async (activity) => {
        if (state.broken) throw new FaultError('store_unavailable');
        await intake.recordActivity(activity);
      },
      recordRepeats: async (repeats) => {
        if (state.broken) throw new FaultError('store_unavailable');
        await intake.recordRepeats(repeats);
      },
    },
  });
  return { state, parts };
}

describe('while nothing can be stored', () => {
  it('a call is answered 503 with Retry-After and without a word that a browser may read', async () => {
    const { state, parts } = breakable();
    await open({ parts });
    const { key, id } = await server.addSource();
    state.broken = true;
    for (const body of [track, { userId: 'bad' }, { ...track, writeKey: 'x' }]) {
      const answer = await server.post('/v1/track', key, body, origin);
      expect(answer.status).toBe(503);
      const retryAfter = answer.headers.get('retry-after') ?? '';
      expect(retryAfter).toMatch(/^\d+$/);
      expect(Number(retryAfter)).toBeLessThanOrEqual(30);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(answer.error).toMatchObject({ code: expect.stringMatching(/_unavailable$/), message: expect.any(String) });
      expect(answer.text).not.toContain('/somewhere');
    }
    expect((await server.post('/v1/track', 'us_unknown_key', track)).status).toBe(503);
    expect((await server.post('/v1/track', 'us_unknown_key', track, strictly)).status).toBe(503);

    state.broken = false;
    expect((await server.post('/v1/track', key, track, origin)).status).toBe(200);
    expect(await server.events(id)).toHaveLength(1);
    expect(server.ingest.counters).toMatchObject({ accepted: 1, unavailable: 5 });
  });

  it('the operator is told once per outage', async () => {
    const { state, parts } = breakable();
    const { faults } = await open({ parts });
    const { key } = await server.addSource();
    for (const outage of [1, 2]) {
      state.broken = true;
      for (let n = 0; n < 5; n++) await server.post('/v1/track', key, track);
      expect(faults).toHaveLength(outage);
      state.broken = false;
      await server.post('/v1/track', key, track);
    }
  });

  it('what was seen of the sources is kept for later', async () => {
    const { state, parts } = breakable();
    const { intake, faults } = await open({ parts });
    const { key, id } = await server.addSource();
    await server.post('/v1/track', key, track);
    state.broken = true;
    await waitFor('a report that fails', () => faults.length > 0);
    state.broken = false;
    const activity = await waitFor('the activity', async () => (await intake.listActivity())[0]);
    expect(activity).toMatchObject({ sourceId: id, accepted: 1, lastMessageId: 'm1' });
  });

  it('a bug is answered 500, unread by browsers as well, and told', async () => {
    const bug = new TypeError('undefined is not a function');
    const { faults } = await open({ parts: ({ log }) => ({ log: { ...log, append: () => Promise.reject(bug) } }) });
    const { key } = await server.addSource();
    const answer = await server.post('/v1/track', key, track, origin);
    expect(answer.status).toBe(500);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.text).not.toContain('function');
    expect(faults).toEqual([bug]);
  });
});

describe('a hard rate limit', () => {
  it('is answered 429 with a Retry-After that browsers may read, and ends with its window', async () => {
    let now = 1_000_000;
    const clock = { now: () => now, monotonic: () => now };
    const { ingest } = await open({ settings: { hardRateLimit: 2 }, parts: () => ({ clock }) });
    const { key, id } = await server.addSource();
    const other = await server.addSource();
    for (let n = 0; n < 2; n++)
      expect((await server.post('/v1/track', key, { ...track, messageId: `m${n}` })).status).toBe(200);
    const limited = await server.post('/v1/track', key, { ...track, messageId: 'late' }, origin);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('3');
    expect(limited.headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(limited.headers.get('access-control-allow-origin')).toBe(origin.origin);
    expect(limited.error.code).toBe('rate_limited');
    expect((await server.post('/v1/track', other.key, track)).status).toBe(200);
    now += 3000;
    expect((await server.post('/v1/track', key, { ...track, messageId: 'late' })).status).toBe(200);
    expect(await server.events(id)).toHaveLength(3);
    expect(ingest.counters.rateLimited).toBe(1);
  });
});

describe('CORS', () => {
  it('lets every answer be read, with any origin and without', async () => {
    const { url } = await open();
    const { key } = await server.addSource();
    const answers = async (headers: Readonly<Record<string, string>>): Promise<readonly Response['headers'][]> => [
      (await server.post('/v1/track', key, track, headers)).headers,
      (await server.post('/v1/track', key, {}, headers)).headers,
      (await server.post('/v1/track', key, {}, { ...headers, ...strictly })).headers,
      (await server.post('/v1/track', 'us_unknown_key', track, { ...headers, ...strictly })).headers,
      (await server.post('/v1/m', null, {}, headers)).headers,
      (await fetch(`${url}/v1/track`, { headers })).headers,
      (await fetch(`${url}/v1/nowhere`, { headers })).headers,
      (await fetch(`${url}/v1/projects/${key}/settings`, { headers })).headers,
      (await fetch(`${url}/v1/analytics-js/snippet/${key}/analytics.min.js`, { headers })).headers,
    ];
    for (const headers of await answers({})) expect(headers.get('access-control-allow-origin')).toBe('*');
    for (const headers of await answers(origin)) {
      expect(headers.get('access-control-allow-origin')).toBe(origin.origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('vary')).toMatch(/Origin/);
    }
  });

  it('answers a preflight for anything that a client sends', async () => {
    const { url } = await open();
    const answer = await fetch(`${url}/v1/t`, {
      method: 'OPTIONS',
      headers: {
        ...origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-custom',
        'access-control-request-private-network': 'true',
      },
    });
    expect(answer.status).toBe(204);
    const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
    for (const name of [
      'authorization',
      'content-type',
      'content-encoding',
      'x-retry-count',
      'x-strict-mode',
      'x-custom',
    ])
      expect(allowed).toContain(name);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, OPTIONS');
    expect(answer.headers.get('access-control-max-age')).toBe('7200');
    expect(answer.headers.get('access-control-allow-private-network')).toBe('true');
  });
});

describe('close', () => {
  it('waits for the calls under way, hands over what was seen and refuses the rest', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let arrived: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (arrived = resolve));
    const { ingest, intake } = await open({
      parts: ({ log }) => ({
        log: {
          ...log,
          append: async (entries) => {
            arrived();
            await held;
            return log.append(entries);
          },
        },
      }),
    });
    const { key, id } = await server.addSource();
    const call = server.post('/v1/track', key, track);
    await underWay;
    const closed = ingest.close();
    expect((await server.post('/v1/track', key, { ...track, messageId: 'late' })).status).toBe(503);
    release();
    expect((await call).status).toBe(200);
    await closed;
    expect(await intake.listActivity()).toMatchObject([{ sourceId: id, accepted: 1 }]);
  });
});

describe('a log that takes nothing for a while', () => {
  it('holds new bodies back unread instead of filling the memory, and nothing is refused', async () => {
    let release: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (release = resolve));
    let appends = 0;
    const { ingest } = await open({
      parts: ({ log }) => ({
        // Time stands still for those who wait, however slow the machine is.
        clock: { now: () => Date.now(), monotonic: () => 0 },
        log: {
          ...log,
          append: async (entries) => {
            appends++;
            await opened;
            return entries.map((_, offset) => ({ partition: 0, offset, duplicate: false }));
          },
        },
      }),
    });
    const { key } = await server.addSource();
    const call = { type: 'track', ...track, pad: 'x'.repeat(31_000) };
    const body = JSON.stringify({ batch: Array.from({ length: 16 }, () => call) });
    const requests = 180;
    expect(body.length * requests).toBeGreaterThan(heldBytesHighWater * 1.25);
    const answers = Promise.all(Array.from({ length: requests }, () => server.post('/v1/batch', key, body)));
    await waitFor('the memory to be used up', () => ingest.heldBytes >= heldBytesHighWater);
    expect(appends).toBeLessThan(requests);
    expect(ingest.heldBytes).toBeLessThan(heldBytesHighWater * 2);
    release();
    expect((await answers).every(({ status }) => status === 200)).toBe(true);
    expect(ingest.heldBytes).toBe(0);
  });
});

describe('a log without room', () => {
  it('has calls wait as they came: few are unpacked, and no events are made of any', async () => {
    const waiting: (() => void)[] = [];
    let appends = 0;
    const { ingest } = await open({
      parts: ({ log }) => ({
        log: {
          hasRoom: false,
          whenRoom: (go) => void waiting.push(go),
          append: (entries) => {
            appends++;
            return log.append(entries);
          },
        },
      }),
    });
    const { key, id } = await server.addSource();
    const pad = 'x'.repeat(30_000);
    const packed = gzipSync(JSON.stringify({ batch: [{ type: 'track', ...track, pad }] }));
    const requests = 20;
    const plain = server.post('/v1/track', key, track);
    const batches = Array.from({ length: requests }, () => server.post('/v1/batch', key, packed));
    await waitFor('all to have come', () => ingest.counters.requests === requests + 1);
    await waitFor('some to be unpacked', () => waiting.length === 1 + maxUnpacked);
    expect(appends).toBe(0);
    expect(ingest.heldBytes).toBeLessThan((maxUnpacked + 1) * pad.length);
    await waitFor('all to be let in', () => {
      waiting.splice(0).forEach((go) => go());
      return appends === requests + 1;
    });
    expect((await Promise.all([plain, ...batches])).map(({ status }) => status)).toEqual(Array(21).fill(200));
    expect(await server.events(id)).toHaveLength(1);
    expect(ingest.heldBytes).toBe(0);
  });
});

describe('slow senders', () => {
  it('do not keep others out: the slowest are refused when there is no memory left', async () => {
    let monotonic = 0;
    const { port, ingest } = await open({
      parts: () => ({ clock: { now: () => Date.now(), monotonic: () => monotonic } }),
    });
    const { key } = await server.addSource();
    const stalled = Array.from({ length: 70 }, () => new RawConnection(port));
    const head = 'POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 1040000\r\n\r\n';
    for (const one of stalled) await one.send(head + 'x'.repeat(1_000_000));
    await waitFor('the memory to be used up', () => ingest.heldBytes >= heldBytesHighWater);
    const answer = server.post('/v1/track', key, track);
    monotonic = slowBodyMs;
    expect((await answer).status).toBe(200);
    expect(ingest.counters.unavailable).toBeGreaterThan(0);
    expect(ingest.counters.unavailable).toBeLessThan(stalled.length);
    for (const one of stalled) one.close();
    await waitFor('the memory to be given back', () => ingest.heldBytes === 0);
  });

  it('are cut off by the server; nothing of theirs is stored or kept in memory', async () => {
    const { port, ingest } = await open({
      serverOptions: { headersTimeout: 200, requestTimeout: 200, connectionsCheckingInterval: 50 },
    });
    const { key, id } = await server.addSource();
    const connection = new RawConnection(port);
    await connection.send(
      `POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(key)}\r\nContent-Length: 100000\r\n\r\n{"userId":`,
    );
    expect(await connection.answer()).toMatchObject({ status: 408 });
    connection.close();
    await waitFor('the memory to be given back', () => ingest.heldBytes === 0);
    expect(await server.events(id)).toEqual([]);
    expect(await server.rejections(id)).toEqual([]);
  });
});
