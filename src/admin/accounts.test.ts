import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../test/support/browser-client.ts';
import type { BrowserClient } from '../../test/support/browser-client.ts';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';

const password = 'correct horse battery';
const tokenOf = (link: string): string => new URL(link).searchParams.get('token') ?? '';

describe('accounts', () => {
  let server: ControlServer;
  let owner: BrowserClient;
  const newBrowser = (): BrowserClient => openBrowser(server.url, { 'user-agent': 'Test browser' });
  const signIn = async (email: string, secret = password): Promise<BrowserClient> => {
    const browser = newBrowser();
    expect(await browser.call('POST', 'session', { email, password: secret })).toMatchObject({ status: 200 });
    return browser;
  };
  /** Invites, accepts, and answers the signed-in browser. */
  const enrol = async (email: string, role: string): Promise<BrowserClient> => {
    const { body } = await server.call('POST', 'users', { body: { email, name: `The ${role}`, role } });
    const browser = newBrowser();
    expect(await browser.call('POST', 'set-up', { token: tokenOf(body.link), password })).toMatchObject({
      status: 200,
      body: { user: { email, role, name: `The ${role}` } },
    });
    return browser;
  };
  const auditOf = async (): Promise<Record<string, unknown>[]> =>
    (await server.call('GET', 'audit?limit=50')).body.items;

  beforeAll(async () => {
    server = await startControlServer();
    const fresh = await newBrowser().call('GET', 'session');
    expect(fresh.body).toEqual({ user: null, setUpNeeded: true, csrf: null });
    const { body } = await server.call('POST', 'set-up/owner-link');
    owner = newBrowser();
    const made = await owner.call('POST', 'set-up', {
      token: tokenOf(body.link),
      email: ' Olga@Example.com ',
      name: 'Olga',
      password,
    });
    expect(made).toMatchObject({ status: 200, body: { user: { email: 'olga@example.com', role: 'owner' } } });
    const again = { token: tokenOf(body.link), email: 'eve@example.com', password };
    expect(await newBrowser().call('POST', 'set-up', again)).toMatchObject({ status: 404, body: { field: 'token' } });
  });
  afterAll(() => server.close());

  it('keeps who is signed in by a cookie that no script reads and no other site sends', async () => {
    const browser = newBrowser();
    const { headers, body } = await browser.call('POST', 'session', { email: 'OLGA@example.com', password });
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^leat_session=\w{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    expect(body).toMatchObject({ user: { name: 'Olga', role: 'owner' }, setUpNeeded: false });
    expect((await browser.call('GET', 'session')).body).toEqual(body);
    expect((await browser.call('GET', 'me')).body).toEqual({ name: 'olga@example.com', role: 'owner' });
    expect((await browser.call('DELETE', 'session')).status).toBe(204);
    browser.cookie = cookie.split(';', 1)[0] ?? null;
    expect((await browser.call('GET', 'session')).body).toMatchObject({ user: null, setUpNeeded: false });
    expect((await browser.call('GET', 'sources')).status).toBe(401);
  });

  it('marks the cookie for TLS only when the client speaks TLS', async () => {
    const behind = await startControlServer({ LEAT_TRUSTED_PROXIES: '127.0.0.1' });
    const { body } = await behind.call('POST', 'set-up/owner-link', { headers: { 'x-forwarded-proto': 'https' } });
    expect(body.link).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/first-run\?token=\w{40}$/);
    const browser = openBrowser(behind.url, { 'x-forwarded-proto': 'https' });
    const made = { token: tokenOf(body.link), email: 'o@example.com', password };
    expect((await browser.call('POST', 'set-up', made)).headers.get('set-cookie')).toMatch(/; Secure$/);
    await behind.close();
  });

  it('stores neither passwords nor tokens of sessions and links', async () => {
    const { body } = await server.call('POST', 'set-up/owner-link');
    const tables = ['user', 'session', 'account_link', 'audit'];
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(`${server.folder}/control.db`, { readOnly: true });
    const text = JSON.stringify(tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all()));
    db.close();
    expect(text).toContain('scrypt$32768$8$3$');
    for (const secret of [password, owner.cookie!.split('=')[1]!, tokenOf(body.link)])
      expect(text).not.toContain(secret);
  });

  it('refuses changes that carry the cookie but not its CSRF token, and tells why', async () => {
    const browser = await signIn('olga@example.com');
    const csrf = browser.csrf;
    for (const wrong of [null, 'made-up', owner.csrf]) {
      browser.csrf = wrong;
      const refused = await browser.call('POST', 'sources', { name: 'S' });
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(refused.body.message).toContain('x-leat-csrf');
      expect((await browser.call('DELETE', 'session')).status).toBe(403);
    }
    expect((await browser.call('GET', 'sources')).status).toBe(200);
    browser.csrf = csrf;
    expect((await browser.call('POST', 'sources', { name: 'S' })).status).toBe(201);
  });

  it('names the user in the audit log', async () => {
    await owner.call('POST', 'sources', { name: 'By Olga' });
    expect((await auditOf())[0]).toMatchObject({ actor: 'olga@example.com', action: 'source.create' });
  });

  it('invites by a link that works once and says what it is for', async () => {
    const invited = await owner.call('POST', 'users', { email: 'ivy@example.com', role: 'editor' });
    expect(invited).toMatchObject({ status: 201, body: { user: { active: false, role: 'editor' } } });
    const token = tokenOf(invited.body.link);
    const browser = newBrowser();
    expect(await browser.call('POST', 'set-up/check', { token })).toMatchObject({
      body: { purpose: 'invitation', email: 'ivy@example.com', role: 'editor' },
    });
    expect((await browser.call('POST', 'session', { email: 'ivy@example.com', password })).status).toBe(401);
    expect((await browser.call('POST', 'set-up', { token, password: 'short' })).body.message).toContain('10 to 512');
    expect((await browser.call('POST', 'set-up', { token, password, email: 'x@example.com' })).body.user).toMatchObject(
      {
        email: 'ivy@example.com',
        role: 'editor',
      },
    );
    expect((await newBrowser().call('POST', 'set-up', { token, password })).status).toBe(404);
    expect((await owner.call('POST', 'users', { email: 'Ivy@example.com', role: 'owner' })).status).toBe(409);
  });

  it('gives a user who forgot the password a new one, and ends what was open', async () => {
    const browser = await enrol('fay@example.com', 'viewer');
    const { body: users } = await owner.call('GET', 'users');
    const { id } = users.items.find(({ email }: { email: string }) => email === 'fay@example.com');
    const first = await owner.call('POST', `users/${id}/link`);
    const second = await owner.call('POST', `users/${id}/link`);
    const check = async (link: string) => newBrowser().call('POST', 'set-up/check', { token: tokenOf(link) });
    expect((await check(first.body.link)).status).toBe(404);
    expect((await check(second.body.link)).body.purpose).toBe('password');
    await newBrowser().call('POST', 'set-up', { token: tokenOf(second.body.link), password: 'another password' });
    expect((await browser.call('GET', 'session')).body.user).toBeNull();
    await signIn('fay@example.com', 'another password');
  });

  it('makes whoever holds the owner link an owner again', async () => {
    await enrol('vic@example.com', 'viewer');
    const { body } = await server.call('POST', 'set-up/owner-link');
    const browser = newBrowser();
    const chosen = { token: tokenOf(body.link), email: 'vic@example.com', password: 'a new password' };
    expect((await browser.call('POST', 'set-up', chosen)).body.user).toMatchObject({
      role: 'owner',
      name: 'The viewer',
    });
  });

  it('keeps a last owner', async () => {
    const alone = await startControlServer();
    const { body } = await alone.call('POST', 'set-up/owner-link');
    const browser = openBrowser(alone.url);
    const made = await browser.call('POST', 'set-up', { token: tokenOf(body.link), email: 'a@example.com', password });
    const { id } = made.body.user;
    expect((await browser.call('DELETE', `users/${id}`)).status).toBe(409);
    expect((await browser.call('PATCH', `users/${id}`, { role: 'viewer' })).status).toBe(409);
    expect((await browser.call('PATCH', `users/${id}`, { name: 'Ann' })).body).toMatchObject({
      name: 'Ann',
      role: 'owner',
    });
    await alone.close();
  });

  it('lets a changed role hold from the next call on, and ends the sessions of who is removed', async () => {
    const browser = await enrol('eda@example.com', 'editor');
    const { id } = (await browser.call('GET', 'session')).body.user;
    expect((await browser.call('POST', 'sources', { name: 'S' })).status).toBe(201);
    await owner.call('PATCH', `users/${id}`, { role: 'viewer' });
    const refused = await browser.call('POST', 'sources', { name: 'S' });
    expect(refused).toMatchObject({ status: 403 });
    expect(refused.body.message).toContain('you have the role viewer');
    expect((await owner.call('DELETE', `users/${id}`)).status).toBe(204);
    expect((await browser.call('GET', 'sources')).status).toBe(401);
  });

  it('lists sessions and ends one, or all others', async () => {
    const mine = await enrol('sam@example.com', 'viewer');
    const [second, third, fourth] = [
      await signIn('sam@example.com'),
      await signIn('sam@example.com'),
      await signIn('sam@example.com'),
    ];
    const { items } = (await mine.call('GET', 'sessions')).body;
    expect(items).toHaveLength(4);
    expect(items.filter(({ current }: { current: boolean }) => current)).toMatchObject([
      { email: 'sam@example.com', client: 'Test browser', address: '127.0.0.1' },
    ]);
    const own = (await second.call('GET', 'sessions')).body.items.find((one: { current: boolean }) => one.current);
    expect((await mine.call('DELETE', `sessions/${own.id}`)).status).toBe(204);
    expect((await second.call('GET', 'session')).body.user).toBeNull();
    const others = (await owner.call('GET', 'sessions')).body.items;
    const foreign = others.find(({ email }: { email: string }) => email === 'olga@example.com');
    expect((await mine.call('DELETE', `sessions/${foreign.id}`)).status).toBe(404);
    expect((await mine.call('DELETE', 'sessions')).body).toEqual({ ended: 2 });
    for (const ended of [third, fourth]) expect((await ended.call('GET', 'session')).body.user).toBeNull();
  });

  it('changes the password for whoever knows the present one, and ends the other sessions', async () => {
    const mine = await enrol('pat@example.com', 'editor');
    const other = await signIn('pat@example.com');
    const change = async (current: string, next: string) =>
      mine.call('PUT', 'users/me/password', { current, password: next });
    expect(await change('wrong', 'a better password')).toMatchObject({ status: 400, body: { field: 'current' } });
    expect(await change(password, 'pat@example.com')).toMatchObject({ status: 400, body: { field: 'password' } });
    expect((await change(password, 'a better password')).status).toBe(204);
    expect((await mine.call('GET', 'session')).body.user).not.toBeNull();
    expect((await other.call('GET', 'session')).body.user).toBeNull();
    await signIn('pat@example.com', 'a better password');
    const asToken = await server.call('PUT', 'users/me/password', { body: { current: 'x', password } });
    expect(asToken).toMatchObject({ status: 400 });
  });

  it('slows guessing down per account, known or not, and says for how long', async () => {
    for (const email of ['olga2@example.com', 'nobody@example.com']) {
      if (email.startsWith('olga')) await enrol(email, 'viewer');
      const guesses = await Promise.all(
        Array.from({ length: 12 }, (_, i) => newBrowser().call('POST', 'session', { email, password: `guess ${i}` })),
      );
      const statuses = guesses.map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
      const refused = guesses.find(({ status }) => status === 429);
      expect(refused?.body.code).toBe('rate_limited');
      const seconds = Number(refused?.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(800);
      expect(seconds).toBeLessThanOrEqual(900);
    }
    expect((await newBrowser().call('POST', 'session', { email: 'olga2@example.com', password })).status).toBe(429);
    await signIn('olga@example.com');
  });
});
