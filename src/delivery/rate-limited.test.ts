// A receiver that answers 429 with Retry-After: it is left alone for that long, sees no storm before or after, and gets
// everything in the end. The clock is the test's: a minute passes when it says so.
import { afterEach, describe, expect, it } from 'vitest';
import { openDeliveryBed, webhookTo } from '../../test/support/delivery-bed.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { alwaysOk, openWebhookReceiver } from '../../test/support/webhook-receiver.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const concurrency = 16;
const events = 1500;
const limited = { status: 429, headers: { 'retry-after': '60' } };

describe('a receiver that answers 429 with Retry-After: 60', () => {
  it('gets no request within the minute, then one, and everything once it takes it', async () => {
    const inbox = await openWebhookReceiver({ behaviour: () => ({ ...limited, delayMs: 5 }) });
    closing.push(() => inbox.close());
    let passed = 0;
    const start = performance.now();
    const clock = { now: () => Date.now() + passed, monotonic: () => performance.now() - start + passed };
    const bed = await openDeliveryBed({ clock });
    closing.push(() => bed.close());
    for (let n = 0; n < events; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n % 300}` });
    await bed.configure(webhookTo(inbox.url, { settings: { delivery: { maxConcurrency: concurrency } } }));
    const waiting = async (): Promise<boolean> => (await bed.store.states())[0]?.breaker === 'open';
    await waitFor('the breaker to open', waiting);
    let extra = 0;
    /** Lets `ms` pass a second at a time, with news for the lane after each. */
    const pass = async (ms: number): Promise<void> => {
      for (let step = 0; step < ms; step += 1000) {
        passed += 1000;
        const offset = bed.log.append({ messageId: `x${extra++}`, userId: 'someone' });
        await waitFor('the lane to have looked', async () => {
          const [cursor] = (await bed.store.load('d1'))?.cursors ?? [];
          return cursor !== undefined && cursor.reached > offset;
        });
      }
    };
    await pass(10_000);
    // What was under way when the first refusal came has arrived by now.
    const first = inbox.requests.length;
    expect(first).toBeLessThanOrEqual(concurrency);
    // The clock runs on by itself while the test works: seven seconds are left for that.
    await pass(40_000);
    expect(inbox.requests.length).toBe(first);
    await bed.restart();
    await pass(3000);
    expect(inbox.requests.length, 'also after a restart').toBe(first);

    await pass(8000);
    await waitFor('the probe', () => inbox.requests.length > first);
    await waitFor('the breaker to open again', waiting);
    await pass(55_000);
    expect(inbox.requests.length, 'one probe a minute').toBe(first + 1);

    let most = 0;
    inbox.behave((index) => {
      // Answers take a while, so what has come and is not answered yet is under way.
      most = Math.max(most, inbox.underWay());
      return { ...alwaysOk(index, ''), delayMs: 5 };
    });
    await pass(6000);
    expect(await bed.settled()).toMatchObject([{ accepted: events + extra, delivered: events + extra, failed: 0 }]);
    expect(most).toBeLessThanOrEqual(concurrency + 2);
    const delivered = inbox.delivered().map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId);
    expect(new Set(delivered).size).toBe(events + extra);
    expect(delivered.length).toBe(events + extra);
  }, 60_000);
});
