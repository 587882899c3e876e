import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../test/support/browser-client.ts';
import type { BrowserClient } from '../../test/support/browser-client.ts';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import type { Role } from '../control/model.ts';

const roles = ['viewer', 'editor', 'owner'] as const satisfies readonly Role[];
/** Before anybody is signed in. */
const open = new Set(['get /session', 'post /session', 'post /set-up', 'post /set-up/check']);
/** What a viewer may send although it is no GET: it changes nothing but the viewer's own account. */
const harmless = new Set([
  'delete /session',
  'delete /sessions',
  'delete /sessions/{id}',
  'put /users/me/password',
  'post /triggers/try',
]);
const ownersOnly = /^\/(users|tokens|set-up\/owner-link)\b/;

/** The least role by the words of the promise, not by what the routes say of themselves. */
function leastRole(method: string, path: string): Role {
  if (harmless.has(`${method} ${path}`)) return 'viewer';
  if (ownersOnly.test(path)) return 'owner';
  if (method === 'get' && !path.startsWith('/audit')) return 'viewer';
  return 'editor';
}

describe('roles', () => {
  let server: ControlServer;
  let routes: { readonly method: string; readonly path: string; readonly address: string }[];
  const tokens: Partial<Record<Role, string>> = {};
  const browsers: Partial<Record<Role, BrowserClient>> = {};

  beforeAll(async () => {
    server = await startControlServer();
    for (const role of roles) {
      tokens[role] = (await server.call('POST', 'tokens', { body: { name: role, role } })).body.token;
      const invited = await server.call('POST', 'users', { body: { email: `${role}@example.com`, role } });
      const token = new URL(invited.body.link).searchParams.get('token');
      const browser = openBrowser(server.url);
      await browser.call('POST', 'set-up', { token, password: 'correct horse battery' });
      browsers[role] = browser;
    }
    const { paths } = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    routes = Object.entries(paths)
      .flatMap(([full, methods]) => {
        const path = full.replace('/api/v1', '');
        const address = path.slice(1).replaceAll(/\{[^}]+\}/g, 'x');
        return Object.keys(methods).map((method) => ({ method, path, address }));
      })
      .filter(({ method, path }) => !open.has(`${method} ${path}`))
      // Signing out comes last.
      .toSorted((a, b) => Number(a.path === '/session') - Number(b.path === '/session'));
    expect(routes.length).toBeGreaterThan(50);
  });
  afterAll(() => server.close());

  it('let nobody in without a token or a session, on any route but those for signing in', async () => {
    for (const { method, path, address } of routes) {
      const { status } = await server.call(method.toUpperCase(), address, { token: null });
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  });

  it.each(roles)('hold on every route for a token of a %s', async (role) => {
    for (const { method, path, address } of routes) {
      const { status, body } = await server.call(method.toUpperCase(), address, { token: tokens[role]! });
      const allowed = roles.indexOf(role) >= roles.indexOf(leastRole(method, path));
      expect([method, path, status !== 403]).toEqual([method, path, allowed]);
      if (!allowed) expect(body.message).toContain('This needs the role');
      expect([method, path, status === 401 || status >= 500]).toEqual([method, path, false]);
    }
  });

  it.each(roles)('hold on every route for a signed-in %s, whose changes need the CSRF token', async (role) => {
    const browser = browsers[role]!;
    const { csrf } = browser;
    for (const { method, path, address } of routes) {
      browser.csrf = null;
      if (method !== 'get') {
        const bare = await browser.call(method.toUpperCase(), address);
        expect([method, path, bare.status, bare.body.message]).toEqual([
          method,
          path,
          403,
          expect.stringContaining('x-leat-csrf'),
        ]);
      }
      browser.csrf = csrf;
      const { status, body } = await browser.call(method.toUpperCase(), address);
      const allowed = roles.indexOf(role) >= roles.indexOf(leastRole(method, path));
      expect([method, path, status !== 403]).toEqual([method, path, allowed]);
      if (!allowed) expect(body.message).toContain('This needs the role');
      expect([method, path, status === 401 || status >= 500]).toEqual([method, path, false]);
    }
  });

  it('show secret keys whole to owners and editors only, and write down who saw one', async () => {
    const made = await server.call('POST', `sources/${server.sourceId}/keys`, { body: { class: 'secret' } });
    const { id, key } = made.body;
    for (const role of roles) {
      const token = tokens[role]!;
      for (const path of ['sources', `sources/${server.sourceId}`, `sources/${server.sourceId}/keys`])
        expect((await server.call('GET', path, { token })).text).not.toContain(key);
      const shown = await server.call('POST', `sources/${server.sourceId}/keys/${id}/reveal`, { token });
      if (role === 'viewer') {
        expect(shown.status).toBe(403);
        continue;
      }
      expect(shown.body).toMatchObject({ key, shown: true });
      const { body } = await server.call('GET', 'audit?limit=1');
      expect(body.items[0]).toMatchObject({ actor: role, action: 'key.reveal', subject: server.sourceId });
      expect(JSON.stringify(body)).not.toContain(key);
    }
  });

  it('write down who made each change, whatever it was', async () => {
    const browser = await signInAgain();
    const name = 'editor@example.com';
    const source = (await browser.call('POST', 'sources', { name: 'S' })).body.id;
    await browser.call('PATCH', `sources/${source}`, { strict: true });
    const key = (await browser.call('POST', `sources/${source}/keys`, {})).body.id;
    await browser.call('DELETE', `sources/${source}/keys/${key}`);
    const settings = { url: 'http://127.0.0.1:9/' };
    const destination = (await browser.call('POST', 'destinations', { name: 'D', kind: 'webhook', settings })).body.id;
    await browser.call('PATCH', `destinations/${destination}`, { enabled: false });
    await browser.call('DELETE', `destinations/${destination}`);
    await browser.call('POST', 'people/u1/suppress');
    await browser.call('DELETE', `sources/${source}`);
    const { items } = (await browser.call('GET', 'audit?limit=10')).body as {
      items: { actor: string; action: string }[];
    };
    expect(items.slice(0, 9).map(({ actor, action }) => [actor, action])).toEqual(
      [
        'source.delete',
        'person.suppressed',
        'destination.delete',
        'destination.update',
        'destination.create',
        'key.revoke',
        'key.add',
        'source.update',
        'source.create',
      ].map((action) => [name, action]),
    );
  });

  async function signInAgain(): Promise<BrowserClient> {
    const browser = openBrowser(server.url);
    await browser.call('POST', 'session', { email: 'editor@example.com', password: 'correct horse battery' });
    return browser;
  }
});
