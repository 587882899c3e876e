import { describe, expect, it } from 'vitest';
import {
  deletedObjectId,
  deletedObjectTypeId,
  deviceToken,
  deviceType,
  groupObjectTypeId,
  semanticAliases,
  semanticEvent,
  semanticEvents,
} from './semantic-events.ts';

describe('semantic events', () => {
  it('are known by their names and their older names, exactly as written', () => {
    for (const name of semanticEvents) expect(semanticEvent(name)).toBe(name);
    for (const [alias, name] of semanticAliases) expect(semanticEvent(alias)).toBe(name);
    expect(semanticEvent('user deleted')).toBeNull();
    expect(semanticEvent('constructor')).toBeNull();
  });

  it('have their device token in the context, else in the properties', () => {
    const properties = { device: { token: 'p', type: 'web' }, token: 't' };
    expect(deviceToken({ context: { device: { token: 'c' } }, properties })).toBe('c');
    expect(deviceToken({ context: { device: { token: '' } }, properties })).toBe('p');
    expect(deviceToken({ context: {}, properties: { token: 't' } })).toBe('t');
    expect(deviceToken({ context: { device: null } })).toBeNull();
    expect(deviceType({ context: {}, properties })).toBe('web');
  });

  it('have their object in the properties, else in groupId, else in context.groupId', () => {
    expect(deletedObjectId({ context: { groupId: 'c' }, groupId: 'g', properties: { objectId: 5 } })).toBe('5');
    expect(deletedObjectId({ context: { groupId: 'c' }, groupId: 'g' })).toBe('g');
    expect(deletedObjectId({ context: { groupId: 'c' } })).toBe('c');
    expect(deletedObjectId({ context: {} })).toBeNull();
    expect(deletedObjectTypeId({ context: {} })).toBe('1');
    expect(deletedObjectTypeId({ context: {}, properties: { objectTypeId: 2 } })).toBe('2');
    expect(groupObjectTypeId({ object_type_id: '3', objectTypeId: 4 })).toBe('3');
    expect(groupObjectTypeId({ objectTypeId: 4 })).toBe('4');
    expect(groupObjectTypeId(undefined)).toBe('1');
  });
});
