import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alias, group, identify, track } from '../calls.fixture.ts';
import { testEpoch } from '../memory-log.fixture.ts';
import { WorkspaceBed } from '../sqlite/workspace-bed.fixture.ts';

let bed: WorkspaceBed;
beforeEach(() => {
  bed = new WorkspaceBed();
});
afterEach(() => bed.close());

const valuesOf = async (typeId: string, objectId: string) => {
  const object = await bed.reader.object(typeId, objectId);
  return object && Object.fromEntries(Object.entries(object.attributes).map(([name, { value }]) => [name, value]));
};

describe('a group call', () => {
  it('adds and updates an object, without a person', async () => {
    await bed.apply(
      group('acme', { name: 'Acme', createdAt: '2020-01-01', objectTypeId: '1' }),
      group('acme', { name: null, size: 5 }),
    );
    expect(await valuesOf('1', 'acme')).toEqual({ created_at: 1_577_836_800, size: 5 });
    expect(await bed.reader.objectTypes()).toEqual([{ id: '1', name: null, objects: 1 }]);
  });

  it.each([[{ objectTypeId: 2 }], [{ object_type_id: '2' }], [{ objectTypeId: '2' }]])(
    'reads the type from %j',
    async (traits) => {
      await bed.apply(group('acme', { ...traits, name: 'Acme' }));
      expect(await valuesOf('2', 'acme')).toEqual({ name: 'Acme' });
      expect(await valuesOf('1', 'acme')).toBeNull();
    },
  );

  it('relates the person, and writes attributes of the relationship', async () => {
    await bed.apply(
      group('acme', { relationshipAttributes: { role: 'guest', desk: 1 } }, { userId: 'u1' }),
      group('acme', { relationshipAttributes: { role: 'owner', desk: null } }, { userId: 'u1' }),
      group('acme', {}, { userId: 'u2' }),
    );
    const { items } = await bed.reader.related('1', 'acme', null, 10);
    expect(items).toMatchObject([
      { person: { id: 'u1' }, attributes: { role: 'owner' } },
      { person: { id: 'u2' }, attributes: {} },
    ]);
    expect(items[0]?.attributes).not.toHaveProperty('desk');
  });

  it('lists objects of a type and people of an object by the page', async () => {
    for (let n = 0; n < 7; n++)
      await bed.apply(group(`o${n}`, {}, { userId: 'u1' }), group('all', {}, { userId: `p${n}` }));
    const objects: string[] = [];
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await bed.reader.objects('1', cursor, 3);
      objects.push(...page.items.map(({ objectId }) => objectId));
      cursor = page.next;
    }
    expect(objects).toEqual(['all', 'o0', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6']);
    const first = await bed.reader.related('1', 'all', null, 4);
    const rest = await bed.reader.related('1', 'all', first.next, 4);
    expect([...first.items, ...rest.items].map(({ person }) => person.id)).toEqual(
      Array.from({ length: 7 }, (_, n) => `p${n}`),
    );
    expect(rest.next).toBeNull();
  });
});

describe('a deleted object', () => {
  it.each([
    ['Object Deleted', { properties: { objectId: 'acme', objectTypeId: 1 } }],
    ['Group Deleted', { properties: { objectId: 'acme' } }],
    ['Object Deleted', { groupId: 'acme' }],
    ['Object Deleted', { context: { groupId: 'acme' } }],
  ])('is gone with its relationships after %s with %j', async (event, fields) => {
    await bed.apply(group('acme', { name: 'Acme', relationshipAttributes: { role: 'owner' } }, { userId: 'u1' }), {
      type: 'track',
      anonymousId: 'n/a',
      event,
      ...fields,
    });
    expect(await valuesOf('1', 'acme')).toBeNull();
    expect((await bed.reader.person('u1'))?.relationships).toEqual([]);
    expect(await bed.reader.objectTypes()).toEqual([{ id: '1', name: null, objects: 0 }]);
    expect(await bed.reader.person('n/a')).toBeNull();
    expect((await bed.reader.timeline('n/a', null, 10)).items).toEqual([]);
  });

  it('can come back without relationships, and takes only newer attributes', async () => {
    await bed.apply(group('acme', { name: 'Acme' }, { userId: 'u1' }));
    bed.append(
      { type: 'track', event: 'Object Deleted', properties: { objectId: 'acme' } },
      { received: testEpoch + 10 },
    );
    bed.append(group('acme', { name: 'late' }), { at: testEpoch + 5, received: testEpoch + 15 });
    bed.append(group('acme', { size: 5 }), { received: testEpoch + 20 });
    await bed.catchUp();
    expect(await valuesOf('1', 'acme')).toEqual({ size: 5 });
    expect((await bed.reader.related('1', 'acme', null, 10)).items).toEqual([]);
  });
});

describe('a deleted relationship', () => {
  it('is gone, and nothing else', async () => {
    await bed.apply(
      identify('u1', { email: 'ada@example.com' }),
      group('acme', {}, { userId: 'u1' }),
      group('beta', {}, { userId: 'u1' }),
      track('ada@example.com', 'Relationship Deleted', { objectId: 'acme' }),
      track('nobody', 'Relationship Deleted', { objectId: 'acme' }),
    );
    expect((await bed.reader.person('u1'))?.relationships.map(({ objectId }) => objectId)).toEqual(['beta']);
    expect(await bed.reader.effect(0, 5)).toMatchObject({
      outcome: 'delivered',
      notes: ['there is no such relationship'],
    });
    expect(await bed.reader.person('nobody')).toBeNull();
  });

  it('may be that of an anonymous id, for which nothing is made', async () => {
    const unrelate = { type: 'track', event: 'Relationship Deleted', properties: { objectId: 'acme' } } as const;
    await bed.apply(
      group('acme', {}, { anonymousId: 'a1' }),
      group('beta', {}, { anonymousId: 'a1' }),
      { ...unrelate, anonymousId: 'a1' },
      identify('u1', {}, { anonymousId: 'a1' }),
    );
    expect((await bed.reader.person('u1'))?.relationships.map(({ objectId }) => objectId)).toEqual(['beta']);
    await bed.apply({ ...unrelate, anonymousId: 'a1' });
    expect((await bed.reader.effect(0, 5))?.person).toBe((await bed.reader.person('u1'))?.identifiers.cioId);
    await bed.apply(track('u1', 'User Deleted'), { ...unrelate, anonymousId: 'a1' }, alias('u2', 'a1'));
    expect((await bed.reader.effect(0, 8))?.notes).toEqual([
      'nobody was known as a1 yet; it leads to this person from now on',
    ]);
    await bed.apply(track('u2', 'User Suppressed'), { ...unrelate, anonymousId: 'a1' });
    expect(await bed.reader.effect(0, 10)).toMatchObject({ outcome: 'discarded', reason: 'suppressed' });
  });

  it('with _update changes the object only if there is one', async () => {
    await bed.apply(
      group('acme', { name: 'Acme', _update: true }, { userId: 'u1' }),
      group('acme', { city: 'Leeds' }),
      group('acme', { name: 'Acme', _update: true }),
    );
    expect(await bed.reader.effect(0, 1)).toMatchObject({ outcome: 'discarded', reason: 'object_missing' });
    const attributes = (await bed.reader.object('1', 'acme'))?.attributes;
    expect(Object.keys(attributes ?? {})).toEqual(['city', 'name']);
  });

  it('with _timestamp takes its place in time', async () => {
    await bed.apply(
      group('acme', { name: 'new', _timestamp: 2000 }),
      group('acme', { name: 'old', city: 'Leeds', _timestamp: 1000 }),
    );
    expect((await bed.reader.object('1', 'acme'))?.attributes).toEqual({
      name: { value: 'new', at: 2_000_000 },
      city: { value: 'Leeds', at: 1_000_000 },
    });
  });
});
