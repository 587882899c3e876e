import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alias, group, identify, track, trackAnonymous, valuesOf } from '../calls.fixture.ts';
import { testEpoch } from '../memory-log.fixture.ts';
import { WorkspaceBed } from '../sqlite/workspace-bed.fixture.ts';

let bed: WorkspaceBed;
beforeEach(() => {
  bed = new WorkspaceBed();
});
afterEach(() => bed.close());

const day = 86_400_000;
const names = async (identifier: string) =>
  (await bed.reader.timeline(identifier, null, 100)).items.map(({ name }) => name).sort();

describe('an alias call', () => {
  it('gives the primary what it lacks, each value with its own time', async () => {
    bed.append(identify('old', { plan: 'free', city: 'Leeds', email: 'old@example.com' }), { at: testEpoch - 2000 });
    bed.append(identify('new', { plan: 'pro' }), { at: testEpoch - 3000 });
    bed.append(alias('new', 'old'));
    bed.append(identify('new', { city: 'York' }), { at: testEpoch - 2500 });
    await bed.catchUp();
    expect((await bed.reader.person('new'))?.attributes).toEqual({
      plan: { value: 'pro', at: testEpoch - 3000 },
      city: { value: 'Leeds', at: testEpoch - 2000 },
      email: { value: 'old@example.com', at: testEpoch - 2000 },
    });
  });

  it('lets every identifier of the secondary lead to the primary', async () => {
    await bed.apply(
      identify('old', { email: 'old@example.com' }, { anonymousId: 'a1' }),
      identify('new', { email: 'new@example.com' }),
    );
    const oldCioId = (await bed.reader.person('old'))?.identifiers.cioId ?? '';
    await bed.apply(alias('new', 'old'));
    for (const identifier of ['old', 'old@example.com', 'a1', oldCioId])
      expect((await bed.reader.person(identifier))?.identifiers).toMatchObject({
        id: 'new',
        email: 'new@example.com',
        anonymousIds: ['a1'],
        previousIds: ['old', 'old@example.com'],
      });
    await bed.apply(track('old', 'later'), identify('old@example.com', { n: 1 }), trackAnonymous('a1', 'visited'));
    expect(await names('new')).toEqual(['later', 'visited']);
    expect(valuesOf(await bed.reader.person('new'))).toMatchObject({ n: 1 });
    expect((await bed.reader.searchPeople('', null, 10)).items).toHaveLength(1);
  });

  it('joins the visitor too when previousId is both the id of a person and an anonymous id', async () => {
    await bed.apply(trackAnonymous('x', 'visited'), track('x', 'ordered'), alias('new', 'x'));
    expect(await names('new')).toEqual(['ordered', 'visited']);
    expect((await bed.reader.person('new'))?.identifiers).toMatchObject({ anonymousIds: ['x'], previousIds: ['x'] });
    await bed.apply(trackAnonymous('x', 'again'), alias('new', 'x'));
    expect(await names('new')).toEqual(['again', 'ordered', 'visited']);
  });

  it('joins a visitor who came after the merge when the alias is repeated', async () => {
    await bed.apply(identify('old'), alias('new', 'old'), trackAnonymous('old', 'visited'));
    expect(await names('new')).toEqual([]);
    await bed.apply(alias('new', 'old'));
    expect(await names('new')).toEqual(['visited']);
  });

  it('brings 30 days of activity, devices and relationships along', async () => {
    bed.append(track('old', 'too old'), { at: testEpoch - 31 * day });
    bed.append(track('old', 'recent'), { at: testEpoch - 29 * day });
    bed.append(track('old', 'Device Created or Updated', {}, { context: { device: { token: 't1' } } }));
    bed.append(group('acme', { relationshipAttributes: { role: 'owner' } }, { userId: 'old' }));
    bed.append(alias('new', 'old'), { at: testEpoch });
    await bed.catchUp();
    expect(await names('new')).toEqual(['Device Created or Updated', 'recent']);
    const person = await bed.reader.person('new');
    expect(person?.devices).toMatchObject([{ token: 't1' }]);
    expect(person?.relationships).toMatchObject([{ objectId: 'acme', attributes: { role: 'owner' } }]);
    expect((await bed.reader.related('1', 'acme', null, 10)).items).toMatchObject([{ person: { id: 'new' } }]);
  });

  it('is followed by calls of the same batch that look for relationships in several places', async () => {
    await bed.apply(
      group('acme', { relationshipAttributes: { role: 'owner' } }, { userId: 'older' }),
      identify('old'),
      identify('new'),
    );
    bed.append(alias('old', 'older'));
    bed.append(alias('new', 'old'));
    bed.append(group('acme', { relationshipAttributes: { desk: 1 } }, { userId: 'new' }));
    bed.append(group('beta', {}, { userId: 'older' }));
    await bed.catchUp();
    expect((await bed.reader.person('new'))?.relationships).toEqual([
      { objectTypeId: '1', objectId: 'acme', attributes: { role: 'owner', desk: 1 } },
      { objectTypeId: '1', objectId: 'beta', attributes: {} },
    ]);
  });

  it('creates the primary when it is missing', async () => {
    await bed.apply(identify('old', { plan: 'pro' }), alias('new', 'old'));
    expect((await bed.reader.person('new'))?.identifiers).toMatchObject({ id: 'new', previousIds: ['old'] });
    expect(valuesOf(await bed.reader.person('new'))).toEqual({ plan: 'pro' });
  });

  it('to oneself does nothing', async () => {
    await bed.apply(identify('u1', { plan: 'pro' }), alias('u1', 'u1'));
    await bed.apply(identify('u2'), alias('u1', 'u2'), alias('u1', 'u2'), alias('u2', 'u1'));
    expect((await bed.reader.person('u1'))?.identifiers).toMatchObject({ id: 'u1', previousIds: ['u2'] });
    expect((await bed.reader.effect(0, 6))?.notes).toEqual(['u1 is the same person already']);
  });

  it('joins an anonymous previousId', async () => {
    await bed.apply(trackAnonymous('a1', 'before'), alias('u1', 'a1'), trackAnonymous('a1', 'after'));
    expect(await names('u1')).toEqual(['after', 'before']);
    expect((await bed.reader.person('u1'))?.identifiers.anonymousIds).toEqual(['a1']);
  });

  it('remembers a previousId that nobody knows yet', async () => {
    await bed.apply(alias('new', 'old'), identify('old', { plan: 'pro' }));
    expect(valuesOf(await bed.reader.person('new'))).toEqual({ plan: 'pro' });
  });

  it.each([
    ['deleted', [track('new', 'User Deleted')]],
    ['suppressed and unsuppressed', [track('new', 'User Suppressed'), track('new', 'User Unsuppressed')]],
  ])('remembers a previousId whose person was %s as one that nobody had', async (_, gone) => {
    for (const primary of ['new', 'other']) {
      await bed.apply(alias('new', 'old'), ...gone, alias(primary, 'old'), track('old', 'after'));
      expect((await bed.reader.effect(0, bed.log.end - 2))?.notes).toEqual([
        'nobody was known as old yet; it leads to this person from now on',
      ]);
      expect(await names(primary)).toEqual(['after']);
      expect((await bed.reader.person(primary))?.identifiers).toMatchObject({
        id: primary,
        anonymousIds: ['old'],
        previousIds: ['old'],
      });
      await bed.apply(track(primary, 'User Deleted'));
    }
  });

  it('joins a visitor who came by a previousId that was freed by a delete', async () => {
    await bed.apply(
      trackAnonymous('a1', 'before'),
      alias('u1', 'a1'),
      track('u1', 'User Deleted'),
      trackAnonymous('a1', 'after'),
      alias('u2', 'a1'),
    );
    expect(await names('u2')).toEqual(['after']);
  });

  it.each([false, true])('takes a visitor not seen for 30 days for nobody (swept: %s)', async (swept) => {
    const late = { received: testEpoch + 32 * day };
    await bed.apply(trackAnonymous('old'), trackAnonymous('known'), identify('known'));
    bed.append(track('u9', 'clock'), late);
    if (swept) {
      await bed.catchUp();
      while (await bed.store.sweep(new Map())) await Promise.resolve();
    }
    bed.append(alias('new', 'old'), late);
    bed.append(alias('new', 'known'), late);
    await bed.catchUp();
    expect((await bed.reader.effect(0, 5))?.notes).toEqual([
      'nobody was known as old yet; it leads to this person from now on',
    ]);
    expect((await bed.reader.effect(0, 6))?.changes).toEqual(['merged known']);
  });

  it('follows merges of merged people, however long the chain', async () => {
    await bed.apply(track('u0', 'first'));
    for (let n = 1; n <= 20; n++) await bed.apply(alias(`u${n}`, `u${n - 1}`));
    await bed.apply(track('u0', 'second'), track('u7', 'third'));
    expect(await names('u20')).toEqual(['first', 'second', 'third']);
    expect((await bed.reader.person('u0'))?.identifiers).toMatchObject({ id: 'u20' });
    expect((await bed.reader.person('u0'))?.identifiers.previousIds).toHaveLength(20);
  });

  it('takes preferences as one attribute', async () => {
    await bed.apply(
      identify('old', { cio_subscription_preferences: { topics: { topic_1: true } } }),
      identify('new', { 'cio_subscription_preferences.topics.topic_2': false }),
      alias('new', 'old'),
    );
    expect(valuesOf(await bed.reader.person('new'))).toEqual({
      cio_subscription_preferences: { topics: { topic_2: false } },
    });
  });
});
