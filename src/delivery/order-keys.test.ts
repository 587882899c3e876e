import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { orderKeys } from './order-keys.ts';

const keys = (change: Partial<CanonicalEvent>): readonly string[] =>
  orderKeys({
    type: 'track',
    messageId: 'm1',
    timestamp: '',
    receivedAt: '',
    context: {},
    integrations: {},
    version: 1,
    ...change,
  });

describe('orderKeys', () => {
  it('are the identifiers of the person, each once', () => {
    expect(keys({ userId: 'u1', anonymousId: 'a1', previousId: 'u1' })).toEqual(['u1', 'a1']);
    expect(keys({ type: 'alias', userId: 'u1', previousId: 'a1' })).toEqual(['u1', 'a1']);
  });

  it('know an email address wherever it stands, whatever its letter case', () => {
    const email = ['ada@example.com'];
    expect(keys({ userId: 'Ada@Example.com' })).toEqual(email);
    expect(keys({ type: 'identify', traits: { email: 'ADA@example.com' } })).toEqual(email);
    expect(keys({ context: { traits: { email: 'ada@example.com' } } })).toEqual(email);
    expect(keys({ userId: 'ada@example.com', traits: { email: 'Ada@example.com' } })).toEqual(email);
  });

  it('keep the letter case of other identifiers', () => {
    expect(keys({ userId: 'U1', anonymousId: 'u1' })).toEqual(['U1', 'u1']);
  });

  it('are the object where there is no person', () => {
    const [object] = keys({ type: 'group', groupId: 'acme' });
    expect(keys({ groupId: 'acme' })).toEqual([object]);
    expect(keys({ type: 'group', groupId: 'acme', traits: { objectTypeId: 2, email: 'info@acme.test' } })).not.toEqual([
      object,
    ]);
    expect(keys({ type: 'group', groupId: 'acme', userId: 'u1' })).toEqual(['u1']);
    // The anonymous id of a deleted object belongs to nobody.
    expect(keys({ event: 'Object Deleted', anonymousId: 'n/a', properties: { objectId: 'acme' } })).toEqual([object]);
  });

  it('never take a person for an object', () => {
    expect(keys({ userId: '1/acme' })).not.toEqual(keys({ groupId: 'acme' }));
  });

  it('are none where nobody is meant', () => {
    expect(keys({ event: 'Report Delivery Event' })).toEqual([]);
  });
});
