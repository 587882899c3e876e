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
const effect = (offset: number) => bed.reader.effect(0, offset);
const count = async () => (await bed.reader.searchPeople('', null, 100)).items.length;

describe('a deleted person', () => {
  it.each(['User Deleted', 'Delete Person'])('is gone with everything after %s', async (name) => {
    await bed.apply(
      trackAnonymous('a1', 'before'),
      identify('u1', { email: 'ada@example.com' }, { anonymousId: 'a1' }),
      track('u1', 'Device Created or Updated', {}, { context: { device: { token: 't1' } } }),
      group('acme', {}, { userId: 'u1' }),
      track('ada@example.com', name),
    );
    for (const identifier of ['u1', 'ada@example.com', 'a1']) {
      expect(await bed.reader.person(identifier)).toBeNull();
      expect((await bed.reader.timeline(identifier, null, 10)).items).toEqual([]);
    }
    expect((await bed.reader.related('1', 'acme', null, 10)).items).toEqual([]);
    expect(await count()).toBe(0);
    expect((await effect(5))?.changes).toEqual(['person deleted']);
  });

  it('can come back, as another person who takes only newer attributes', async () => {
    await bed.apply(identify('u1', { plan: 'pro' }));
    const before = (await bed.reader.person('u1'))?.identifiers.cioId;
    bed.append(track('u1', 'User Deleted'), { at: testEpoch, received: testEpoch + 10 });
    bed.append(identify('u1', { plan: 'old', color: 'old' }), { at: testEpoch - 1, received: testEpoch + 20 });
    bed.append(identify('u1', { plan: 'new' }), { at: testEpoch + 5, received: testEpoch + 30 });
    await bed.catchUp();
    const person = await bed.reader.person('u1');
    expect(valuesOf(person)).toEqual({ plan: 'new' });
    expect(person?.identifiers.cioId).not.toBe(before);
    expect((await bed.reader.timeline('u1', null, 10)).items).toEqual([]);
    expect((await effect(3))?.notes).toContain('attribute color: older than the deletion before');
  });

  it('is forgotten after 30 days', async () => {
    bed.append(identify('u1'));
    bed.append(track('u1', 'User Deleted'), { received: testEpoch + day });
    bed.append(identify('u1', { plan: 'old' }), { at: testEpoch, received: testEpoch + 31 * day });
    await bed.catchUp();
    expect(valuesOf(await bed.reader.person('u1'))).toEqual({ plan: 'old' });
  });

  it('need not have existed for what is older to stay away', async () => {
    bed.append(track('u1', 'User Deleted'), { at: testEpoch });
    bed.append(identify('u1', { plan: 'old' }), { at: testEpoch - 1000 });
    await bed.catchUp();
    expect(valuesOf(await bed.reader.person('u1'))).toEqual({});
    expect((await effect(1))?.notes).toEqual(['there is no such person']);
  });

  it('frees the anonymous id, without what was done under it', async () => {
    await bed.apply(
      trackAnonymous('a1', 'before'),
      identify('u1', {}, { anonymousId: 'a1' }),
      track('u1', 'User Deleted'),
      trackAnonymous('a1', 'after'),
      identify('u2', {}, { anonymousId: 'a1' }),
    );
    expect((await bed.reader.timeline('u2', null, 10)).items.map(({ name }) => name)).toEqual(['after']);
  });
});

describe('a suppressed person', () => {
  it('is deleted, and none of the identifiers comes back', async () => {
    await bed.apply(
      trackAnonymous('a1', 'before'),
      identify('u1', { email: 'ada@example.com' }, { anonymousId: 'a1' }),
      identify('former'),
      alias('u1', 'former'),
      track('u1', 'User Suppressed'),
    );
    await bed.apply(
      identify('u1', { plan: 'pro' }),
      identify('ada@example.com', { plan: 'pro' }),
      identify('fresh', { email: 'Ada@example.com' }),
      track('former'),
      trackAnonymous('a1'),
      alias('u9', 'u1'),
      track('u1', 'Device Created or Updated', {}, { context: { device: { token: 't1' } } }),
      track('u1', 'User Deleted'),
    );
    expect(await count()).toBe(0);
    for (const offset of [6, 7, 8, 9, 10, 11, 12, 13])
      expect(await effect(offset)).toMatchObject({ outcome: 'discarded', reason: 'suppressed' });
    const listed = (await bed.reader.suppressions(null, 100)).items.map(({ kind, value }) => `${kind} ${value}`);
    expect(listed.sort()).toEqual([
      'anonymous_id a1',
      expect.stringMatching(/^cio_id cio_/),
      'email ada@example.com',
      'id former',
      'id u1',
    ]);
  });

  it('is listed with every identifier, by the page', async () => {
    for (let n = 0; n < 3; n++)
      await bed.apply(identify(`u${n}`, { email: `u${n}@example.com` }), track(`u${n}`, 'User Suppressed'));
    const listed: string[] = [];
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await bed.reader.suppressions(cursor, 2);
      expect(page.items.length).toBeLessThanOrEqual(2);
      listed.push(...page.items.map(({ kind }) => kind));
      cursor = page.next;
    }
    expect(listed).toEqual(['id', 'email', 'cio_id', 'id', 'email', 'cio_id', 'id', 'email', 'cio_id']);
  });

  it('need not exist', async () => {
    await bed.apply(track('u1', 'User Suppressed'), identify('u1'), track('eve@example.com', 'User Suppressed'));
    expect(await effect(2)).toMatchObject({ outcome: 'discarded', reason: 'suppressed' });
    expect((await bed.reader.suppressions(null, 100)).items.map(({ value }) => value)).toContain('eve@example.com');
  });

  it('may be an anonymous visitor', async () => {
    await bed.apply(trackAnonymous('a1', 'before'), track('a1', 'User Suppressed'), trackAnonymous('a1', 'after'));
    expect(await effect(3)).toMatchObject({ outcome: 'discarded', reason: 'suppressed' });
    expect((await bed.reader.timeline('a1', null, 10)).items).toEqual([]);
    await bed.apply(track('a1', 'User Unsuppressed'), trackAnonymous('a1', 'again'));
    expect((await bed.reader.timeline('a1', null, 10)).items.map(({ name }) => name)).toEqual(['again']);
  });

  it('does not lend an email address to anybody else', async () => {
    await bed.apply(
      identify('u1', { email: 'ada@example.com' }),
      track('u1', 'User Suppressed'),
      identify('u2'),
      identify('u2', { email: 'ada@example.com', plan: 'pro' }),
    );
    expect(valuesOf(await bed.reader.person('u2'))).toEqual({ plan: 'pro' });
    expect((await effect(4))?.notes).toEqual(['Attribute Update Failure: email is suppressed']);
  });

  it('leaves an address they gave up before free for others', async () => {
    await bed.apply(
      identify('u1', { email: 'old@example.com' }),
      identify('u1', { email: 'new@example.com' }),
      track('u1', 'User Suppressed'),
      identify('u2', { email: 'old@example.com' }),
      identify('u2', { email: 'new@example.com' }),
    );
    expect((await bed.reader.person('old@example.com'))?.identifiers.id).toBe('u2');
    expect((await effect(5))?.notes).toEqual(['Attribute Update Failure: email is suppressed']);
  });

  it('leaves objects to be updated, without the relationship', async () => {
    await bed.apply(track('u1', 'User Suppressed'), group('acme', { name: 'Acme' }, { userId: 'u1' }));
    expect((await bed.reader.object('1', 'acme'))?.attributes['name']?.value).toBe('Acme');
    expect((await bed.reader.related('1', 'acme', null, 10)).items).toEqual([]);
  });

  it('may come back once unsuppressed, without what was', async () => {
    await bed.apply(
      identify('u1', { email: 'ada@example.com', plan: 'pro' }),
      track('u1', 'User Suppressed'),
      track('ada@example.com', 'User Unsuppressed'),
      identify('u1', { city: 'Leeds' }),
      track('u1', 'User Unsuppressed'),
    );
    expect(valuesOf(await bed.reader.person('u1'))).toEqual({ city: 'Leeds' });
    expect((await bed.reader.suppressions(null, 100)).items).toEqual([]);
    expect((await effect(5))?.notes).toEqual(['u1 is not suppressed']);
  });
});
