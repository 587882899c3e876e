import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { group, identify, track, valuesOf } from '../calls.fixture.ts';
import { testEpoch } from '../memory-log.fixture.ts';
import { WorkspaceBed } from '../sqlite/workspace-bed.fixture.ts';
import { defaultWorkspaceSettings } from '../workspace-settings.ts';

let bed: WorkspaceBed;
beforeEach(() => {
  bed = new WorkspaceBed();
});
afterEach(() => bed.close());

const person = (identifier: string) => bed.reader.person(identifier);
const effect = (offset: number) => bed.reader.effect(0, offset);

describe('an identify call', () => {
  it('adds a person and updates only what it names', async () => {
    await bed.apply(identify('u1', { plan: 'free', city: 'Leeds' }), identify('u1', { plan: 'pro' }));
    expect(valuesOf(await person('u1'))).toEqual({ plan: 'pro', city: 'Leeds' });
    expect(await effect(1)).toMatchObject({
      outcome: 'delivered',
      changes: ['person created', 'attribute plan', 'attribute city'],
    });
    expect(await effect(2)).toMatchObject({ outcome: 'delivered', changes: ['attribute plan'], notes: [] });
  });

  it('tells ids apart by letter case, and email addresses not', async () => {
    await bed.apply(identify('u1'), identify('U1'), identify('Ada@Example.com'), identify('ADA@example.com', { n: 1 }));
    expect((await person('u1'))?.identifiers.cioId).not.toBe((await person('U1'))?.identifiers.cioId);
    const ada = await person('aDa@example.com');
    expect(ada?.identifiers).toMatchObject({ id: null, email: 'ada@example.com' });
    expect(valuesOf(ada)).toEqual({ email: 'Ada@Example.com', n: 1 });
    expect((await bed.reader.searchPeople('', null, 10)).items).toHaveLength(3);
  });

  it('is taken with an email address as the only identifier', async () => {
    await bed.apply(identify(null, { email: 'ada@example.com', plan: 'pro' }));
    expect(valuesOf(await person('ada@example.com'))).toEqual({ email: 'ada@example.com', plan: 'pro' });
  });

  it('is not for the workspace when it names nobody', async () => {
    await bed.apply(identify(null, { plan: 'pro' }, { anonymousId: 'a1' }));
    expect(await effect(1)).toMatchObject({ outcome: 'filtered', changes: [] });
    expect((await bed.reader.searchPeople('', null, 10)).items).toEqual([]);
  });

  it('is discarded when its only identifier is an email address that is none', async () => {
    await bed.apply(identify(null, { email: 'nobody' }));
    expect(await effect(1)).toMatchObject({ outcome: 'discarded', reason: 'invalid' });
  });

  it('gives a new id to the person who has the email address and no id', async () => {
    await bed.apply(identify('ada@example.com', { plan: 'pro' }), identify('u1', { email: 'Ada@example.com' }));
    const ada = await person('u1');
    expect(ada?.identifiers).toMatchObject({ id: 'u1', email: 'ada@example.com' });
    expect(valuesOf(ada)).toMatchObject({ plan: 'pro' });
  });

  it('gives a new email address to the person who has the id and no address', async () => {
    await bed.apply(identify('u1'), identify('ada@example.com', { id: 'u1' }));
    expect((await person('ada@example.com'))?.identifiers).toMatchObject({ id: 'u1', email: 'ada@example.com' });
  });

  it('leaves two people apart when their identifiers conflict, and says so', async () => {
    await bed.apply(
      identify('u1', { email: 'ada@example.com' }),
      identify('u2', { email: 'ada@example.com', plan: 'pro' }),
    );
    expect((await person('ada@example.com'))?.identifiers.id).toBe('u1');
    expect(valuesOf(await person('u2'))).toEqual({ plan: 'pro' });
    expect((await effect(2))?.notes).toEqual(['Attribute Update Failure: email belongs to another person']);
  });

  it('changes the email address of a person addressed by id, which frees the old one', async () => {
    await bed.apply(
      identify('u1', { email: 'old@example.com' }),
      identify('u1', { email: 'new@example.com' }),
      identify('u2', { email: 'old@example.com' }),
    );
    expect((await person('new@example.com'))?.identifiers.id).toBe('u1');
    expect((await person('old@example.com'))?.identifiers.id).toBe('u2');
  });

  it('changes neither id nor address of a person addressed by address', async () => {
    await bed.apply(
      identify('u1', { email: 'ada@example.com' }),
      identify('ada@example.com', { id: 'u2', email: 'eve@example.com' }),
    );
    expect((await person('u1'))?.identifiers).toMatchObject({ id: 'u1', email: 'ada@example.com' });
    expect((await effect(2))?.notes).toHaveLength(2);
  });

  it('changes id and address of a person addressed by cio_ id', async () => {
    await bed.apply(identify('u1', { email: 'ada@example.com' }));
    const cioId = (await person('u1'))?.identifiers.cioId ?? '';
    await bed.apply(identify(cioId, { id: 'u2', email: 'eve@example.com' }));
    expect((await person(cioId))?.identifiers).toMatchObject({ id: 'u2', email: 'eve@example.com' });
    expect(await person('u1')).toBeNull();
    expect(await person('ada@example.com')).toBeNull();
  });

  it('is dropped when it addresses a cio_ id of nobody', async () => {
    await bed.apply(identify('cio_00000099', { plan: 'pro' }));
    expect(await effect(1)).toMatchObject({ outcome: 'discarded', reason: 'unknown_cio_id' });
  });

  it('keeps the newer address when an older one arrives late', async () => {
    bed.append(identify('u1', { email: 'new@example.com' }), { at: testEpoch });
    bed.append(identify('u1', { email: 'old@example.com' }), { at: testEpoch - 1000 });
    await bed.catchUp();
    expect((await person('u1'))?.identifiers.email).toBe('new@example.com');
    expect(await person('old@example.com')).toBeNull();
  });

  it('keeps the address that a person known by the id trait got, when an older one arrives late', async () => {
    bed.append(identify('u1'), { at: testEpoch - 5000 });
    bed.append(identify('New@example.com', { id: 'u1', plan: 'pro' }), { at: testEpoch });
    bed.append(identify('u1', { email: 'old@example.com' }), { at: testEpoch - 1000 });
    await bed.catchUp();
    const found = await person('u1');
    expect(found?.identifiers.email).toBe('new@example.com');
    expect(found?.attributes['email']).toEqual({ value: 'New@example.com', at: testEpoch });
    expect(await person('old@example.com')).toBeNull();
  });

  it('gives no address that was removed from the person later than the call', async () => {
    bed.append(identify('u1', { email: 'ada@example.com' }), { at: testEpoch - 5000 });
    bed.append(identify('u1', { email: null }), { at: testEpoch });
    bed.append(identify('eve@example.com', { id: 'u1', plan: 'pro' }), { at: testEpoch - 1000 });
    await bed.catchUp();
    expect((await person('u1'))?.identifiers.email).toBeNull();
    expect(valuesOf(await person('u1'))).toEqual({ plan: 'pro' });
    expect((await effect(3))?.notes).toEqual(['attribute email: older than what is stored']);
  });

  it('makes another person of a new id beside the address of somebody who has an id', async () => {
    await bed.apply(
      identify('u1', { email: 'ada@example.com', plan: 'free' }),
      identify('u2', { email: 'Ada@example.com', plan: 'pro' }),
      track('u2', 'Ordered'),
    );
    expect(valuesOf(await person('u1'))).toEqual({ email: 'ada@example.com', plan: 'free' });
    expect((await person('u2'))?.identifiers).toMatchObject({ id: 'u2', email: null });
    expect((await effect(2))?.changes).toEqual(['person created', 'attribute plan']);
    expect((await effect(2))?.notes).toEqual(['Attribute Update Failure: email belongs to another person']);
  });

  it('removes an address when the person is known otherwise', async () => {
    await bed.apply(identify('u1', { email: 'ada@example.com' }), identify('u1', { email: null }));
    expect((await person('u1'))?.identifiers.email).toBeNull();
    expect(await person('ada@example.com')).toBeNull();
    await bed.apply(identify('eve@example.com'), identify('eve@example.com', { email: '' }));
    expect((await person('eve@example.com'))?.identifiers.email).toBe('eve@example.com');
  });

  it('notes an address that is none and applies the rest', async () => {
    await bed.apply(identify('u1', { email: 'nobody', plan: 'pro' }));
    expect(valuesOf(await person('u1'))).toEqual({ plan: 'pro' });
    expect((await effect(1))?.notes).toEqual(['Attribute Update Failure: email is not an address']);
  });

  it('with _update changes the person only if there is one', async () => {
    await bed.apply(
      identify('u1', { plan: 'pro', _update: true }),
      identify('u1'),
      identify('u1', { _update: true, n: 1 }),
    );
    expect(await effect(1)).toMatchObject({ outcome: 'discarded', reason: 'person_missing' });
    expect(valuesOf(await person('u1'))).toEqual({ n: 1 });
  });

  it('with _timestamp takes its place in time', async () => {
    await bed.apply(
      identify('u1', { plan: 'new', _timestamp: 2000 }),
      identify('u1', { plan: 'old', _timestamp: 1000 }),
    );
    expect((await person('u1'))?.attributes).toEqual({ plan: { value: 'new', at: 2_000_000 } });
  });

  it('from the future sets attributes as of its receipt', async () => {
    bed.append(identify('u1', { plan: 'a' }), { at: testEpoch + 3_600_000, received: testEpoch });
    bed.append(identify('u1', { plan: 'b' }), { received: testEpoch + 1000 });
    await bed.catchUp();
    expect(valuesOf(await person('u1'))).toEqual({ plan: 'b' });
  });
});

describe('reserved traits', () => {
  it('are stored as what they stand for', async () => {
    await bed.apply(
      identify('u1', {
        createdAt: '2020-01-01T00:00:00Z',
        unsubscribed: 'TRUE',
        birthday: '2000-02-29',
        cio_subscription_preferences: { topics: { topic_1: true } },
        'cio_subscription_preferences.topics.topic_2': false,
        _created_in_customerio_at: 1,
        cio_id: 'x',
      }),
    );
    expect(valuesOf(await person('u1'))).toEqual({
      created_at: 1_577_836_800,
      unsubscribed: true,
      birthday: 951_782_400,
      cio_subscription_preferences: { topics: { topic_1: true, topic_2: false } },
    });
  });

  it('objectId relates the person to an object', async () => {
    await bed.apply(identify('u1', { objectId: 'acme', objectTypeId: 2, relationshipAttributes: { role: 'owner' } }));
    expect((await person('u1'))?.relationships).toEqual([
      { objectTypeId: '2', objectId: 'acme', attributes: { role: 'owner' } },
    ]);
    expect(valuesOf(await person('u1'))).toEqual({});
  });

  it('cio_relationships add and remove relationships, in both forms', async () => {
    const acme = {
      identifiers: { object_type_id: '1', object_id: 'acme' },
      relationship_attributes: { role: 'owner' },
    };
    const beta = { identifiers: { object_id: 'beta' } };
    await bed.apply(
      identify('u1', { cio_relationships: { action: 'add_relationships', relationships: [acme] } }),
      identify('u1', { cio_relationships: [beta] }),
      identify('u1', { cio_relationships: { action: 'remove_relationships', relationships: [acme] } }),
    );
    expect((await person('u1'))?.relationships).toEqual([{ objectTypeId: '1', objectId: 'beta', attributes: {} }]);
  });
});

describe('limits', () => {
  it('leave out the attribute that offends, with the reason, and apply the rest', async () => {
    await bed.apply(
      identify('u1', {
        bio: 'x'.repeat(1001),
        address: { street: 'x'.repeat(2000) },
        ['n'.repeat(151)]: 1,
        plan: 'pro',
      }),
    );
    expect(Object.keys(valuesOf(await person('u1')))).toEqual(['address', 'plan']);
    expect((await effect(1))?.notes).toEqual([
      'attribute bio: value over 1000 bytes',
      `attribute ${'n'.repeat(40)}…: name over 150 bytes`,
    ]);
    expect(await effect(1)).toMatchObject({ outcome: 'delivered', reason: null });
  });

  it('hold for all attributes together', async () => {
    const many = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${from + n}`, n]));
    await bed.apply(identify('u1', many(0, 299)), identify('u1', many(299, 3)), identify('u1', { a0: null, last: 1 }));
    expect(Object.keys(valuesOf(await person('u1')))).toHaveLength(300);
    expect((await effect(2))?.notes).toEqual([
      'attribute a300: over 300 attributes',
      'attribute a301: over 300 attributes',
    ]);
    expect(valuesOf(await person('u1'))).toMatchObject({ last: 1 });
  });

  it('discard a call whose id is too long', async () => {
    await bed.apply(identify('x'.repeat(151)), track('x'.repeat(151)));
    expect(await effect(1)).toMatchObject({ outcome: 'discarded', reason: 'too_long' });
    expect(await effect(2)).toMatchObject({ outcome: 'discarded', reason: 'too_long' });
  });
});

describe('phone numbers', () => {
  it('are an attribute like any by default', async () => {
    await bed.apply(identify('u1', { phone: '020 7183 8750' }));
    expect(valuesOf(await person('u1'))).toEqual({ phone: '020 7183 8750' });
  });

  it('identify people when that is switched on', async () => {
    await bed.close();
    bed = new WorkspaceBed({ settings: { ...defaultWorkspaceSettings, phoneIdentifier: true } });
    const phone = '+442071838750';
    await bed.apply(
      identify(null, { phone, plan: 'pro' }),
      identify('u1', { phone }),
      identify('u2', { phone: '0207' }),
    );
    expect((await person(phone))?.identifiers).toMatchObject({ id: 'u1', phone });
    expect(valuesOf(await person('u1'))).toEqual({ phone, plan: 'pro' });
    expect((await effect(3))?.notes[0]).toContain('E.164');
  });
});

describe('calls other than identify', () => {
  it('make the person they name when there is none', async () => {
    await bed.apply(track('u1'), group('acme', {}, { userId: 'Eve@example.com' }));
    expect((await person('u1'))?.identifiers.id).toBe('u1');
    expect(valuesOf(await person('eve@example.com'))).toEqual({ email: 'Eve@example.com' });
  });
});
