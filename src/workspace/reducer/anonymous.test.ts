import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { group, identify, track, trackAnonymous } from '../calls.fixture.ts';
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

describe('anonymous activity', () => {
  it('is nobody’s until an identify call names both ids, and the person’s from then on', async () => {
    await bed.apply(trackAnonymous('a1', 'before'), track('u1', 'own'));
    expect(await names('a1')).toEqual(['before']);
    expect(await names('u1')).toEqual(['own']);
    await bed.apply(identify('u1', {}, { anonymousId: 'a1' }), trackAnonymous('a1', 'after'));
    expect(await names('u1')).toEqual(['after', 'before', 'own']);
    expect(await names('a1')).toEqual(['after', 'before', 'own']);
    expect((await bed.reader.person('a1'))?.identifiers).toMatchObject({ id: 'u1', anonymousIds: ['a1'] });
    expect((await bed.reader.effect(0, 3))?.changes).toEqual(['joined anonymous a1']);
  });

  it('joins 30 days back by event time', async () => {
    bed.append(trackAnonymous('a1', 'too old'), { at: testEpoch - 31 * day });
    bed.append(trackAnonymous('a1', 'old'), { at: testEpoch - 29 * day });
    bed.append(identify('u1', {}, { anonymousId: 'a1' }), { at: testEpoch });
    await bed.catchUp();
    expect(await names('u1')).toEqual(['old']);
  });

  it('that has not joined is kept for 30 days from receipt', async () => {
    bed.append(trackAnonymous('a1', 'first'), { received: testEpoch, at: testEpoch });
    bed.append(trackAnonymous('a1', 'second'), { received: testEpoch + 20 * day, at: testEpoch - day });
    bed.append(track('u2', 'clock'), { received: testEpoch + 30 * day });
    await bed.catchUp();
    expect(await names('a1')).toEqual(['second']);
    bed.append(identify('u1', {}, { anonymousId: 'a1' }), { received: testEpoch + 31 * day, at: testEpoch });
    await bed.catchUp();
    expect(await names('u1')).toEqual(['second']);
  });

  it('that has joined is kept', async () => {
    bed.append(trackAnonymous('a1', 'before'));
    bed.append(identify('u1', {}, { anonymousId: 'a1' }));
    bed.append(track('u2', 'clock'), { received: testEpoch + 100 * day });
    await bed.catchUp();
    expect(await names('u1')).toEqual(['before']);
  });

  it('stays with its first person when another is identified with the id', async () => {
    await bed.apply(
      identify('u1', {}, { anonymousId: 'a1' }),
      identify('u2', { plan: 'pro' }, { anonymousId: 'a1' }),
      trackAnonymous('a1', 'after'),
    );
    expect(await names('u1')).toEqual(['after']);
    expect(await names('u2')).toEqual([]);
    expect(await bed.reader.effect(0, 2)).toMatchObject({
      outcome: 'delivered',
      notes: ['anonymous id a1 belongs to another person'],
    });
  });

  it('is not joined by a call that merely carries both ids', async () => {
    await bed.apply(trackAnonymous('a1', 'before'), { ...track('u1', 'both'), anonymousId: 'a1' });
    expect(await names('u1')).toEqual(['both']);
    expect(await names('a1')).toEqual(['before']);
  });

  it('brings its relationships along', async () => {
    await bed.apply(
      group('acme', { relationshipAttributes: { role: 'guest', seen: 1 } }, { anonymousId: 'a1' }),
      group('beta', {}, { anonymousId: 'a1' }),
      group('acme', { relationshipAttributes: { role: 'owner' } }, { userId: 'u1' }),
      identify('u1', {}, { anonymousId: 'a1' }),
    );
    const relationships = [
      { objectTypeId: '1', objectId: 'acme', attributes: { role: 'owner', seen: 1 } },
      { objectTypeId: '1', objectId: 'beta', attributes: {} },
    ];
    expect((await bed.reader.person('u1'))?.relationships).toEqual(relationships);
    const related = await bed.reader.related('1', 'acme', null, 10);
    expect(related.items).toMatchObject([{ person: { id: 'u1' }, attributes: { role: 'owner', seen: 1 } }]);
    // Touched, they are gathered under the person and read the same.
    await bed.apply(group('acme', { relationshipAttributes: { touched: true } }, { userId: 'u1' }));
    expect((await bed.reader.person('u1'))?.relationships[0]).toMatchObject({
      attributes: { role: 'owner', seen: 1, touched: true },
    });
    await bed.apply(track('u1', 'Relationship Deleted', { objectId: 'beta' }));
    expect((await bed.reader.person('u1'))?.relationships).toHaveLength(1);
  });

  it('of a visitor who is nobody does not relate anybody to an object', async () => {
    await bed.apply(group('acme', {}, { anonymousId: 'a1' }));
    expect((await bed.reader.related('1', 'acme', null, 10)).items).toEqual([]);
  });
});
