import { afterEach, describe, expect, it } from 'vitest';
import { openDeliveryBed, quickRetries, webhookTo } from '../../test/support/delivery-bed.ts';
import type { DeliveryBed } from '../../test/support/delivery-bed.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { Behaviour, WebhookReceiver } from '../../test/support/webhook-receiver.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
async function open(behaviour: Behaviour): Promise<{ bed: DeliveryBed; inbox: WebhookReceiver }> {
  const inbox = await openWebhookReceiver({ behaviour });
  const bed = await openDeliveryBed();
  closing.push(
    () => inbox.close(),
    () => bed.close(),
  );
  return { bed, inbox };
}
const delivered = (inbox: WebhookReceiver): string[] =>
  inbox.delivered().map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId);

describe('the delivery settings of a destination', () => {
  it('let later events of a person pass one that is retried, when order is best effort', async () => {
    let healed = false;
    const { bed, inbox } = await open((_, body) => ({ status: body.includes('"first"') && !healed ? 500 : 200 }));
    const delivery = { ...quickRetries, order: 'best-effort' };
    bed.log.append({ messageId: 'first', userId: 'u1' });
    for (const messageId of ['second', 'third']) bed.log.append({ messageId, userId: 'u1' });
    await bed.configure(webhookTo(inbox.url, { settings: { delivery } }));
    await waitFor('the later events', async () => delivered(inbox).length === 2);
    expect(delivered(inbox).toSorted()).toEqual(['second', 'third']);
    healed = true;
    await bed.settled();
    expect(delivered(inbox)).toHaveLength(3);
  });

  it('let the cursor follow what is sent at a bounded rate, also where one person has many of the events', async () => {
    const { bed, inbox } = await open(() => ({ status: 200 }));
    const events = 60;
    for (let n = 1; n <= events; n++)
      bed.log.append({ messageId: `m${n}`, userId: n % 3 === 0 ? 'most of all' : `u${n}` });
    await bed.configure(webhookTo(inbox.url, { settings: { delivery: { ...quickRetries, ratePerSecond: 40 } } }));
    let mostBeyond = 0;
    await waitFor('half of them', async () => {
      const sent = delivered(inbox).length;
      const [state] = await bed.store.states();
      const cursor = state?.cursors[0]?.offset ?? 1;
      mostBeyond = Math.max(mostBeyond, sent - (cursor - 1));
      return cursor > events / 2;
    });
    // Events before the cursor are done; what was sent beyond it would be sent again after a crash.
    expect(mostBeyond).toBeLessThanOrEqual(10);
    await bed.settled();
    expect(delivered(inbox)).toHaveLength(events);
  });

  it('keep requests to the rate, replays included', async () => {
    const { bed, inbox } = await open(() => ({ status: 200 }));
    for (let n = 1; n <= 30; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n}` });
    const delivery = { ...quickRetries, ratePerSecond: 100 };
    await bed.configure(webhookTo(inbox.url, { settings: { delivery } }));
    await bed.settled();
    const asked = { filter: null, sourceIds: null, ratePerSecond: null, dryRun: false, createdBy: 'tester' };
    const unbounded = { from: null, to: null, fromOffset: null, toOffset: null };
    await bed.service.startReplay('d1', { ...asked, ...unbounded });
    await waitFor('the replay', async () => inbox.requests.length === 60);
    const times = inbox.requests.map(({ at }) => at);
    // A burst of a tenth of a second's worth is allowed, and the same again between the two.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(((60 - 22) / 100) * 1000 * 0.9);
  });
});
