// Segment's Node client, unmodified, against a whole server. Two events with one messageId check the de-duplication.
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectJourney, journeyCalls, journeyOf, onlyEvent, settled } from '../support/journey.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

describe('@segment/analytics-node', () => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  beforeAll(async () => {
    server = closing.adopt(await startServer(), (one) => one.dispose());
  });
  afterAll(() => closing.disposeAsync());

  it('has every kind of call applied exactly once', async () => {
    const source = await server.control.createSource({ name: 'segment-node', kind: 'node', family: 'segment' });
    const journey = journeyOf('segment-node');
    const { userId, anonymousId } = journey;
    const analytics = new Analytics({ writeKey: source.key, host: server.url });
    analytics.track({ anonymousId, event: 'Looked' });
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
    const device = {
      event: 'Device Created or Updated',
      context: { device: { token: journey.deviceToken, type: 'ios' } },
    };
    analytics.track({ userId, ...device, messageId: 'segment-node-device' });
    analytics.track({ userId, ...device, messageId: 'segment-node-device' });
    await analytics.closeAndFlush();

    await settled(server, source.id, journeyCalls);
    await expectJourney(server, journey);
    const { event } = await onlyEvent(server, 'segment-node-device');
    expect(event.context).toMatchObject({ library: { name: '@segment/analytics-node' } });
  });

  it('loses nothing over a kill and restart of the server between its retries', async () => {
    const source = await server.control.createSource({ name: 'segment-node restart', kind: 'node', family: 'segment' });
    const analytics = new Analytics({ writeKey: source.key, host: server.url, flushAt: 1 });
    analytics.track({ userId: 'segment-node-restart', event: 'Before' });
    await settled(server, source.id, 1);
    await server.kill();
    analytics.track({ userId: 'segment-node-restart', event: 'While away' });
    await server.start();
    await analytics.closeAndFlush();
    await settled(server, source.id, 2);
    const names = (await server.control.timeline('segment-node-restart')).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['Before', 'While away']);
  });
});
