// Requests as bad as they come at a whole server: never a crash, never a 5xx, memory bounded, and good calls still work.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badRequestMaker } from '../support/bad-requests.ts';
import { settled } from '../support/journey.ts';
import { exchange } from '../support/raw-http.ts';
import { runSeed, seededRandom } from '../support/seeded-random.ts';
import { sendCall } from '../support/send-call.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { allDone, inParallel, ledgerOf } from '../support/settling.ts';

const seed = runSeed();
const requests = process.env['LEAT_SOAK'] === '1' ? 20_000 : 1_000;

describe(`${requests} bad requests (LEAT_TEST_SEED=${seed})`, () => {
  const random = seededRandom(seed);
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  beforeAll(async () => {
    server = closing.adopt(await startServer(), (one) => one.dispose());
  });
  afterAll(() => closing.disposeAsync());

  const residentMegabytes = (): number =>
    Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

  it('never crash it, never get a 5xx, and leave its memory bounded', async () => {
    const { pid } = server;
    const draw = badRequestMaker(server.writeKey, random);
    const faults: string[] = [];
    const answers = new Map<number, number>();
    let peak = 0;
    await inParallel(Array.from({ length: requests }), 8, async () => {
      const { name, bytes, options } = draw();
      const answer = await exchange(server.url, bytes, options);
      const status = answer?.status ?? 0;
      answers.set(status, (answers.get(status) ?? 0) + 1);
      // Those with a time limit of their own are requests that never end.
      if (status === 0 && options?.withinMs === undefined) faults.push(`${name}: no answer`);
      // 505 is what node:http itself says to a version of HTTP it does not speak.
      if (status >= 500 && status !== 505) faults.push(`${name}: ${status} ${answer!.body.slice(0, 200)}`);
      peak = Math.max(peak, residentMegabytes());
    });
    expect(faults).toEqual([]);
    expect(server.running() && server.pid === pid, server.output()).toBe(true);
    expect(peak).toBeLessThan(400);
    expect(answers.get(200)).toBeGreaterThan(requests / 10);
  }, 600_000);

  it('do not fill its memory either when each is small and within every limit, but becomes much', async () => {
    // An envelope's context is copied into each call: 1.4 KB packed, 17 KB unpacked, and 8 MB as events.
    const context = { blob: '漢'.repeat(9000) };
    const call = { type: 'track', userId: 'much', event: 'Of much' };
    // All batches are the same, so that only one is stored and the rest of this suite has not much to wait for.
    const batch = Array.from({ length: 455 }, (_, n) => ({ ...call, messageId: `much ${n}` }));
    const body = gzipSync(JSON.stringify({ context, batch }));
    const headers = { authorization: `Basic ${btoa(`${server.writeKey}:`)}`, 'content-type': 'application/json' };
    const { pid } = server;
    const all = Array.from({ length: 200 }, () => fetch(`${server.url}/v1/batch`, { method: 'POST', headers, body }));
    expect((await Promise.all(all)).every(({ status }) => status === 200)).toBe(true);
    expect(server.running() && server.pid === pid, server.output()).toBe(true);
  }, 120_000);

  it('leave everything working: the ledger balances and a good call arrives', async () => {
    await allDone(server, []);
    expect(await ledgerOf(server, 'workspace')).toMatchObject({ failed: 0, pending: 0 });
    const source = await server.control.createSource({ name: 'after', kind: 'http' });
    const call = { userId: 'after-the-storm', event: 'Calm' };
    expect(await sendCall(server.url, source.key, 'track', call)).toMatchObject({ status: 200, text: '{}' });
    await settled(server, source.id, 1);
    expect(await server.control.timeline('after-the-storm')).toHaveLength(1);
  });

  it('have left their reasons where a user can see them', async () => {
    const [first] = await server.control.all<{ readonly id: string }>('sources');
    const rejections = await server.control.rejections(first!.id);
    expect(rejections.length).toBeGreaterThan(10);
    for (const { reason, message } of rejections)
      expect({ reason, message }).toEqual({
        reason: expect.stringMatching(/^[a-z0-9_]+$/),
        message: expect.stringMatching(/\S/),
      });
  });
});
