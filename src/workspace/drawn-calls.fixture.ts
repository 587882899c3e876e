// Draws calls of every kind about a handful of people, so that they collide: the food of property tests.
import * as fc from 'fast-check';
import { testEpoch } from './memory-log.fixture.ts';
import type { TestCall, TestTimes } from './memory-log.fixture.ts';

export interface DrawnCall {
  readonly call: TestCall;
  /** ms since the event before was received. */
  readonly gap: number;
  /** ms between the event and its receipt. */
  readonly age: number;
}

const day = 86_400_000;
const users = fc.constantFrom('u1', 'u2', 'u3', 'u4', 'a1', 'ada@example.com', 'Ada@Example.com', 'bob@example.com');
const anonymous = fc.constantFrom('a1', 'a2', 'a3', 'u3');
const objects = fc.constantFrom('acme', 'beta', 'gamma');
const tokens = fc.constantFrom('t1', 't2');
const value = fc.oneof(
  fc.constantFrom<null | string | number | boolean>('x', 'y', 1, true, null, '', '2024-02-29', 'é'.repeat(600)),
  fc.constant({ city: 'Leeds' }),
);
const traits = fc
  .record(
    {
      email: fc.constantFrom('ada@example.com', 'bob@example.com', 'eve@example.com', '', null, 'no address'),
      plan: value,
      color: value,
      score: value,
      __proto__x: value,
      createdAt: fc.constantFrom('2020-01-01T00:00:00Z', 1_600_000_000, 'sometime'),
      unsubscribed: fc.constantFrom('TRUE', 0, true, null),
      id: fc.constantFrom('u1', 'u9'),
      objectId: objects,
      relationshipAttributes: fc.record({ role: value }),
      'cio_subscription_preferences.topics.topic_1': fc.constantFrom(true, false, null),
      cio_subscription_preferences: fc.constantFrom({ topics: { topic_1: true, topic_2: false } }, null, {}),
      cio_relationships: fc.constantFrom(
        [{ identifiers: { object_id: 'beta' }, relationship_attributes: { since: 1 } }],
        {
          action: 'remove_relationships',
          relationships: [{ identifiers: { object_type_id: '1', object_id: 'acme' } }],
        },
        'nonsense',
      ),
      _update: fc.constant(true),
    },
    { requiredKeys: [] },
  )
  .map((record) => JSON.parse(JSON.stringify(record).replace('__proto__x', '__proto__')) as TestCall['traits']);

const controls = fc.constantFrom({}, {}, { _update: true }, { _timestamp: 1_600_000_000 });

const someone = fc.oneof(
  fc.record({ userId: users }),
  fc.record({ anonymousId: anonymous }),
  fc.record({ userId: users, anonymousId: anonymous }),
);
const track = (event: string, more: fc.Arbitrary<object>): fc.Arbitrary<TestCall> =>
  more.map((fields) => ({ type: 'track', event, ...fields }));
const device = tokens.map((token) => ({ context: { device: { token, type: 'ios' } }, properties: { v: token } }));

const call: fc.Arbitrary<TestCall> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(someone, traits).map(([who, t]): TestCall => ({ type: 'identify', ...who, traits: t })),
  },
  {
    weight: 8,
    arbitrary: someone.map((who): TestCall => ({ type: 'track', event: 'Looked', properties: { n: 1 }, ...who })),
  },
  { weight: 1, arbitrary: someone.map((who): TestCall => ({ type: 'page', ...who, properties: { url: '/x' } })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.oneof(someone, fc.constant({})), objects, value, controls)
      .map(([who, groupId, role, control]): TestCall => ({
        type: 'group',
        groupId,
        traits: { name: groupId, role, relationshipAttributes: { role }, ...control },
        ...who,
      })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(users, fc.oneof(users, anonymous))
      .map(([userId, previousId]): TestCall => ({ type: 'alias', userId, previousId })),
  },
  { weight: 2, arbitrary: track('User Deleted', fc.record({ userId: users })) },
  { weight: 1, arbitrary: track('User Suppressed', fc.record({ userId: fc.oneof(users, anonymous) })) },
  { weight: 2, arbitrary: track('User Unsuppressed', fc.record({ userId: fc.oneof(users, anonymous) })) },
  {
    weight: 2,
    arbitrary: track(
      'Device Created or Updated',
      fc.tuple(fc.record({ userId: users }), device).map(([a, b]) => ({ ...a, ...b })),
    ),
  },
  {
    weight: 1,
    arbitrary: track(
      'Application Opened',
      fc.tuple(someone, device).map(([a, b]) => ({ ...a, ...b })),
    ),
  },
  {
    weight: 1,
    arbitrary: track(
      'Device Deleted',
      fc.tuple(fc.record({ userId: users }), device).map(([a, b]) => ({ ...a, ...b })),
    ),
  },
  {
    weight: 2,
    arbitrary: track(
      'Relationship Deleted',
      fc.tuple(users, objects).map(([userId, objectId]) => ({ userId, properties: { objectId } })),
    ),
  },
  {
    weight: 2,
    arbitrary: track(
      'Object Deleted',
      objects.map((objectId) => ({ anonymousId: 'n/a', properties: { objectId } })),
    ),
  },
  {
    weight: 1,
    arbitrary: track('Report Delivery Event', fc.constant({ properties: { deliveryId: 'd1', metric: 'opened' } })),
  },
  {
    weight: 1,
    arbitrary: track(
      'Report Content Event',
      someone.map((who) => ({ ...who, properties: { contentId: 7, templateId: 8, actionType: 'viewed_content' } })),
    ),
  },
  {
    weight: 1,
    arbitrary: track(
      'Geofence Transition',
      fc.tuple(users, fc.constantFrom('x1', 'x2')).map(([userId, transitionId]) => ({
        userId,
        properties: { geofenceId: 'g', transition: 'enter', transitionId },
      })),
    ),
  },
);

/** A history: calls in the order of the log, received minutes to weeks apart, some late by weeks. */
export const drawnCalls: fc.Arbitrary<readonly DrawnCall[]> = fc.array(
  fc.record({
    call,
    gap: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
      fc.integer({ min: -5 * day, max: 20 * day }),
    ),
    age: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      fc.integer({ min: 0, max: 120_000 }),
      fc.integer({ min: -day / 2, max: 40 * day }),
    ),
  }),
  { minLength: 1, maxLength: 60 },
);

/** The calls with the times at which they happened and came in. */
export function timed(calls: readonly DrawnCall[]): readonly (readonly [TestCall, TestTimes])[] {
  let received = testEpoch;
  return calls.map(({ call, gap, age }) => {
    received += gap;
    return [call, { received, at: received - age }];
  });
}
