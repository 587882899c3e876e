import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import type { DestinationKind } from '../destinations/destination.ts';
import { withKinds } from '../destinations/registry.ts';

/** A kind whose default mapping leaves two fields to the user. */
const till: DestinationKind = {
  slug: 'till',
  name: 'Till',
  integrationName: 'Till',
  description: '',
  settings: z.object({}),
  actions: [
    {
      slug: 'sale',
      name: 'Sale',
      description: '',
      fields: z.object({ buyer: z.string(), orderId: z.string(), amount: z.number(), url: z.string() }),
      defaultTrigger: null,
      defaultMapping: { buyer: '$.userId' },
      mode: () => ({ mode: 'single' }),
      send: () => Promise.reject(new Error('nothing is sent here')),
    },
  ],
  examples: [],
};

describe('the catalogue of semantic events', () => {
  let server: ControlServer;
  beforeAll(async () => {
    server = await startControlServer({}, withKinds([till]));
    const odd = { total: '42', products: [{ price: '1' }, { price: '2' }] };
    const send = (messageId: string, event: string, properties: object) =>
      server.send('/v1/track', { userId: 'u1', messageId, event, properties });
    await send('m1', 'Completed Order', odd);
    await send('m2', 'Completed Order', { ...odd, mine: 1 });
    await send('m3', 'order_completed', { total: 42 });
    await send('m4', 'My Own', odd);
    await send('m5', 'Order Completed', { total: 42 });
  });
  afterAll(() => server.close());

  it('is listed with aliases and the types of properties', async () => {
    const { body } = await server.call('GET', 'semantic-events');
    expect(body.items).toContainEqual(
      expect.objectContaining({
        name: 'Order Completed',
        group: 'ordering',
        aliases: ['Completed Order'],
        properties: expect.objectContaining({
          total: { type: 'number' },
          products: expect.objectContaining({ type: 'list' }),
        }),
      }),
    );
  });

  it('warns, where an event is explained, of what is wrong, and rejects nothing', async () => {
    const notesOf = async (id: string) => (await server.call('GET', `events/${id}`)).body.items[0].validation.notes;
    expect(await notesOf('m1')).toEqual([
      {
        reason: 'semantic_event',
        field: 'properties.products[0].price',
        message: 'should be a number, is text (send it without quotes). It is taken and sent on as it is.',
      },
      expect.objectContaining({ field: 'properties.products[1].price' }),
      expect.objectContaining({ field: 'properties.total' }),
    ]);
    expect(await notesOf('m3')).toMatchObject([
      { field: 'event', message: expect.stringContaining('is spelt Order Completed') as string },
    ]);
    expect([await notesOf('m4'), await notesOf('m5')]).toEqual([[], []]);
    expect((await server.call('GET', `sources/${server.sourceId}/rejections`)).body.items).toEqual([]);
  });

  it('sums up what is odd among the latest events', async () => {
    const { body } = await server.call('GET', 'semantic-events/odd');
    const line = { sourceId: server.sourceId, semanticEvent: 'Order Completed' };
    expect(body).toEqual({
      looked: 5,
      items: [
        expect.objectContaining({
          ...line,
          name: 'Completed Order',
          field: 'properties.products[].price',
          events: 2,
          lastMessageId: 'm2',
        }),
        expect.objectContaining({ ...line, name: 'Completed Order', field: 'properties.total', events: 2 }),
        expect.objectContaining({ ...line, name: 'order_completed', field: 'event', events: 1, lastMessageId: 'm3' }),
      ],
    });
    expect((await server.call('GET', 'semantic-events/odd?events=1')).body).toEqual({ looked: 1, items: [] });
  });

  it('suggests a trigger and a mapping for what a default mapping leaves empty', async () => {
    const { body } = await server.call('GET', 'catalog/till/suggestions?event=Completed%20Order');
    expect(body).toEqual({
      event: 'Order Completed',
      actions: [
        {
          kind: 'sale',
          name: 'Sale',
          trigger: 'snakecase(event) in ["order_completed", "completed_order"]',
          mapping: {
            buyer: '$.userId',
            orderId: '$.properties.order_id',
            amount: 'coalesce($.properties.total, $.properties.revenue)',
          },
          suggested: [
            { field: 'orderId', from: ['properties.order_id'] },
            { field: 'amount', from: ['properties.total', 'properties.revenue'] },
          ],
        },
      ],
    });
    const { body: others } = await server.call('GET', 'catalog/till/suggestions?event=Signed%20Up');
    expect(others).toEqual({ event: 'Signed Up', actions: [] });
    const { body: refused } = await server.call('GET', 'catalog/till/suggestions?event=Oder%20Completed');
    expect(refused).toMatchObject({
      field: 'event',
      message: expect.stringContaining('Did you mean Order Completed') as string,
    });
    expect(await server.call('GET', 'catalog/nothing/suggestions?event=Signed%20Up')).toMatchObject({ status: 404 });
  });
});
