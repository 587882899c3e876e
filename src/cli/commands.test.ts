import { describe, expect, it } from 'vitest';
import { commandLineSuite } from '../../test/support/command-line.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { deadPort, openWebhookReceiver } from '../../test/support/webhook-receiver.ts';

describe('the command line', () => {
  const suite = commandLineSuite();
  const { leat, spawned } = suite;

  it('lists kinds of destination, shows what one asks for, and says what is wrong with settings', async () => {
    const { out } = await leat(['destination', 'kinds']);
    expect(out).toMatch(/google-analytics +Google Analytics 4 +key or password +leat/);
    expect((await leat(['destination', 'kinds', 'postgr', '--json'])).json).toMatchObject([{ slug: 'postgres' }]);
    expect((await leat(['destination', 'kinds', 'no such'])).err).toContain('has "no such" in its name');
    const shown = await leat(['destination', 'kinds', 'postgres']);
    expect(shown.out).toMatch(/host +required/);
    expect(shown.out).toMatch(/Load +load +type = "identify"/);
    expect((await leat(['destination', 'kinds', 'slack'])).out).toMatch(/starts with no action[^]*post_message/);
    const refusals = await Promise.all([
      leat(['destination', 'add', 'ga4']),
      leat(['destination', 'add', 'postgres', '--set', 'host=db']),
      leat(['destination', 'add', 'slack', '--set', 'webhookUrl=https://x.test/', '--set', 'chanel=a']),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(refusals[0].err).toContain('Did you mean google-analytics?');
    expect(refusals[1].err).toContain('settings.database is missing; settings.user is missing');
    expect(refusals[2].err).toContain('settings.chanel is no setting of Slack');
    const added = await leat(['destination', 'add', 'slack', '--set', 'webhookUrl=https://x.test/', '--disabled']);
    expect(added.err).toContain('It has no action yet');
    expect(added.err).toContain('begins with what comes in after it is first switched on');
    expect(await leat(['destination', 'suggest', 'slack', 'Nothing'])).toMatchObject({ code: 1 });
    expect((await leat(['destination', 'suggest', 'slack', 'Signed Up'])).out).toContain('Signed Up has no property');
  });

  it('adds a source and shows a call that works as it stands', async () => {
    const added = await spawned(['source', 'add', 'Shop', '--kind', 'node']);
    expect(added).toMatchObject({ code: 0, err: '' });
    const [, key, url] = /curl -u '([^:]+):'.*? (http\S+) /.exec(added.out)!;
    const answer = await fetch(url!, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${key}:`)}` },
      body: '{"userId":"u1","event":"Hello"}',
    });
    expect(answer.status).toBe(200);
    const listed = await leat(['source', 'list']);
    expect(listed.out).toMatch(/Shop +node +on +us_/);
    expect(listed.out).not.toContain('\u001B[');
  });

  it('manages keys', async () => {
    const { json: source } = await leat(['source', 'add', 'Keys', '--json']);
    const { json: brought } = await leat(['source', 'keys', 'keys', '--bring', 'brought-along-key-1', '--json']);
    expect(brought).toMatchObject({ key: 'brought-along-key-1', class: 'public' });
    const { json: rotated } = await leat(['source', 'keys', source.id, '--rotate', brought.id, '--json']);
    expect(rotated.key).toMatch(/^us_/);
    await leat(['source', 'keys', source.id, '--revoke', brought.id]);
    const listed = await leat(['source', 'keys', source.id]);
    expect(listed.out).toMatch(/brought-along-key-1 +public +– +revoked/);
    expect(await leat(['source', 'keys', source.id, '--add', '--revoke', 'x'])).toMatchObject({ code: 2 });
  });

  it('tests a source: 4 while nothing arrived, 0 once it does', async () => {
    const { json: source } = await leat(['source', 'add', 'Tested', '--json']);
    const silent = await leat(['source', 'test', 'Tested']);
    expect(silent).toMatchObject({ code: 4 });
    expect(silent.out).toContain('Nothing has been taken');
    const sent = await leat(['send', 'track', '--user', 'u1', '--event', 'Hello', '--source', 'Tested', '--json']);
    expect(sent).toMatchObject({ code: 0, json: { ok: true } });
    await waitFor('the call to be seen', async () => {
      const { code, json } = await leat(['source', 'test', source.id, '--json']);
      return code === 0 && json.state === 'receiving';
    });
  });

  it('adds, lists and tests a destination', async () => {
    const receiver = await openWebhookReceiver();
    const args = [
      'destination',
      'add',
      'webhook',
      '--name',
      'Hook',
      '--set',
      `url=${receiver.url}`,
      'headers.X-Team=growth',
    ];
    const { json: added } = await leat([...args, 'sharedSecret=12345', '--json']);
    expect(added.settings).toMatchObject({ url: receiver.url, sharedSecret: '••••••••' });
    expect((await leat(['destination', 'list'])).out).toMatch(/Hook +webhook +on/);
    expect(await leat(['destination', 'test', 'Hook'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('✓') as string,
    });
    expect(receiver.requests[0]?.headers).toMatchObject({ 'x-team': 'growth' });
    await receiver.close();
    const failed = await leat(['destination', 'test', 'Hook', '--json']);
    expect(failed).toMatchObject({ code: 4, json: { ok: false } });
    const wrong = await leat(['destination', 'add', 'webhook', '--set', 'url=nonsense']);
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.err).toContain('settings.url');
    await suite.server.control.send('DELETE', `destinations/${added.id}`);
  });

  it('changes, switches off and on, and removes a destination', async () => {
    const receiver = await openWebhookReceiver();
    const set = ['--set', `url=${receiver.url}`, 'headers.X-Team=growth', 'headers.X-Old=1', 'sharedSecret=12345'];
    const { out, err } = await leat(['destination', 'add', 'webhook', '--name', 'Changing', ...set]);
    expect(out).toContain('Added Changing');
    // The server allows it.
    expect(err).toBe('');
    const edit = ['destination', 'edit', 'changing', '--name', 'Changed', '--source', 'My first source'];
    const change = ['--set', 'headers.X-New=2', '--unset', 'headers.X-Old', '--json'];
    expect((await leat([...edit, ...change])).json).toMatchObject({
      name: 'Changed',
      sourceIds: [expect.stringMatching(/^src_/)],
      settings: { url: receiver.url, headers: { 'X-Team': '••••••••', 'X-New': '••••••••' }, sharedSecret: '••••••••' },
    });
    const shown = await leat(['destination', 'show', 'Changed']);
    expect(shown.out).toMatch(/at once +0 under way, 4 allowed now, 32 at most\nrate +no limit\nbreaker +closed/);
    await leat(['destination', 'test', 'Changed']);
    expect(receiver.requests.at(-1)?.headers).toMatchObject({ 'x-team': 'growth', 'x-new': '2' });
    expect(receiver.requests.at(-1)?.headers).not.toHaveProperty('x-old');
    expect(receiver.requests.at(-1)?.headers).toHaveProperty('x-signature');
    expect((await leat(['destination', 'disable', 'Changed', '--json'])).json).toMatchObject({ enabled: false });
    expect((await leat(['destination', 'enable', 'Changed'])).out).toContain('Enabled Changed');
    await leat(['destination', 'disable', 'Changed']);
    await leat(['send', 'track', '--user', 'waiter', '--event', 'Waits', '--json']);
    await waitFor('the event to wait', async () => {
      const { destinations } = (await leat(['status', '--json'])).json;
      return destinations.find(({ name }: { readonly name: string }) => name === 'Changed').lag === 1;
    });
    const unsure = await leat(['destination', 'skip', 'Changed']);
    expect(unsure).toMatchObject({ code: 1, err: expect.stringContaining('1 event would not be sent to') as string });
    const skipped = await leat(['destination', 'enable', 'Changed', '--skip-backlog']);
    expect(skipped.out).toMatch(/Enabled Changed.*\n1 event skipped; they count as discarded\./);
    const none = await leat(['destination', 'skip', 'Changed', '--json']);
    expect(none).toMatchObject({ code: 0, json: { skipped: 0 } });
    expect(await leat(['destination', 'edit', 'Changed'])).toMatchObject({ code: 2 });
    expect(await leat(['destination', 'edit', 'Changed', '--unset', 'headers.X-None'])).toMatchObject({ code: 1 });
    expect((await leat(['destination', 'remove', 'Changed'])).out).toContain('Removed Changed');
    expect(await leat(['destination', 'remove', 'Changed'])).toMatchObject({ code: 1 });
    await receiver.close();
  });

  it('sends a call, shows the person and explains the event', async () => {
    const sent = await leat(['send', 'identify', '--user', 'ann', '--traits', '{"plan":"pro"}', '--json']);
    const { messageId } = sent.json;
    const person = await waitFor('the person', async () => {
      const run = await leat(['person', 'ann']);
      return run.code === 0 ? run : null;
    });
    expect(person.out).toMatch(/plan +"pro"/);
    const explained = await leat(['explain', messageId]);
    expect(explained).toMatchObject({ code: 0 });
    expect(explained.out).toContain('✓ workspace: delivered');
    expect(await leat(['person', 'nobody'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no person') as string,
    });
    expect(await leat(['explain', 'no-such-id'])).toMatchObject({ code: 1 });
  });

  it('shows the status in one screen', async () => {
    const shown = await leat(['status']);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain('balanced');
    const { json } = await spawned(['status', '--json']);
    expect(json).toMatchObject({ workspace: { lag: expect.any(Number) as number }, ledger: { balanced: true } });
  });

  it('is coloured only where it should be', async () => {
    expect((await leat(['status'], { FORCE_COLOR: '1' })).out).toContain('\u001B[');
    expect((await leat(['status'], { FORCE_COLOR: '1', NO_COLOR: '1' })).out).not.toContain('\u001B[');
    expect((await leat(['status', '--no-color'], { FORCE_COLOR: '1' })).out).not.toContain('\u001B[');
  });

  it('examines a set-up and finds a dead destination', async () => {
    const url = `http://127.0.0.1:${await deadPort()}/`;
    const { json: added } = await leat([
      'destination',
      'add',
      'webhook',
      '--name',
      'Dead',
      '--set',
      `url=${url}`,
      '--json',
    ]);
    for (const name of ['Web', 'Shop window']) await leat(['source', 'add', name, '--kind', 'javascript']);
    await leat(['send', 'track', '--user', 'u1', '--event', 'Hello']);
    const found = await waitFor('the breaker to open', async () => {
      const run = await leat(['doctor', '--json']);
      return run.json.findings.some(({ state }: { state: string }) => state === 'fail') ? run : null;
    });
    expect(found.code).toBe(4);
    const checks = (state: string): string[] =>
      found.json.findings
        .filter((one: { state: string }) => one.state === state)
        .map(({ check }: { check: string }) => check);
    expect(checks('fail')).toEqual(['destinations']);
    expect(checks('ok')).toEqual(
      expect.arrayContaining(['reachable', 'ready', 'token', 'workspace', 'ledger', 'settings']),
    );
    expect(found.json.ok).toBe(false);
    const messages = found.json.findings.map(({ message }: { message: string }) => message);
    expect(messages.filter((message: string) => message.includes('are told to send to'))).toEqual([
      expect.stringContaining('Clients of Web and Shop window are told'),
    ]);
    expect((await leat(['doctor'])).out).toContain('1 thing is broken');
    const { out: status } = await leat(['status']);
    expect(status).toMatch(/^.*Dead +.*waits .*$/m);
    expect(status).toMatch(/^Dead waits: \S.+$/m);
    await suite.server.control.send('DELETE', `destinations/${added.id}`);
    expect(await leat(['doctor'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing is broken') as string,
    });
  });

  it('says what is wrong with the way to the server', async () => {
    const away = await spawned(['status'], { LEAT_URL: `http://127.0.0.1:${await deadPort()}` });
    expect(away).toMatchObject({ code: 3, out: '', err: expect.stringContaining('No Leat server answers') as string });
    const wrong = await leat(['status'], { LEAT_ADMIN_TOKEN: 'a-wrong-token-0123456' });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('LEAT_ADMIN_TOKEN') as string });
    expect(wrong.err).not.toContain('a-wrong-token');
    const without = await leat(['status'], { LEAT_ADMIN_TOKEN: '' });
    expect(without).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Error This command has no token for/) as string,
    });
    expect(without.err).toMatch(
      new RegExp(`there is no ${suite.folder}/admin-token.*\nRun it where .*LEAT_DATA_DIR.*LEAT_ADMIN_TOKEN`),
    );
    expect(without.err).not.toContain('Bearer');
    const badKey = await leat(['send', 'track', '--user', 'u', '--event', 'E', '--key', 'x'], { LEAT_ADMIN_TOKEN: '' });
    expect(badKey.err).toMatch(/^Error The write key was refused: (?!This command)/);
    const json = await leat(['status', '--json'], { LEAT_URL: 'nonsense' });
    expect(json).toMatchObject({
      code: 2,
      json: { error: { message: expect.stringContaining('nonsense') as string } },
    });
    expect(await leat(['no-such-command'])).toMatchObject({ code: 2 });
    expect(await leat(['--help'])).toMatchObject({ code: 0 });
  });

  it('says how exact the times of the ledger are', async () => {
    expect((await leat(['ledger', '--help'])).out.match(/cut to the\s+minute/g)).toHaveLength(2);
  });

  it('finds the server that runs on the data folder', async () => {
    const env = { LEAT_URL: '', LEAT_DATA_DIR: suite.server.dataDir };
    expect(await leat(['status'], env)).toMatchObject({ code: 0 });
  });
});
