// G3 and G5 over crashes: everything arrives at least once, in order, and the ledger balances, wherever it was cut.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDeliveryBed, webhookTo } from '../../test/support/delivery-bed.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

interface Arrived {
  readonly messageId: string;
  readonly userId?: string;
  readonly anonymousId?: string;
}
const arrivals = ({ requests }: WebhookReceiver): readonly Arrived[] =>
  requests.filter(({ status }) => status === 200).map(({ body }) => JSON.parse(body) as Arrived);

/** Numbered events: all there, and per identifier no event's first arrival before that of an earlier one. */
function expectAllInOrder(arrived: readonly Arrived[], events: number): void {
  expect(new Set(arrived.map(({ messageId }) => messageId)).size).toBe(events);
  const seen = new Set<string>();
  const last = new Map<string, number>();
  for (const { messageId, userId, anonymousId } of arrived) {
    if (seen.has(messageId)) continue;
    seen.add(messageId);
    for (const key of [userId, anonymousId]) {
      if (key === undefined) continue;
      expect(Number(messageId), `${key}: in order`).toBeGreaterThan(last.get(key) ?? -1);
      last.set(key, Number(messageId));
    }
  }
}

describe('delivery over crashes', () => {
  it('loses nothing and keeps the order wherever it is cut between two commits', async () => {
    const round = fc.record({
      /** Commits stored in this life, and requests answered after the last of them. */
      commits: fc.integer({ min: 0, max: 4 }),
      requests: fc.integer({ min: 0, max: 60 }),
    });
    const plan = fc.record({
      rounds: fc.array(round, { minLength: 1, maxLength: 4 }),
      failing: fc.constantFrom(0, 3, 7),
      users: fc.integer({ min: 1, max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ rounds, failing, users }) => {
        const events = 150;
        const inbox = await openWebhookReceiver({
          behaviour: (index) => ({ status: failing > 0 && index % failing === 0 ? 500 : 200 }),
        });
        let commits = 0;
        let stored = Infinity;
        const bed = await openDeliveryBed({
          wrap: (store) =>
            new Proxy(store, {
              get: (target, name) => {
                const value: unknown = Reflect.get(target, name);
                if (typeof value !== 'function') return value;
                if (name === 'commit' && ++commits > stored) bed.loseCommits();
                return (value as (...args: unknown[]) => unknown).bind(target);
              },
            }),
        });
        for (let n = 0; n < events; n++) {
          bed.log.append({
            messageId: String(n),
            userId: `u${n % users}`,
            ...(n % 4 === 0 && { anonymousId: `a${n % 3}` }),
          });
        }
        await bed.configure(webhookTo(inbox.url));
        for (const { commits: more, requests } of rounds) {
          [commits, stored] = [0, more];
          const enough = inbox.requests.length + requests;
          let seen = { requests: -1, at: 0 };
          await waitFor('some requests, or no more of them', () => {
            const { length } = inbox.requests;
            if (length !== seen.requests) seen = { requests: length, at: performance.now() };
            return length >= enough || performance.now() - seen.at > 300;
          });
          await bed.crash();
        }
        stored = Infinity;
        expect(await bed.settled()).toMatchObject([{ accepted: events, delivered: events }]);
        expectAllInOrder(arrivals(inbox), events);
        await bed.close();
        await inbox.close();
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it('loses nothing and keeps the order when its process is killed again and again', async () => {
    const events = 1500;
    const folder = await mkdtemp(path.join(tmpdir(), 'leat-kill-'));
    const inbox = await openWebhookReceiver({
      behaviour: (index) => ({ status: index % 50 === 0 ? 503 : 200 }),
    });
    const script = path.resolve(import.meta.dirname, '../../test/support/delivery.process.ts');
    const run = () => {
      const child = spawn(process.execPath, [script, folder, inbox.url, String(events)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => (output += String(chunk)));
      const ended = new Promise<string>((resolve) => child.on('close', () => resolve(output)));
      return { child, ended };
    };
    for (let kill = 0; kill < 3; kill++) {
      const { child, ended } = run();
      const enough = inbox.requests.length + 150 + kill * 71;
      await waitFor('some requests', () => inbox.requests.length >= enough);
      child.kill('SIGKILL');
      await ended;
    }
    const output = await run().ended;
    expect(output).toMatch(/^done /);
    const lines = JSON.parse(output.slice(5)) as unknown;
    expect(lines).toMatchObject([{ accepted: events, delivered: events, balanced: true }]);
    expectAllInOrder(arrivals(inbox), events);
    // What was sent twice is what was under way or not committed, not the whole log.
    expect(arrivals(inbox).length).toBeLessThan(events * 1.5);
    await inbox.close();
    await rm(folder, { recursive: true });
  });
});
