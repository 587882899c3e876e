// Customer.io's Node client, unmodified, against a whole server.
import { Analytics } from '@customerio/cdp-analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectJourney, journeyCalls, journeyOf, onlyEvent, settled } from '../support/journey.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

describe('@customerio/cdp-analytics-node', () => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  beforeAll(async () => {
    server = closing.adopt(await startServer(), (one) => one.dispose());
  });
  afterAll(() => closing.disposeAsync());

  it('has every kind of call applied exactly once', async () => {
    const source = await server.control.createSource({ name: 'cdp-node', kind: 'node' });
    const journey = journeyOf('cdp-node');
    const { userId, anonymousId } = journey;
    const analytics = new Analytics({ writeKey: source.key, host: server.url });
    analytics.track({ anonymousId, event: 'Looked', properties: { at: 'home' } });
    analytics.identify({ userId: journey.oldId, traits: { legacy: true, plan: 'free' } });
    analytics.identify({ userId, anonymousId, traits: { email: journey.email, plan: 'pro', score: 7 } });
    analytics.track({ userId, event: 'Order Completed', properties: { total: 12.5, items: [{ sku: 'a' }] } });
    analytics.page({ userId, category: 'Docs', name: 'Intro', properties: { url: 'https://example.com/intro' } });
    analytics.screen({ userId, name: 'Settings', properties: { dark: true } });
    analytics.group({
      userId,
      groupId: journey.groupId,
      traits: { name: 'Acme', objectTypeId: '1', relationshipAttributes: { role: 'owner' } },
    });
    analytics.alias({ userId, previousId: journey.oldId });
    analytics.track({
      userId,
      event: 'Device Created or Updated',
      context: { device: { token: journey.deviceToken, type: 'ios' } },
    });
    await analytics.closeAndFlush();

    await settled(server, source.id, journeyCalls);
    const timeline = await expectJourney(server, journey);
    const page = timeline.find(({ type }) => type === 'page')!;
    const { event, sourceId } = await onlyEvent(server, page.messageId);
    expect(sourceId).toBe(source.id);
    expect(event).toMatchObject({ type: 'page', name: 'Intro', userId, properties: { category: 'Docs' } });
    expect(event.context).toMatchObject({ library: { name: '@customerio/cdp-analytics-node' }, ip: '127.0.0.1' });
    expect(event).not.toHaveProperty('writeKey');
  });

  it('stores events of several concurrent batches once each, and takes a repeated messageId once', async () => {
    const source = await server.control.createSource({ name: 'cdp-node batches', kind: 'node' });
    const analytics = new Analytics({ writeKey: source.key, host: server.url, flushInterval: 50 });
    for (let n = 0; n < 100; n++)
      analytics.track({ userId: 'cdp-node-batches', event: `Step ${n}`, messageId: `cdp-node-batch-${n}` });
    for (let n = 0; n < 10; n++)
      analytics.track({ userId: 'cdp-node-batches', event: 'Repeated', messageId: 'cdp-node-repeated' });
    await analytics.closeAndFlush();

    await settled(server, source.id, 101);
    const names = (await server.control.timeline('cdp-node-batches')).map(({ name }) => name);
    expect(names.toSorted()).toEqual([...Array.from({ length: 100 }, (_, n) => `Step ${n}`), 'Repeated'].toSorted());
  });

  it('loses nothing over a restart of the server in the middle of its retries', async () => {
    const source = await server.control.createSource({ name: 'cdp-node restart', kind: 'node' });
    const analytics = new Analytics({ writeKey: source.key, host: server.url, maxEventsInBatch: 1, maxRetries: 100 });
    analytics.track({ userId: 'cdp-node-restart', event: 'Before' });
    await settled(server, source.id, 1);
    await server.kill();
    analytics.track({ userId: 'cdp-node-restart', event: 'While away' });
    await server.start();
    await analytics.closeAndFlush();
    await settled(server, source.id, 2);
  });
});
