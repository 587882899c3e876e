// G3: at least once, in order. What receivers get is checked against the order rule itself, over random events,
// identifiers and failures.
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openDeliveryBed, webhookTo } from '../../test/support/delivery-bed.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { ReceivedRequest } from '../../test/support/webhook-receiver.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { JsonObject } from '../lib/json.ts';
import { orderKeys } from './order-keys.ts';

interface Planned {
  readonly event: Partial<CanonicalEvent>;
  /** Answers to its first tries; then 200. */
  readonly failures: readonly number[];
}

const maybe = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const planned: fc.Arbitrary<Planned> = fc.record({
  event: fc
    .record({
      userId: maybe('u1', 'u2', 'u3', 'Ada@example.com'),
      anonymousId: maybe('a1', 'a2', 'a3', 'a4'),
      previousId: fc.oneof(
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: maybe('a1', 'u2') },
      ),
      groupId: maybe('g1', 'g2'),
      traits: fc.option(fc.constant({ email: 'ada@example.com' }), { nil: undefined, freq: 6 }),
    })
    .map((ids) => JSON.parse(JSON.stringify(ids)) as Partial<CanonicalEvent>),
  failures: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(500, 503, 408, 0), { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constant([400]) },
    { weight: 1, arbitrary: fc.constantFrom([429], [401], [503, 429, 500]) },
  ),
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const idsIn = ({ body }: Pick<ReceivedRequest, 'body'>): readonly string[] => {
  const parsed = JSON.parse(body) as { messageId: string } | { messageId: string }[];
  return [parsed].flat().map(({ messageId }) => messageId);
};
const isFinal = ({ status }: ReceivedRequest): boolean => (status >= 200 && status < 300) || status === 400;

async function deliver(plan: readonly Planned[], settings: JsonObject): Promise<void> {
  const tries = new Map<string, number>();
  const receiver = await openWebhookReceiver({
    behaviour: (_, body) => {
      const ids = idsIn({ body });
      // A batch fails as one, by the worst of its events.
      const answers = ids.map((id) => {
        const count = tries.get(id) ?? 0;
        const { failures } = plan[Number(id)] as Planned;
        if (failures[0] === 400) return 400;
        tries.set(id, count + 1);
        return failures[count] ?? 200;
      });
      return { status: answers.find((status) => status !== 200) ?? 200 };
    },
  });
  const bed = await openDeliveryBed({ settings: { maxParked: 20 } });
  closing.push(
    () => receiver.close(),
    () => bed.close(),
  );
  for (const [index, { event }] of plan.entries()) bed.log.append({ ...event, messageId: String(index) });
  await bed.configure(webhookTo(receiver.url, { settings }));
  const [line] = await bed.settled();
  const refused = plan.filter(({ failures }) => failures[0] === 400).length;
  expect(line).toMatchObject({ accepted: plan.length, delivered: plan.length - refused, failed: refused });

  const keys = plan.map(({ event }) => orderKeys({ type: 'track', context: {}, ...event } as CanonicalEvent));
  const requests = receiver.requests.map((request) => ({ ids: idsIn(request).map(Number), request }));
  for (const [index, { failures }] of plan.entries()) {
    const delivered = requests.filter(({ ids, request }) => ids.includes(index) && request.status === 200);
    expect(delivered.length, `event ${index} arrives`).toBe(failures[0] === 400 ? 0 : 1);
    for (let earlier = 0; earlier < index; earlier++) {
      if (!keys[earlier]?.some((key) => keys[index]?.includes(key))) continue;
      const done = requests.findLastIndex(({ ids, request }) => ids.includes(earlier) && isFinal(request));
      for (const [at, { ids }] of requests.entries()) {
        if (!ids.includes(index)) continue;
        // Either the earlier one is finished, or it goes before in the same batch.
        const inOrder = at > done || (ids.includes(earlier) && ids.indexOf(earlier) < ids.indexOf(index));
        expect(inOrder, `event ${index} comes after ${earlier}`).toBe(true);
      }
    }
  }
  for (const close of closing.splice(0).reverse()) await close();
}

describe('the order of delivery', () => {
  it('keeps events that share an identifier in order, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 60 }), (plan) => deliver(plan, {})),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('keeps it in batches too, and singles out the event a batch is refused for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 60 }), (plan) =>
        deliver(plan, { batch: true, batchEvents: 8, batchWaitMs: 2 }),
      ),
      { numRuns: 15, endOnFailure: true },
    );
  });
});
