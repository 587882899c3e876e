import { describe, expect, it } from 'vitest';
import { canonicalise } from './canonicalise.ts';
import type { Finding } from './findings.ts';
import { deliveryMetrics, semanticEvents } from './semantic-events.ts';

const result = (call: object) =>
  canonicalise(call, {
    type: null,
    receivedAt: 0,
    receivedAtText: '1970-01-01T00:00:00.000Z',
    ip: null,
    strict: true,
    envelope: null,
    notes: [],
    newId: () => 'id',
  });

/** Fields of the faults of a call, in order. */
function faultFields(call: object): readonly (string | null)[] {
  const canonical = result(call);
  return canonical.ok ? [] : canonical.faults.map(({ field }) => field);
}
function firstFault(call: object): Finding | undefined {
  const canonical = result(call);
  return canonical.ok ? undefined : canonical.faults[0];
}

const track = (event: string, rest: object = {}) => ({ type: 'track', event, ...rest });

describe('checkCall', () => {
  it.each([
    { type: 'identify', userId: 'u' },
    { type: 'identify', anonymousId: 'a' },
    { type: 'identify', userId: '', traits: { email: 'a@b.co' } },
    { type: 'identify', userId: 'u', anonymousId: 'a' },
    track('E', { userId: 'u' }),
    track('E', { anonymousId: 'a', userId: null }),
    track('E', { groupId: 'g' }),
    { type: 'page', userId: 'u' },
    { type: 'page', anonymousId: 'a', name: 'Home', properties: { category: 'x' } },
    { type: 'screen', userId: 'u', name: '' },
    { type: 'group', groupId: 'g' },
    { type: 'group', groupId: 'g', userId: 'u', traits: { objectTypeId: 2 } },
    { type: 'alias', userId: 'u', previousId: 'a' },
  ])('takes %j', (call) => {
    expect(faultFields(call)).toEqual([]);
  });

  it.each([
    [{ type: 'identify' }, ['userId']],
    [{ type: 'identify', traits: { email: '' } }, ['userId']],
    [{ type: 'identify', traits: { email: 5 } }, ['userId']],
    [{ type: 'track', userId: 'u' }, ['event']],
    [{ type: 'track', event: '', userId: 'u' }, ['event']],
    [{ type: 'track' }, ['event', 'userId']],
    [track('E'), ['userId']],
    [{ type: 'page', groupId: 'g' }, ['userId']],
    [{ type: 'screen', name: 'S' }, ['userId']],
    [{ type: 'group', userId: 'u' }, ['groupId']],
    [{ type: 'group', groupId: 'g', traits: { objectTypeId: [1] } }, ['traits.objectTypeId']],
    [{ type: 'alias', userId: 'u' }, ['previousId']],
    [{ type: 'alias', previousId: 'a' }, ['userId']],
  ])('refuses %j, naming %j', (call, fields) => {
    expect(faultFields(call)).toEqual(fields);
  });

  const device = { device: { token: 't', type: 'ios' } };
  it.each([
    track('Device Created or Updated', { userId: 'u', context: device }),
    track('Device Created or Updated', { userId: 'u', properties: device }),
    track('Device Created or Updated', { userId: 'u', properties: { token: 't' } }),
    track('Device Created or Updated', { userId: 'u', context: { device: { token: 't', type: '' } } }),
    track('Device Deleted', { userId: 'u', context: device }),
    track('User Deleted', { userId: 'a@b.co' }),
    track('Delete Person', { userId: 'u' }),
    track('User Suppressed', { userId: 'u' }),
    track('User Unsuppressed', { traits: { email: 'a@b.co' } }),
    track('Relationship Deleted', { userId: 'u', properties: { objectId: 'o', objectTypeId: 1 } }),
    track('Relationship Deleted', { userId: 'u', context: { groupId: 'o' } }),
    track('Object Deleted', { anonymousId: 'n/a', properties: { objectId: 'acme', objectTypeId: '1' } }),
    track('Group Deleted', { groupId: 'acme' }),
    track('Object Deleted', { properties: { objectId: 7 } }),
    track('Report Delivery Event', { properties: { deliveryId: 'd', metric: 'opened' } }),
    track('Report Content Event', { anonymousId: 'a', properties: { activityType: 'viewed_content' } }),
    track('Report Content Event', { anonymousId: 'a', properties: { actionType: 'clicked_content' } }),
    track('Geofence Transition', { userId: 'u', properties: { geofenceId: '1', transition: 'enter' } }),
    track('Application Opened', { anonymousId: 'a' }),
    track('Application Installed', { anonymousId: 'a', context: { device: { token: 't', type: 'visionos' } } }),
  ])('takes %j', (call) => {
    expect(faultFields(call)).toEqual([]);
  });

  it.each([
    [track('Device Created or Updated', { userId: 'u' }), ['context.device.token']],
    [track('Device Created or Updated', { anonymousId: 'a', context: device }), ['userId']],
    [
      track('Device Created or Updated', { userId: 'u', context: { device: { token: 't', type: 'pager' } } }),
      ['context.device.type'],
    ],
    [track('Device Deleted', {}), ['userId', 'context.device.token']],
    [track('User Deleted', { anonymousId: 'a' }), ['userId']],
    [track('Delete Person', {}), ['userId']],
    [track('Relationship Deleted', { userId: 'u' }), ['properties.objectId']],
    [track('Object Deleted', { anonymousId: 'x' }), ['properties.objectId']],
    [track('Object Deleted', { properties: { objectId: 'o', objectTypeId: {} } }), ['properties.objectTypeId']],
    [track('Report Delivery Event', { anonymousId: 'a' }), ['properties.deliveryId', 'properties.metric']],
    [track('Report Delivery Event', { properties: { deliveryId: 'd', metric: 'eaten' } }), ['properties.metric']],
    [track('Report Content Event', { properties: { actionType: 'viewed_content' } }), ['anonymousId']],
    [track('Report Content Event', { anonymousId: 'a' }), ['properties.actionType']],
    [
      track('Report Content Event', { anonymousId: 'a', properties: { activityType: 'x' } }),
      ['properties.activityType'],
    ],
    [track('Geofence Transition', { userId: 'u' }), ['properties.geofenceId', 'properties.transition']],
    [
      track('Geofence Transition', { userId: 'u', properties: { geofenceId: 1, transition: 'dwell' } }),
      ['properties.transition'],
    ],
  ])('refuses %j, naming %j', (call, fields) => {
    expect(faultFields(call)).toEqual(fields);
  });

  it('names the allowed values of an enumeration', () => {
    const fault = firstFault(track('Report Delivery Event', { properties: { deliveryId: 'd', metric: 'eaten' } }));
    expect(fault?.reason).toBe('invalid_value');
    for (const metric of deliveryMetrics) expect(fault?.message).toContain(metric);
  });

  it('has a rule for every semantic event', () => {
    for (const name of semanticEvents) expect(faultFields(track(name))).not.toEqual([]);
  });

  it('notes a content event that can have no effect', () => {
    const canonical = result(
      track('Report Content Event', { anonymousId: 'a', properties: { actionType: 'viewed_content' } }),
    );
    expect(canonical.ok && canonical.event._leat?.notes).toMatchObject([{ reason: 'no_effect' }]);
  });
});
