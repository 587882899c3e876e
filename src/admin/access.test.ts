import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';

/** Those that a browser needs before anybody is signed in. */
const publicRoutes = new Set([
  'get /api/v1/session',
  'post /api/v1/session',
  'post /api/v1/set-up',
  'post /api/v1/set-up/check',
]);

describe('access to the control API', () => {
  let server: ControlServer;
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    server = await startControlServer();
    for (const role of ['owner', 'editor', 'viewer']) {
      const { body } = await server.call('POST', 'tokens', { body: { name: `the ${role}`, role } });
      tokens[role] = body.token;
    }
  });
  afterAll(() => server.close());

  it('refuses callers without a token or with an unknown one, and says where tokens are', async () => {
    const none = await server.call('GET', 'sources', { token: null });
    expect(none).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    expect(none.body.message).toContain('LEAT_ADMIN_TOKEN');
    expect((await server.call('GET', 'sources', { token: 'leat_made_up_token_01' })).status).toBe(401);
    const basic = await server.call('GET', 'sources', { token: null, headers: { authorization: 'Basic dTpw' } });
    expect(basic.status).toBe(401);
  });

  it('knows who a token is', async () => {
    expect((await server.call('GET', 'me')).body).toEqual({ name: 'admin', role: 'owner' });
    expect((await server.call('GET', 'me', { token: tokens['viewer']! })).body).toEqual({
      name: 'the viewer',
      role: 'viewer',
    });
  });

  it('gives every route a role, and no route less than viewer', async () => {
    const { paths } = (await fetch(`${server.url}/api/openapi.json`).then((response) => response.json())) as {
      paths: Record<string, Record<string, { security: unknown[] }>>;
    };
    for (const [path, methods] of Object.entries(paths))
      for (const [method, { security }] of Object.entries(methods)) {
        if (publicRoutes.has(`${method} ${path}`)) {
          expect([path, method, security]).toEqual([path, method, []]);
          continue;
        }
        expect([path, method, security]).toEqual([path, method, [{ token: [] }, { session: [] }]]);
        const concrete = path.replaceAll(/\{[^}]+\}/g, 'x');
        const response = await fetch(server.url + concrete, { method: method.toUpperCase() });
        expect([path, method, response.status]).toEqual([path, method, 401]);
      }
  });

  it('lets viewers look but not change, editors change but not manage tokens', async () => {
    const status = async (role: string, method: string, path: string, body?: unknown): Promise<number> =>
      (await server.call(method, path, { token: tokens[role]!, ...(body !== undefined && { body }) })).status;
    expect(await status('viewer', 'GET', 'sources')).toBe(200);
    expect(await status('viewer', 'POST', 'sources', { name: 'S' })).toBe(403);
    expect(await status('viewer', 'POST', `sources/${server.sourceId}/keys/x/reveal`)).toBe(403);
    expect(await status('viewer', 'DELETE', 'people/u1')).toBe(403);
    expect(await status('viewer', 'GET', 'audit')).toBe(403);
    expect(await status('editor', 'POST', 'sources', { name: 'S' })).toBe(201);
    expect(await status('editor', 'GET', 'audit')).toBe(200);
    expect(await status('editor', 'GET', 'tokens')).toBe(403);
    expect(await status('editor', 'POST', 'tokens', { name: 'T', role: 'owner' })).toBe(403);
    expect(await status('owner', 'GET', 'tokens')).toBe(200);
  });

  it('names the caller in the audit log', async () => {
    await server.call('POST', 'sources', { token: tokens['editor']!, body: { name: 'By the editor' } });
    const { body } = await server.call('GET', 'audit?limit=1');
    expect(body.items[0]).toMatchObject({
      actor: 'the editor',
      action: 'source.create',
      subjectName: 'By the editor',
    });
  });

  it('finds in the audit log who did what and when, and says who and what there is', async () => {
    const began = new Date().toISOString();
    const found = async (query: string) => (await server.call('GET', `audit?${query}`)).body.items.length as number;
    const before = await found('actor=the%20editor&action=source');
    await server.call('POST', 'sources', { token: tokens['editor']!, body: { name: 'One more' } });
    expect(await found('actor=the%20editor&action=source')).toBe(before + 1);
    expect(await found(`actor=the%20editor&to=${began}&action=source`)).toBe(before);
    expect(await found(`actor=the%20editor&from=${began}`)).toBe(1);
    expect(await found('action=source.delete')).toBe(0);
    const { body } = await server.call('GET', 'audit/terms');
    expect(body.actors).toContain('the editor');
    expect(body.actions).toContain('source.create');
  });

  it('shows a token once and stores it nowhere', async () => {
    const listed = await server.call('GET', 'tokens');
    expect(listed.body.items.map(({ role }: { role: string }) => role)).toEqual(['owner', 'editor', 'viewer']);
    for (const token of Object.values(tokens)) expect(listed.text).not.toContain(token);
  });

  it('ends a token when it is deleted', async () => {
    const { body } = await server.call('POST', 'tokens', { body: { name: 'short-lived', role: 'viewer' } });
    expect((await server.call('GET', 'me', { token: body.token })).status).toBe(200);
    expect((await server.call('DELETE', `tokens/${body.id}`)).status).toBe(204);
    expect((await server.call('GET', 'me', { token: body.token })).status).toBe(401);
  });

  it('sends headers that keep answers out of caches, frames and other types', async () => {
    const { headers } = await server.call('GET', 'sources');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('errors of the control API', () => {
  let server: ControlServer;
  beforeAll(async () => {
    server = await startControlServer();
  });
  afterAll(() => server.close());

  it('names every offending field with its limit and remedy', async () => {
    const { status, body } = await server.call('POST', 'sources', {
      body: { name: 'x'.repeat(300), kind: 'htpp', strict: 'yes', nmae: 'S' },
    });
    expect(status).toBe(400);
    expect(body.code).toBe('invalid_request');
    expect(body.details).toEqual([
      { field: 'name', message: 'is above the limit of 200 characters', limit: 200, remedy: 'Make it smaller.' },
      expect.objectContaining({ field: 'kind', remedy: expect.stringContaining('Did you mean http?') as string }),
      expect.objectContaining({ field: 'strict', message: 'is of the wrong type', remedy: 'Send a boolean.' }),
      expect.objectContaining({ field: 'nmae', message: 'is not known here' }),
    ]);
    expect(body.meta.errors).toHaveLength(4);
    expect(body.message).toBe(body.meta.error);
    expect(body.field).toBe('name');
  });

  it('shows how a time is written', async () => {
    for (const path of ['ledger?from=2h', 'events?to=2026-01-31', 'audit?from=now']) {
      const { status, body } = await server.call('GET', path);
      expect({ status, message: body.message }).toEqual({
        status: 400,
        message: expect.stringMatching(/^(from|to) is no date and time\. Write it like 2026-01-31T12:00:00Z\.$/),
      });
    }
  });

  it('says what is missing', async () => {
    const { body } = await server.call('POST', 'sources', { body: {} });
    expect(body.message).toBe('name is missing. Send a string.');
    expect((await server.call('POST', 'sources')).body.message).toBe('The request has no body. Send a JSON object.');
  });

  it('refuses bodies that it cannot read, each with its reason', async () => {
    const json = await server.call('POST', 'sources', { body: '{"name":' });
    expect(json).toMatchObject({ status: 400, body: { code: 'invalid_json' } });
    const type = await server.call('POST', 'sources', { body: 'name=S', headers: { 'content-type': 'text/plain' } });
    expect(type).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('application/json') as string },
    });
    const large = await server.call('POST', 'sources', { body: { name: 'x'.repeat(2 * 2 ** 20) } });
    expect(large).toMatchObject({ status: 400, body: { code: 'too_large' } });
  });

  it('refuses parameters that no route has', async () => {
    const { status, body } = await server.call('GET', 'people?qeury=x');
    expect(status).toBe(400);
    expect(body.details[0]).toMatchObject({ field: 'qeury', message: 'is no parameter of this address' });
  });

  it('answers not_found for addresses and things that are not there', async () => {
    expect(await server.call('GET', 'nonsense')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await server.call('GET', 'sources/nope')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await server.call('GET', 'sources/nope/keys')).toMatchObject({ status: 404 });
    expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404);
  });
});
