// A kind that comes by secrets while it sends, as one that renews its token does: nothing kept or shown has them.
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDeliveryBed, sendAction, webhookTo } from '../../test/support/delivery-bed.ts';
import type { DeliveryBed } from '../../test/support/delivery-bed.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { Destination } from '../control/model.ts';
import type { DestinationKind, SendContext } from '../destinations/destination.ts';
import { eventVersion } from '../event/canonical-event.ts';
import { withKinds } from '../destinations/registry.ts';
import type { JsonObject } from '../lib/json.ts';

const token = 'renewed-token-1234';
const settings = z.object({ url: z.string().meta({ title: 'URL', description: 'Where to.' }) });
const post = (body: string, { settings: { url }, request }: SendContext<z.output<typeof settings>>) =>
  request({ method: 'POST', url, body });

/** Asks for a token, names it, uses it where it can be seen, and repeats it in what it says. */
const renewing: DestinationKind<typeof settings> = {
  slug: 'renewing',
  name: 'Renewing',
  integrationName: 'Renewing',
  description: '',
  settings,
  actions: [
    {
      slug: 'send',
      name: 'Send',
      description: '',
      fields: z.object({}),
      defaultTrigger: null,
      defaultMapping: {},
      mode: () => ({ mode: 'single' }),
      send: async (items, context) => {
        const { body } = await post('token please', context);
        context.conceal?.(token);
        if (items[0]?.event.type === 'identify') throw new Error(`odd: ${body}`);
        await post(`with ${token}`, context);
        return [{ result: 'failed', reason: `They say: ${body}`, status: 400 }];
      },
    },
  ],
  test: async (context) => {
    const { body } = await post('token please', context);
    context.conceal?.(token);
    return { ok: false, message: `They say: ${body}` };
  },
  examples: [],
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
async function open(more: Partial<DestinationKind> = {}): Promise<{ bed: DeliveryBed; to: Destination }> {
  const inbox = await openWebhookReceiver({ behaviour: () => ({ status: 200, body: `{"token":"${token}"}` }) });
  closing.push(() => inbox.close());
  const bed = await openDeliveryBed({ registry: withKinds([{ ...(renewing as DestinationKind), ...more }]) });
  closing.push(() => bed.close());
  const to = webhookTo(inbox.url, { kind: 'renewing', actions: [sendAction({ mapping: {} })] });
  await bed.configure(to);
  return { bed, to };
}

describe('a secret that a kind comes by', () => {
  it('is in no record of a try, no dead letter and no condition', async () => {
    const { bed } = await open();
    bed.log.append({ messageId: 'm1' });
    bed.log.append({ messageId: 'm2', type: 'identify' });
    const attempts = await waitFor('both to be tried', async () => {
      const found = [...(await bed.store.attempts(0, 1)), ...(await bed.store.attempts(0, 2))];
      const odd = found.some(({ error }) => error?.includes('odd'));
      return found.some(({ outcome }) => outcome === 'failed') && odd ? found : null;
    });
    await waitFor('the dead letter', async () => (await bed.store.states())[0]?.deadLetters === 1);
    expect(attempts.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      error: 'They say: {"token":"•••"}',
      request: expect.stringContaining('with •••'),
    });
    const seen = [attempts, await bed.store.deadLetters('d1', null, 10), await bed.store.states(), bed.reports];
    expect(JSON.stringify(seen)).not.toContain(token);
  });

  it('is not shown by a test of an event, not even in the answer that told it', async () => {
    const { bed } = await open();
    const time = new Date().toISOString();
    const event = { type: 'track', messageId: 'm', timestamp: time, receivedAt: time } as const;
    const tested = await bed.service.testEvent('d1', {
      sourceId: 's1',
      event: { ...event, context: {}, integrations: {}, version: eventVersion },
      actionId: 'send',
      dryRun: false,
    });
    expect(tested.actions[0]?.exchanges.map(({ request, response }) => [request.body, response?.body])).toEqual([
      ['token please', '{"token":"•••"}'],
      ['with •••', '{"token":"•••"}'],
    ]);
    expect(JSON.stringify(tested)).not.toContain(token);
  });

  it('is not in what a test of the settings says', async () => {
    const { bed } = await open();
    expect(await bed.service.test('d1')).toEqual({ ok: false, message: 'They say: {"token":"•••"}' });
  });
});

describe('a kind that keeps something for its destinations', () => {
  it('is told the settings of all that are there, disabled ones too, at every change', async () => {
    const told: (readonly JsonObject[])[] = [];
    const { bed, to } = await open({ settingsInUse: (all) => told.push(all) });
    await bed.configure({ ...to, enabled: false, version: 2 });
    await bed.configure();
    expect(told.map((all) => all.length)).toEqual([0, 1, 1, 0]);
  });

  it('that cannot write keeps nobody from being configured, and says so', async () => {
    const { bed } = await open({
      settingsInUse: () => {
        throw new Error('The disk is full.');
      },
    });
    expect(bed.reports).toContainEqual({
      kind: 'waiting for storage',
      doing: 'forgetting what renewing no longer needs',
      reason: 'The disk is full.',
    });
  });
});
