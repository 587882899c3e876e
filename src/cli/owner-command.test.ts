import { describe, expect, it } from 'vitest';
import { openBrowser } from '../../test/support/browser-client.ts';
import { commandLineSuite } from '../../test/support/command-line.ts';
import { waitFor } from '../../test/support/wait-for.ts';

const password = 'correct horse battery';
const linkIn = (text: string): string[] => [...text.matchAll(/http\S+\/first-run\?token=\w+/g)].map(([link]) => link);
const tokenOf = (link: string): string => new URL(link).searchParams.get('token') ?? '';

describe('the owner’s link', () => {
  const suite = commandLineSuite();

  const setUp = async (link: string, email: string, secret = password) =>
    openBrowser(suite.server.url).call('POST', 'set-up', { token: tokenOf(link), email, password: secret });

  /** What was printed once the greeting of the `starts`-th start is there: a server can be ready a moment before. */
  const printedBy = (starts: number): Promise<string> =>
    waitFor(`greeting ${starts}`, () => {
      const text = suite.server.output();
      return (text.match(/data folder /g) ?? []).length >= starts && text;
    });

  it('is printed at start until there is an owner, and each one ends the one before', async () => {
    const [first = ''] = linkIn(await printedBy(1));
    expect(first).toContain(`${suite.server.url}/first-run?token=`);
    await suite.server.stop();
    await suite.server.start();
    const second = linkIn(await printedBy(2)).at(-1) ?? '';
    expect(second).not.toBe(first);
    expect(await setUp(first, 'a@example.com')).toMatchObject({ status: 404 });
    expect(await setUp(second, 'a@example.com')).toMatchObject({ status: 200, body: { user: { role: 'owner' } } });
    const printed = linkIn(suite.server.output()).length;
    await suite.server.stop();
    await suite.server.start();
    expect(linkIn(await printedBy(3))).toHaveLength(printed);
  });

  it('is printed on demand, and gives an owner who lost the password a new one', async () => {
    const { out, code } = await suite.leat(['owner', 'link']);
    expect(code).toBe(0);
    const [link = ''] = linkIn(out);
    expect(await setUp(link, 'a@example.com', 'another password')).toMatchObject({ status: 200 });
    const browser = openBrowser(suite.server.url);
    expect((await browser.call('POST', 'session', { email: 'a@example.com', password })).status).toBe(401);
    const signedIn = await browser.call('POST', 'session', { email: 'a@example.com', password: 'another password' });
    expect(signedIn).toMatchObject({ status: 200, body: { user: { role: 'owner' } } });
    await suite.server.kill();
    await suite.server.start();
    expect((await browser.call('GET', 'session')).body.user).toMatchObject({ email: 'a@example.com' });
    const { json } = await suite.leat(['owner', 'link', '--json']);
    expect(Date.parse(json.expiresAt)).toBeGreaterThan(Date.now());
  });
});
