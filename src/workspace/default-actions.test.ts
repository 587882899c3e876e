import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileRouter } from '../routing/router.ts';
import { workspaceKind } from './actions/workspace-kind.ts';
import { identify, track, trackAnonymous } from './calls.fixture.ts';
import type { TestCall } from './memory-log.fixture.ts';
import { WorkspaceBed, workspaceDestination } from './sqlite/workspace-bed.fixture.ts';

let bed: WorkspaceBed;
beforeEach(() => {
  bed = new WorkspaceBed();
});
afterEach(() => bed.close());

const timeline = async (identifier: string) => (await bed.reader.timeline(identifier, null, 100)).items;

describe('the default actions', () => {
  it('compile, and map only fields that their action has', () => {
    expect(compileRouter(workspaceDestination).destination.actions).toHaveLength(16);
    for (const { fields, defaultMapping } of workspaceKind.actions)
      expect(Object.keys(fields.shape)).toEqual(expect.arrayContaining(Object.keys(defaultMapping)));
  });

  it('land custom events, pages and screens on the timeline, pages by their address', async () => {
    await bed.apply(
      track('u1', 'Order Completed', { total: 12.5 }),
      { type: 'page', userId: 'u1', name: 'Home', properties: { url: 'https://example.com/' } },
      { type: 'page', userId: 'u1', name: 'Home', context: { page: { url: 'https://example.com/c' } } },
      { type: 'page', userId: 'u1', name: 'Home' },
      { type: 'screen', userId: 'u1', name: 'Basket' },
      { type: 'screen', userId: 'u1' },
    );
    expect((await timeline('u1')).toReversed().map(({ type, name, messageId }) => [type, name, messageId])).toEqual([
      ['track', 'Order Completed', 'm1'],
      ['page', 'https://example.com/', 'm2'],
      ['page', 'https://example.com/c', 'm3'],
      ['page', 'Home', 'm4'],
      ['screen', 'Basket', 'm5'],
      ['screen', 'screen', 'm6'],
    ]);
  });

  it.each([
    'User Deleted',
    'Delete Person',
    'User Suppressed',
    'User Unsuppressed',
    'Relationship Deleted',
    'Object Deleted',
    'Group Deleted',
    'Report Delivery Event',
    'Report Content Event',
  ])('do not land %s as a custom event', async (event) => {
    const properties = {
      objectId: 'o1',
      deliveryId: 'd1',
      metric: 'opened',
      contentId: 1,
      templateId: 2,
      actionType: 'viewed_content',
    };
    await bed.apply({ type: 'track', anonymousId: 'a1', userId: 'u1', event, properties });
    expect(await bed.reader.effect(0, 1)).toMatchObject({ outcome: 'delivered', reason: null });
    expect(await timeline('u1')).toEqual([]);
    expect(await timeline('a1')).toEqual([]);
  });

  it('let a track call with only a groupId pass by', async () => {
    await bed.apply({ type: 'track', groupId: 'acme', event: 'Looked' });
    expect(await bed.reader.effect(0, 1)).toMatchObject({ outcome: 'filtered', person: null });
  });

  it('discard an event whose name is too long, and take a page with a long address', async () => {
    const url = `https://example.com/${'x'.repeat(200)}`;
    await bed.apply(track('u1', 'x'.repeat(101)), { type: 'page', userId: 'u1', properties: { url } });
    expect(await bed.reader.effect(0, 1)).toMatchObject({ outcome: 'discarded', reason: 'too_long' });
    expect((await timeline('u1')).map(({ name }) => name)).toEqual([url]);
  });

  it('leave out what a call’s integrations keep away', async () => {
    await bed.apply(
      track('u1', 'a', {}, { integrations: { All: false } }),
      track('u1', 'b', {}, { integrations: { All: false, 'Customer.io': true } }),
      track('u1', 'c', {}, { integrations: { 'Customer.io': false } }),
    );
    expect((await timeline('u1')).map(({ name }) => name)).toEqual(['b']);
    expect(await bed.reader.effect(0, 1)).toMatchObject({ outcome: 'filtered' });
  });
});

describe('reports', () => {
  it('of a message are kept by delivery, all eight metrics, and make nobody', async () => {
    const metrics = ['bounced', 'clicked', 'converted', 'deferred', 'delivered', 'dropped', 'opened', 'spammed'];
    const report = (metric: string): TestCall => ({
      ...trackAnonymous('d1', 'Report Delivery Event'),
      properties: { deliveryId: 'd1', metric, recipient: 'token', href: 'https://example.com', actionName: 'go' },
    });
    await bed.apply(...metrics.map(report), report('invented'));
    const kept = await bed.reader.deliveryMetrics('d1');
    expect(kept.map(({ metric }) => metric)).toEqual(metrics);
    expect(kept[0]).toMatchObject({ recipient: 'token', href: 'https://example.com', actionName: 'go', reason: null });
    expect(await bed.reader.effect(0, 9)).toMatchObject({ outcome: 'discarded', reason: 'invalid' });
    expect(await bed.reader.person('d1')).toBeNull();
  });

  it('of content are kept by content, under either name of the action', async () => {
    const report = (more: object): TestCall => ({
      ...trackAnonymous('a1', 'Report Content Event'),
      properties: { contentId: 7, templateId: 8, contentType: 'in_app_content', ...more },
    });
    await bed.apply(
      report({ actionType: 'viewed_content' }),
      identify('u1', {}, { anonymousId: 'a1' }),
      report({ activityType: 'clicked_content', actionName: 'go' }),
      report({ actionType: 'viewed_content', templateId: undefined }),
    );
    const person = (await bed.reader.person('u1'))?.identifiers.cioId;
    expect((await bed.reader.contentReports('7', null, 10)).items).toMatchObject([
      { actionType: 'clicked_content', actionName: 'go', templateId: '8', person },
      { actionType: 'viewed_content', contentType: 'in_app_content', person },
    ]);
    expect(await bed.reader.effect(0, 4)).toMatchObject({ outcome: 'discarded', reason: 'invalid' });
  });

  it('of a geofence transition land once', async () => {
    const transition = (properties: object): TestCall =>
      track('u1', 'Geofence Transition', { transition: 'enter', ...properties });
    await bed.apply(
      transition({ geofenceId: 'g', transitionId: 'x', geosetId: 's' }),
      transition({ geofenceId: 'g', transitionId: 'x', geosetId: 's' }),
      transition({ geofenceId: 'g', transitionId: 'x', geosetId: 'other' }),
      transition({ geofenceId: 'g' }),
      transition({ geofenceId: 'g' }),
    );
    expect((await timeline('u1')).map(({ messageId }) => messageId)).toEqual(['m5', 'm4', 'm3', 'm1']);
    expect((await bed.reader.effect(0, 2))?.notes).toEqual(['this transition has been reported before']);
  });
});
