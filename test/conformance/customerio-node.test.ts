// The Pipelines client of customerio-node, unmodified, in permissive and in strict mode, against a whole server.
import { PipelinesClient } from 'customerio-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedSource } from '../support/control-client.ts';
import { acceptedOf, expectJourney, journeyCalls, journeyOf, onlyEvent, settled } from '../support/journey.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

describe.each([
  { mode: 'permissive', strictMode: false },
  { mode: 'strict', strictMode: true },
])('customerio-node PipelinesClient, $mode', ({ mode, strictMode }) => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  let source: CreatedSource;
  let client: PipelinesClient;
  beforeAll(async () => {
    server = closing.adopt(await startServer(), (one) => one.dispose());
    source = await server.control.createSource({ name: 'customerio-node', kind: 'node' });
    client = new PipelinesClient(source.key, { url: `${server.url}/v1`, strictMode });
  });
  afterAll(() => closing.disposeAsync());

  it('has every single call applied exactly once and answered {}', async () => {
    const journey = journeyOf(`cio-node-${mode}`);
    const { userId, anonymousId } = journey;
    const answers = [
      await client.track({ anonymousId, event: 'Looked' }),
      await client.identify({ userId: journey.oldId, traits: { legacy: true, plan: 'free' } }),
      await client.identify({ userId, anonymousId, traits: { email: journey.email, plan: 'pro', score: 7 } }),
      await client.track({ userId, event: 'Order Completed', properties: { total: 12.5, items: [{ sku: 'a' }] } }),
      await client.page({ userId, name: 'Intro', properties: { url: 'https://example.com/intro' } }),
      await client.screen({ userId, name: 'Settings', properties: { dark: true } }),
      await client.group({
        userId,
        groupId: journey.groupId,
        traits: { name: 'Acme', objectTypeId: '1', relationshipAttributes: { role: 'owner' } },
      }),
      await client.alias({ userId, previousId: journey.oldId }),
      await client.track({
        userId,
        event: 'Device Created or Updated',
        properties: { device: { token: journey.deviceToken } },
      }),
    ];
    expect(answers).toEqual(answers.map(() => ({})));
    await settled(server, source.id, journeyCalls);
    await expectJourney(server, journey);
  });

  it('has a batch of every kind applied exactly once', async () => {
    const journey = journeyOf(`cio-node-batch-${mode}`);
    const { userId, anonymousId } = journey;
    const before = await acceptedOf(server, source.id);
    await client.batch([
      { type: 'track', anonymousId, event: 'Looked' },
      { type: 'identify', userId: journey.oldId, traits: { legacy: true, plan: 'free' } },
      { type: 'identify', userId, anonymousId, traits: { email: journey.email, plan: 'pro', score: 7 } },
      { type: 'track', userId, event: 'Order Completed', properties: { total: 12.5, items: [{ sku: 'a' }] } },
      { type: 'page', userId, name: 'Intro' },
      { type: 'screen', userId, name: 'Settings' },
      {
        type: 'group',
        userId,
        groupId: journey.groupId,
        traits: { name: 'Acme', objectTypeId: '1', relationshipAttributes: { role: 'owner' } },
      },
      { type: 'alias', userId, previousId: journey.oldId },
      {
        type: 'track',
        userId,
        event: 'Device Created or Updated',
        properties: { device: { token: journey.deviceToken } },
      },
    ]);
    await settled(server, source.id, before + journeyCalls);
    await expectJourney(server, journey);
  });

  it('takes numeric ids as text and the same messageId once', async () => {
    const before = await acceptedOf(server, source.id);
    const call = { userId: 4711, event: 'Numbered', messageId: `numbered-${mode}` };
    await client.track(call);
    await client.track(call);
    await settled(server, source.id, before + 1);
    expect((await onlyEvent(server, `numbered-${mode}`)).event.userId).toBe('4711');
    expect((await server.control.timeline('4711')).map(({ name }) => name)).toEqual(['Numbered']);
  });

  const faults = [
    {
      fault: 'a call over 32 KB',
      call: { userId: 'faulty', event: 'Big', properties: { text: 'x'.repeat(40_000) } },
      field: null,
    },
    {
      fault: 'a metric that is none',
      call: {
        anonymousId: 'faulty',
        event: 'Report Delivery Event',
        properties: { deliveryId: 'd1', metric: 'teleported' },
      },
      field: 'properties.metric',
    },
  ];
  it.each(faults)('says what is wrong with $fault, in the mode’s own way', async ({ call, field }) => {
    const before = await acceptedOf(server, source.id);
    const rejectionsBefore = (await server.control.rejections(source.id)).length;
    if (strictMode) await expect(client.track(call)).rejects.toMatchObject({ statusCode: 400 });
    else expect(await client.track(call)).toEqual({});
    const rejections = await waitFor('the rejection', async () => {
      const list = await server.control.rejections(source.id);
      return list.length > rejectionsBefore && list;
    });
    expect(rejections).toHaveLength(rejectionsBefore + 1);
    expect(rejections[0]!.message).not.toBe('');
    if (field !== null) expect(rejections[0]!.field).toBe(field);
    expect(await acceptedOf(server, source.id)).toBe(before);
  });

  it('takes nothing under a key it does not know', async () => {
    const stranger = new PipelinesClient('us_no_such_key_0000', { url: `${server.url}/v1`, strictMode });
    const call = { userId: 'stranger', event: 'Hello', messageId: `stranger-${mode}` };
    if (strictMode) await expect(stranger.track(call)).rejects.toMatchObject({ statusCode: 401 });
    else expect(await stranger.track(call)).toEqual({});
    expect(await server.control.events(`stranger-${mode}`)).toEqual([]);
    expect(await server.control.person('stranger')).toBeNull();
  });
});
