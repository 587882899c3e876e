import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';

describe('sources over the control API', () => {
  let server: ControlServer;
  beforeAll(async () => {
    server = await startControlServer({ LEAT_REGION_HOSTS: 'eu=eu.example.test' });
  });
  afterAll(() => server.close());

  const addSource = async (fields: object = {}): Promise<any> => {
    const { status, body } = await server.call('POST', 'sources', { body: { name: 'Shop', ...fields } });
    expect(status).toBe(201);
    return body;
  };

  it('adds a source with a key that works with the next request', async () => {
    const source = await addSource({ kind: 'node', strict: true });
    expect(source).toMatchObject({ name: 'Shop', kind: 'node', family: 'customerio', enabled: true, strict: true });
    expect(source.keys).toMatchObject([{ class: 'public', region: 'us', shown: true, revokedAt: null }]);
    const answer = await server.send('/v1/track', { userId: 'u1', event: 'Hello' }, { key: source.keys[0].key });
    expect(answer.status).toBe(200);
    const listed = await server.call('GET', 'sources');
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toContain(source.id);
    expect(listed.body.next).toBeNull();
  });

  it('changes a source, also so that its calls are no longer taken', async () => {
    const source = await addSource({ strict: true });
    const { body } = await server.call('PATCH', `sources/${source.id}`, {
      body: { name: 'Closed shop', enabled: false },
    });
    expect(body).toMatchObject({ id: source.id, name: 'Closed shop', enabled: false, kind: 'http' });
    const answer = await server.send(
      '/v1/track',
      { userId: 'u1', event: 'Hello' },
      { key: source.keys[0].key, strict: true },
    );
    expect(answer.status).toBe(401);
  });

  it('deletes a source', async () => {
    const source = await addSource();
    expect(await server.call('DELETE', `sources/${source.id}`)).toMatchObject({ status: 204, text: '' });
    expect((await server.call('GET', `sources/${source.id}`)).status).toBe(404);
    expect((await server.call('DELETE', `sources/${source.id}`)).status).toBe(404);
  });

  it('brings keys along, once, and takes their class from their prefix', async () => {
    const source = await addSource();
    const path = `sources/${source.id}/keys`;
    const brought = await server.call('POST', path, { body: { key: 'old-system-key-0001' } });
    expect(brought).toMatchObject({ status: 201, body: { key: 'old-system-key-0001', class: 'public', region: null } });
    const secret = await server.call('POST', path, { body: { key: 'ak_old-system-key-1' } });
    expect(secret.body).toMatchObject({ class: 'secret', shown: true });
    expect(await server.call('POST', path, { body: { key: 'old-system-key-0001' } })).toMatchObject({ status: 409 });
    const short = await server.call('POST', path, { body: { key: 'short' } });
    expect(short).toMatchObject({ status: 400, body: { code: 'invalid_request', field: 'key' } });
  });

  it('shows a secret key when it is made and then only on request, which is audited', async () => {
    const source = await addSource({ keyClass: 'secret' });
    const [made] = source.keys;
    expect(made).toMatchObject({ shown: true, class: 'secret', key: expect.stringMatching(/^ak_us_/) as string });
    const again = await server.call('GET', `sources/${source.id}`);
    expect(again.body.keys[0]).toMatchObject({ shown: false });
    expect(again.text).not.toContain(made.key);
    expect((await server.call('GET', `sources/${source.id}/keys`)).text).not.toContain(made.key);
    const revealed = await server.call('POST', `sources/${source.id}/keys/${made.id}/reveal`);
    expect(revealed.body.key).toBe(made.key);
    const audit = await server.call('GET', 'audit?limit=1');
    expect(audit.body.items[0]).toMatchObject({ action: 'key.reveal', actor: 'admin', subject: source.id });
    expect(audit.text).not.toContain(made.key);
  });

  it('rotates a key: the old one works until it is revoked', async () => {
    const source = await addSource({ strict: true });
    const old = source.keys[0];
    const fresh = (await server.call('POST', `sources/${source.id}/keys/${old.id}/rotate`, { body: {} })).body;
    const works = async (key: string): Promise<number> =>
      (await server.send('/v1/track', { userId: 'u', event: 'E' }, { key, strict: true })).status;
    expect([await works(old.key), await works(fresh.key)]).toEqual([200, 200]);
    const revoked = await server.call('DELETE', `sources/${source.id}/keys/${old.id}`);
    expect(revoked.body).toMatchObject({ id: old.id, revokedAt: expect.any(String) as string });
    expect([await works(old.key), await works(fresh.key)]).toEqual([401, 200]);
    const last = (await server.call('POST', `sources/${source.id}/keys/${fresh.id}/rotate`, { body: { revoke: true } }))
      .body;
    expect([await works(fresh.key), await works(last.key)]).toEqual([401, 200]);
  });

  it('lists rejections with counts, by reason and in pages', async () => {
    const source = await addSource();
    const key = source.keys[0].key;
    for (let n = 0; n < 3; n++)
      await server.send('/v1/track', { userId: `u${n}`, messageId: `rejected-${n}` }, { key });
    await server.send('/v1/group', { userId: 'u' }, { key });
    await server.send('/v1/track', '{"broken', { key });
    const path = `sources/${source.id}/rejections`;
    const first = await server.call('GET', `${path}?reason=missing_field&limit=3`);
    expect(first.body.counts).toMatchObject({ missing_field: 4, invalid_json: 1 });
    expect(first.body.items).toHaveLength(3);
    expect(first.body.items[1]).toMatchObject({ reason: 'missing_field', field: 'event', messageId: 'rejected-2' });
    const second = await server.call('GET', `${path}?reason=missing_field&limit=3&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ messageId: 'rejected-0' }], next: null });
    expect(JSON.stringify(first.body)).not.toContain(key);
  });

  it('tests a connection: silent, receiving, rejecting', async () => {
    const source = await addSource();
    const test = async (): Promise<any> => (await server.call('GET', `sources/${source.id}/test`)).body;
    expect(await test()).toMatchObject({ ok: false, state: 'silent', lastAcceptedAt: null });
    const call = { userId: 'u', event: 'E', messageId: 'm-1', context: { library: { name: 'lib', version: '1' } } };
    await server.send('/v1/track', call, { key: source.keys[0].key });
    const receiving = await waitFor('the source to be seen', async () => {
      const result = await test();
      return result.state === 'receiving' ? result : null;
    });
    expect(receiving).toMatchObject({
      ok: true,
      lastMessageId: 'm-1',
      library: expect.stringContaining('lib') as string,
    });
    await server.send('/v1/track', { userId: 'u' }, { key: source.keys[0].key });
    expect(await test()).toMatchObject({
      ok: false,
      state: 'rejecting',
      lastRejection: { reason: 'missing_field', field: 'event' },
      problems: [{ code: 'last_call_rejected' }],
    });
  });

  it('recognises a key of another region, and a mistyped one, as the cause of silence', async () => {
    const source = await addSource();
    await server.send('/v1/track', { userId: 'u', event: 'E' }, { key: 'eu_abcdefghijklmnopqrstuvwx' });
    await server.send('/v1/track', { userId: 'u', event: 'E' }, { key: 'mistyped-key-0123456' });
    const { body } = await server.call('GET', `sources/${source.id}/test`);
    const codes = body.problems.map(({ code }: { code: string }) => code);
    expect(codes).toContain('key_of_other_region');
    expect(codes).toContain('unknown_key_seen');
    expect(JSON.stringify(body)).toContain('eu.example.test');
    const seen = await server.call('GET', 'unrecognised-keys');
    expect(seen.body.items).toHaveLength(2);
    expect(seen.text).not.toContain('abcdefghijklmnopqrstuvwx');
    const calls = await server.call('GET', 'unrecognised-keys/rejections');
    expect(calls.body.counts).toMatchObject({ wrong_region: 1, unknown_key: 1 });
  });
});
