import { describe, expect, it } from 'vitest';
import type { Action, Destination } from '../control/model.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { JsonObject } from '../lib/json.ts';
import { defaultActions } from './default-actions.fixture.ts';
import { explainRoute } from './explain-route.ts';
import { compileRouter } from './router.ts';

const event: CanonicalEvent = {
  type: 'track',
  event: 'Application Opened',
  messageId: 'm1',
  userId: 'u1',
  timestamp: '2026-01-01T00:00:00.000Z',
  receivedAt: '2026-01-01T00:00:00.000Z',
  properties: { version: '1' },
  context: { device: { token: 't', type: 'ios' } },
  integrations: {},
  version: 1,
};
const action = (kind: string, trigger: string, mapping: JsonObject = {}, enabled = true): Action => ({
  id: `a_${kind}`,
  kind,
  name: kind,
  enabled,
  trigger,
  mapping,
});
const destination = (changes: Partial<Destination> = {}): Destination => ({
  id: 'd1',
  name: 'My CRM',
  kind: 'customerio',
  enabled: true,
  settings: {},
  sourceIds: null,
  actions: defaultActions,
  version: 3,
  createdAt: 0,
  startFrom: 'now',
  ...changes,
});
const options = { integrationNames: ['Customer.io', 'Customer.io Data Pipelines'] };

describe('compileRouter', () => {
  it('gives every enabled action that matches, in their order, with its mapped payload', () => {
    const route = compileRouter(destination()).route(event, 's1');
    expect(route).toMatchObject({
      kind: 'matched',
      actions: [
        { action: { kind: 'track_event' }, payload: { id: 'u1', name: 'Application Opened', event_id: 'm1' } },
        { action: { kind: 'upsert_device' }, payload: { person_id: 'u1', device_id: 't', platform: 'ios' } },
      ],
    });
  });

  it('maps to an empty payload where a mapping yields no object', () => {
    const actions = [action('a', 'type = "track"', { '@path': '$.properties.gone' })];
    expect(compileRouter(destination({ actions })).route(event, 's1')).toMatchObject({ actions: [{ payload: {} }] });
  });

  it.each<[string, Partial<Destination>]>([
    ['disabled', { enabled: false, sourceIds: [] }],
    ['source_not_connected', { sourceIds: ['s2'] }],
    ['no_action_matches', { actions: [] }],
    ['no_action_matches', { actions: [action('a', 'type = "page"'), action('b', 'type = "track"', {}, false)] }],
  ])('filters with the reason %s', (reason, changes) => {
    expect(compileRouter(destination(changes)).route(event, 's1')).toEqual({ kind: 'filtered', reason });
    expect(explainRoute(destination(changes), event, 's1')).toMatchObject({ matched: false, reason });
  });

  it('takes a connected source', () => {
    expect(compileRouter(destination({ sourceIds: ['s1'] })).route(event, 's1').kind).toBe('matched');
  });

  it.each<[JsonObject, boolean, string | undefined]>([
    [{}, true, undefined],
    [{ All: true }, true, 'All'],
    [{ All: false }, false, 'All'],
    [{ All: false, 'My CRM': true }, true, 'My CRM'],
    [{ All: false, 'Customer.io': { option: 1 } }, true, 'Customer.io'],
    [{ All: false, 'Customer.io Data Pipelines': true }, true, 'Customer.io Data Pipelines'],
    [{ All: false, 'customer.io': true }, false, 'All'],
    [{ 'Customer.io': false }, false, 'Customer.io'],
    [{ 'Customer.io': false, 'My CRM': true }, true, 'My CRM'],
    [{ 'Customer.io': null }, true, undefined],
    [{ Other: false }, true, undefined],
    [{ all: false }, true, undefined],
  ])('honours integrations %j', (integrations, allowed, by) => {
    const route = compileRouter(destination(), options).route({ ...event, integrations }, 's1');
    expect(route).toMatchObject(allowed ? { kind: 'matched' } : { kind: 'filtered', reason: 'integrations' });
    expect(explainRoute(destination(), { ...event, integrations }, 's1', options)).toMatchObject({
      matched: allowed,
      ...(by && { integrationsEntry: by }),
    });
  });

  it('names the action and the field of what cannot be read', () => {
    const good = action('a', 'type = "track"');
    expect(() => compileRouter(destination({ actions: [good, action('b', 'type = track')] }))).toThrow(
      expect.objectContaining({
        field: 'actions[1].trigger',
        message:
          'Action "b": Trigger, column 8: expected a quoted string, a number, true, false or null, found track. Text needs quotes: "track".',
      }),
    );
    const wrong = action('b', 'type = "track"', { data: { '@nope': 1 } });
    expect(() => compileRouter(destination({ actions: [good, wrong] }))).toThrow(
      expect.objectContaining({ field: 'actions[1].mapping.data' }),
    );
  });

  it('does not mind an action that is off and cannot be read', () => {
    const actions = [action('a', 'type = "track"'), action('b', '===', {}, false)];
    expect(compileRouter(destination({ actions })).route(event, 's1').kind).toBe('matched');
  });
});

describe('explainRoute', () => {
  it('shows the trigger of every action and the mapping of those that match', () => {
    const actions = [
      action('a', 'type = "track" and contains(event, "Opened")', { id: '$.userId' }),
      action('b', 'type = "page"'),
      action('c', 'type = "track"', {}, false),
      action('d', '==='),
    ];
    expect(explainRoute(destination({ actions }), event, 's1')).toMatchObject({
      destinationId: 'd1',
      destinationVersion: 3,
      matched: true,
      actions: [
        {
          kind: 'a',
          matched: true,
          trigger: { kind: 'and', matched: true, clauses: [{ found: 'track' }, { found: 'Application Opened' }] },
          payload: { id: 'u1' },
          fields: [{ field: 'id', value: 'u1', reads: [{ path: '$.userId', value: 'u1' }] }],
        },
        { kind: 'b', matched: false, trigger: { matched: false } },
        { kind: 'c', enabled: false, matched: false, trigger: { matched: true } },
        { kind: 'd', matched: false, problem: expect.stringContaining('Trigger, column 1') },
      ],
    });
  });
});
