import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from './canonical-event.ts';
import { personKey } from './person-key.ts';

const event = (rest: Partial<CanonicalEvent>): CanonicalEvent => ({
  type: 'track',
  messageId: 'm1',
  timestamp: '',
  receivedAt: '',
  context: {},
  integrations: {},
  version: 1,
  ...rest,
});

describe('personKey', () => {
  it.each([
    [{ userId: 'U1', anonymousId: 'a', traits: { email: 'x@y.z' } }, 'U1'],
    [{ userId: 'Ada@Example.com' }, 'ada@example.com'],
    [{ traits: { email: 'Ada@Example.com' }, anonymousId: 'a' }, 'ada@example.com'],
    [{ anonymousId: 'a', groupId: 'g' }, 'a'],
    [{ type: 'group', groupId: 'g' }, '1/g'],
    [{ type: 'group', groupId: 'g', traits: { objectTypeId: 2 } }, '2/g'],
    [{ event: 'Object Deleted', anonymousId: 'n/a', properties: { objectId: 'o', objectTypeId: 3 } }, '3/o'],
    [{}, 'm1'],
  ] as const)('of %j is %s', (rest, key) => {
    expect(personKey(event(rest as Partial<CanonicalEvent>))).toBe(key);
  });
});
