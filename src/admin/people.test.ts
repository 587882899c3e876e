import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';

describe('people over the control API', () => {
  let server: ControlServer;
  beforeAll(async () => {
    server = await startControlServer();
  });
  afterAll(() => server.close());

  const identify = async (userId: string, traits: object, more: object = {}): Promise<void> => {
    await server.send('/v1/identify', { userId, traits, ...more });
    await server.applied();
  };

  it('finds a person by every identifier, with attributes and the times that set them', async () => {
    await identify('ann', { email: 'ann@example.test', plan: 'pro', age: 41 }, { anonymousId: 'anon-ann' });
    const { status, body } = await server.call('GET', 'people/ann');
    expect(status).toBe(200);
    expect(body.identifiers).toMatchObject({ id: 'ann', email: 'ann@example.test', anonymousIds: ['anon-ann'] });
    expect(body.attributes.plan).toEqual({ value: 'pro', at: expect.stringMatching(/^\d{4}-.*Z$/) as string });
    for (const identifier of ['ANN@example.test', 'anon-ann', body.identifiers.cioId])
      expect((await server.call('GET', `people/${encodeURIComponent(identifier)}`)).body).toEqual(body);
    expect(await server.call('GET', 'people/nobody')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('shows an attribute whatever its name', async () => {
    const odd = '{"__proto__":"shown","constructor":{"__proto__":1},"toString":2}';
    await identify('odd-names', JSON.parse(odd) as object);
    const { body } = await server.call('GET', 'people/odd-names');
    const values = Object.entries<{ value: unknown }>(body.attributes).map(([name, { value }]) => [name, value]);
    expect(JSON.stringify(values)).toBe('[["__proto__","shown"],["constructor",{"__proto__":1}],["toString",2]]');
    await server.send('/v1/group', { userId: 'odd-names', groupId: 'odd', traits: JSON.parse(odd) as object });
    await server.applied();
    const object = await server.call('GET', 'objects/1/odd');
    expect(Object.keys(object.body.attributes)).toContain('__proto__');
  });

  it('refuses cursors that are none of the list', async () => {
    for (const value of ['[]', '[null]', '[1,"x",2]', '{}', 'nonsense']) {
      const cursor = Buffer.from(value).toString('base64url');
      for (const list of ['people', 'people/ann/events', 'objects/1', 'suppressions'])
        expect(await server.call('GET', `${list}?cursor=${cursor}`), `${list} ${value}`).toMatchObject({
          status: 400,
          body: { code: 'invalid_request' },
        });
    }
  });

  it('takes identifiers with any character, percent-encoded', async () => {
    const odd = 'a/b c?d#e%ü😀'.repeat(7);
    await identify(odd, { plan: 'odd' });
    const { body } = await server.call('GET', `people/${encodeURIComponent(odd)}`);
    expect(body.identifiers.id).toBe(odd);
  });

  it('searches people in pages', async () => {
    for (let n = 1; n <= 5; n++) await server.send('/v1/identify', { userId: `search-${n}`, traits: { n } });
    await server.applied();
    const ids = new Set<string>();
    let cursor = '';
    do {
      const { body } = await server.call('GET', `people?query=search-&limit=2${cursor}`);
      for (const { id } of body.items) ids.add(id);
      cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    } while (cursor !== '');
    expect([...ids].sort()).toEqual(['search-1', 'search-2', 'search-3', 'search-4', 'search-5']);
  });

  it('searches people by an attribute, whatever its letter case', async () => {
    await identify('attr-1', { favourite: 'Crème "brûlée"', seats: 3, tags: ['a', 'b'] });
    await identify('attr-2', { favourite: 'Tea', seats: 30, note: 'favourite' });
    const ids = async (query: string): Promise<string[]> =>
      (await server.call('GET', `people?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('attribute=favourite')).toEqual(['attr-2', 'attr-1']);
    expect(await ids('attribute=favourite&limit=1')).toEqual(['attr-2']);
    expect(await ids(`attribute=favourite&value=${encodeURIComponent('crème "BRÛLÉE"')}`)).toEqual(['attr-1']);
    expect(await ids('attribute=favourite&value=TEA')).toEqual(['attr-2']);
    expect(await ids('attribute=seats&value=3')).toEqual(['attr-1']);
    expect(await ids(`attribute=tags&value=${encodeURIComponent('["a","b"]')}`)).toEqual(['attr-1']);
    expect(await ids('attribute=fav')).toEqual([]);
    expect(await server.call('GET', 'people?value=3')).toMatchObject({ status: 400, body: { field: 'attribute' } });
  });

  it('goes on behind the last person found by an attribute', async () => {
    for (let n = 1; n <= 5; n++) await server.send('/v1/identify', { userId: `page-${n}`, traits: { pagedBy: n } });
    await server.applied();
    const ids: string[] = [];
    let cursor = '';
    do {
      const { body } = await server.call('GET', `people?attribute=pagedBy&limit=2${cursor}`);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    } while (cursor !== '');
    expect(ids).toEqual(['page-5', 'page-4', 'page-3', 'page-2', 'page-1']);
  });

  it('tells which event set an attribute', async () => {
    const timestamp = new Date(Date.now() - 5000).toISOString();
    await identify('olga', { plan: 'free', city: 'Oslo' }, { messageId: 'origin-1', timestamp });
    await identify('olga', { plan: 'pro' }, { messageId: 'origin-2' });
    const { body } = await server.call('GET', 'people/olga/origins');
    expect(body.items).toContainEqual({
      attribute: 'city',
      at: timestamp,
      sourceId: server.sourceId,
      messageId: 'origin-1',
    });
    expect(body.items).toContainEqual(expect.objectContaining({ attribute: 'plan', messageId: 'origin-2' }));
  });

  it('lists what was reported about messages to a person', async () => {
    await identify('mia', { email: 'Mia@example.test' });
    const report = (metric: string, recipient: string) =>
      server.send('/v1/track', {
        userId: 'mia',
        event: 'Report Delivery Event',
        properties: { deliveryId: 'to-mia', metric, recipient },
      });
    await report('delivered', 'Mia@example.test');
    await report('delivered', 'somebody@example.test');
    await report('opened', 'mia@example.test');
    await server.applied();
    const { body } = await server.call('GET', 'people/mia/delivery-metrics');
    expect(body).toMatchObject({ items: [{ metric: 'opened' }, { metric: 'delivered' }], next: null, scanned: null });
  });

  it('lists what a person did, latest first, one item per event', async () => {
    await server.send('/v1/track', { anonymousId: 'visitor', event: 'Looked', messageId: 'ev-1' });
    await server.applied();
    expect((await server.call('GET', 'people/visitor/events')).body.items).toMatchObject([{ name: 'Looked' }]);
    await identify('bob', {}, { anonymousId: 'visitor' });
    await server.send('/v1/track', { userId: 'bob', event: 'Bought', messageId: 'ev-2', properties: { total: 5 } });
    await server.applied();
    const { body } = await server.call('GET', 'people/bob/events');
    const bought = { messageId: 'ev-2', type: 'track', name: 'Bought', properties: { total: 5 } };
    expect(body.items[0]).toMatchObject(bought);
    expect(body.items.map(({ messageId }: { messageId: string }) => messageId)).toContain('ev-1');
  });

  it('edits attributes by an event that is in the log, and shows the result at once', async () => {
    await identify('carla', { plan: 'free', old: 1 });
    const answer = await server.call('PATCH', 'people/carla', { body: { attributes: { plan: 'pro', old: null } } });
    expect(answer).toMatchObject({ status: 202, body: { applied: true } });
    const { body } = await server.call('GET', 'people/carla');
    expect(body.attributes.plan.value).toBe('pro');
    expect(body.attributes.old).toBeUndefined();
    const [stored] = await server.log.find(answer.body.messageId);
    expect(stored).toMatchObject({ sourceId: 'leat', offset: answer.body.offset });
    expect(JSON.parse(stored!.body)).toMatchObject({
      type: 'identify',
      userId: 'carla',
      traits: { plan: 'pro', old: null },
    });
    const audit = await server.call('GET', 'audit?limit=1');
    expect(audit.body.items[0]).toMatchObject({
      action: 'person.update',
      subject: 'carla',
      detail: { attributes: ['plan', 'old'], messageId: answer.body.messageId },
    });
  });

  it('refuses an edit that ingest would refuse', async () => {
    await identify('dora', {});
    const empty = await server.call('PATCH', 'people/dora', { body: { attributes: {} } });
    expect(empty).toMatchObject({ status: 400, body: { field: 'attributes' } });
    const large = await server.call('PATCH', 'people/dora', { body: { attributes: { a: 'x'.repeat(40_000) } } });
    expect(large).toMatchObject({ status: 400, body: { code: 'too_large' } });
    expect((await server.call('PATCH', 'people/nobody', { body: { attributes: { a: 1 } } })).status).toBe(404);
  });

  it('deletes a person, whom a later call can create again', async () => {
    await identify('emil', { plan: 'free' });
    expect(await server.call('DELETE', 'people/emil')).toMatchObject({ status: 202, body: { applied: true } });
    expect((await server.call('GET', 'people/emil')).status).toBe(404);
    expect((await server.call('DELETE', 'people/emil')).status).toBe(404);
    await identify('emil', { plan: 'again' });
    expect((await server.call('GET', 'people/emil')).body.attributes.plan.value).toBe('again');
  });

  it('suppresses a person until unsuppressed', async () => {
    await identify('fay', { plan: 'free' });
    await server.call('POST', 'people/fay/suppress');
    const suppressed = /suppressed since 20\d\d-.*Z: .* until it is unsuppressed/;
    const gone = await server.call('GET', 'people/fay');
    expect(gone).toMatchObject({ status: 404, body: { message: expect.stringMatching(suppressed) as string } });
    const listed = await server.call('GET', 'suppressions');
    expect(listed.body.items).toContainEqual({ kind: 'id', value: 'fay', since: expect.any(String) as string });
    await identify('fay', { plan: 'back' });
    expect((await server.call('GET', 'people/fay')).status).toBe(404);
    await server.call('POST', 'people/fay/unsuppress');
    expect((await server.call('GET', 'suppressions')).body.items).toEqual([]);
    await identify('fay', { plan: 'back' });
    expect((await server.call('GET', 'people/fay')).body.attributes.plan.value).toBe('back');
  });

  it('suppresses an identifier that nobody has yet', async () => {
    expect(await server.call('POST', 'people/gus%40example.test/suppress')).toMatchObject({ status: 202 });
    await identify('gus', { email: 'gus@example.test' });
    expect((await server.call('GET', 'people/gus%40example.test')).status).toBe(404);
  });

  it('shows objects and the people related to them', async () => {
    await identify('hal', {});
    const traits = { objectTypeId: '2', name: 'Acme', relationshipAttributes: { role: 'owner' } };
    await server.send('/v1/group', { userId: 'hal', groupId: 'acme', traits });
    await server.applied();
    expect((await server.call('GET', 'objects')).body.items).toContainEqual(
      expect.objectContaining({ id: '2', objects: 1 }),
    );
    const named = await server.call('PATCH', 'object-types/2', { body: { name: 'Company' } });
    expect(named.body).toEqual({ id: '2', name: 'Company', objects: 1 });
    expect((await server.call('GET', 'objects')).body.items).toContainEqual(named.body);
    expect((await server.call('PATCH', 'object-types/nope', { body: { name: 'X' } })).status).toBe(404);
    expect((await server.call('GET', 'objects/2')).body.items).toMatchObject([{ objectId: 'acme' }]);
    const { body } = await server.call('GET', 'objects/2/acme');
    expect(body).toMatchObject({
      attributes: { name: { value: 'Acme' } },
      people: { items: [{ person: { id: 'hal' }, attributes: { role: 'owner' } }], next: null },
    });
    expect((await server.call('GET', 'people/hal')).body.relationships).toMatchObject([
      { objectTypeId: '2', objectId: 'acme' },
    ]);
    expect((await server.call('GET', 'objects/2/nope')).status).toBe(404);
  });

  it('lists what was reported about a message and about content', async () => {
    await server.send('/v1/track', {
      userId: 'ann',
      event: 'Report Delivery Event',
      properties: { deliveryId: 'delivery-1', metric: 'opened', recipient: 'ann@example.test' },
    });
    await server.send('/v1/track', {
      anonymousId: 'visitor',
      event: 'Report Content Event',
      properties: { actionType: 'viewed_content', contentId: 7, templateId: 3, contentType: 'in_app_content' },
    });
    await server.applied();
    const metrics = await server.call('GET', 'delivery-metrics/delivery-1');
    expect(metrics.body.items).toMatchObject([{ metric: 'opened', recipient: 'ann@example.test' }]);
    const reports = await server.call('GET', 'content-reports/7');
    expect(reports.body.items).toMatchObject([{ actionType: 'viewed_content', templateId: '3' }]);
  });
});
