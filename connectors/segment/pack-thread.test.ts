import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRecordingUpstream } from '../../test/support/recording-upstream.ts';
import type { RecordingUpstream } from '../../test/support/recording-upstream.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import type { SendContext } from '../../src/destinations/destination.ts';
import { openHttpClient } from '../../src/destinations/http-client.ts';
import { eventVersion } from '../../src/event/canonical-event.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { isSegmentPackInstalled } from './load-segment-pack.ts';
import { makeOddPackage } from './odd-package.fixture.ts';
import type { OddPackage } from './odd-package.fixture.ts';
import type { OAuthSettings } from './pack-protocol.ts';
import { PackThread } from './pack-thread.ts';
import { RenewedTokens } from './renewed-tokens.ts';

const here = path.resolve(import.meta.dirname);
const installed = isSegmentPackInstalled(here);
const leftOut = installed ? '' : ' (left out: the pack is not installed; run npm --prefix connectors/segment ci)';

describe.runIf(installed)(`the thread of a packaged destination${leftOut}`, () => {
  let upstream: RecordingUpstream;
  let odd: OddPackage;
  let threads: PackThread[] = [];
  const tokenFile = (): string => path.join(odd.folder, 'renewed-tokens.json');
  /** For what leaves no traces in it. */
  let shared: PackThread;
  beforeAll(async () => {
    odd = makeOddPackage(here);
    upstream = await openRecordingUpstream();
    shared = new PackThread({
      name: 'odd',
      tokens: new RenewedTokens(tokenFile()),
      folder: odd.folder,
      directory: 'odd',
    });
  });
  afterAll(async () => {
    await shared.close();
    odd.remove();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.requests.length = 0;
    upstream.answer(() => ({ status: 200 }));
  });
  afterEach(async () => {
    await Promise.all(threads.map((thread) => thread.close()));
    threads = [];
  });

  const start = (directory = 'odd', deadlineMs?: number): PackThread => {
    const thread = new PackThread({
      name: directory,
      tokens: new RenewedTokens(tokenFile()),
      folder: odd.folder,
      directory,
      ...(deadlineMs !== undefined && { deadlineMs }),
    });
    threads.push(thread);
    return thread;
  };
  type Context = Pick<SendContext<unknown>, 'request' | 'signal' | 'conceal'>;
  const contextOf = (signal = new AbortController().signal): Context => ({
    signal,
    conceal: () => undefined,
    request: (request) => upstream.request(request, signal, 500),
  });
  const send = (
    thread: PackThread,
    action: string,
    payloads: readonly JsonObject[] = [{ text: 'a' }],
    { batch = false, context = contextOf(), oauth = null as OAuthSettings | null, own = {} } = {},
  ) => {
    const items = payloads.map((payload, index) => ({
      payload,
      event: {
        type: 'track' as const,
        messageId: `m${index}`,
        timestamp: '2026-03-01T12:00:00.000Z',
        receivedAt: '2026-03-01T12:00:00.000Z',
        context: {},
        integrations: {},
        version: eventVersion,
      },
    }));
    const settings = { own: { url: 'https://vendor.example.com/in', ...own }, oauth };
    return thread.send({ action, settings, items, batch }, context);
  };

  it('sends through the HTTP client it is given', async () => {
    expect(await send(shared, 'post')).toEqual([{ result: 'delivered' }]);
    expect(upstream.requests).toMatchObject([
      { method: 'POST', url: 'https://vendor.example.com/in', body: '{"text":"a"}', headers: { 'user-agent': 'Leat' } },
    ]);
  });

  it.each<[number, JsonObject]>([
    [400, { result: 'failed', status: 400 }],
    [401, { result: 'retry', scope: 'destination', status: 401 }],
    [429, { result: 'retry', scope: 'destination', status: 429, retryAfterMs: 7000 }],
    [500, { result: 'retry', scope: 'destination', status: 500 }],
    [0, { result: 'retry' }],
    [-1, { result: 'retry', reason: 'The destination did not answer within 0.5 s.' }],
  ])(
    'takes an answer of %i for what it is, alone, in a batch and wrapped in another error',
    async (status, outcome) => {
      const thread = shared;
      upstream.answer(() => ({ status, headers: { 'retry-after': '7' } }));
      expect(await send(thread, 'post')).toMatchObject([outcome]);
      expect(await send(thread, 'post', [{ text: 'a' }], { batch: true })).toMatchObject([outcome]);
      if (status <= 0) expect(await send(thread, 'wrapping')).toMatchObject([outcome]);
    },
  );

  it.each<[string, JsonObject]>([
    ['400', { result: 'failed', reason: expect.stringContaining('no 400') as never }],
    ['403', { result: 'retry', scope: 'destination' }],
    ['408', { result: 'retry', scope: 'event' }],
    ['503', { result: 'retry', scope: 'event' }],
  ])('takes an error of status %s that the code throws for what it is', async (text, outcome) => {
    expect(await send(shared, 'refusing', [{ text }])).toMatchObject([outcome]);
  });

  it('refuses a payload that the destination’s schema does not take', async () => {
    expect(await send(shared, 'post', [{ text: { not: 'text' } }])).toEqual([
      { result: 'failed', reason: expect.stringContaining('Text') },
    ]);
  });

  it('sends a refused batch again in halves', async () => {
    upstream.answer(({ body }) => ({ status: body.includes('bad') ? 400 : 200 }));
    const payloads = ['a', 'bad', 'c', 'd'].map((text) => ({ text }));
    const outcomes = await send(shared, 'post', payloads, { batch: true });
    expect(outcomes.map(({ result }) => result)).toEqual(['delivered', 'failed', 'delivered', 'delivered']);
    const taken = upstream.requests.filter(({ body }) => !body.includes('bad')).map(({ body }) => body);
    expect(taken).toEqual(['[{"text":"a"}]', '[{"text":"c"},{"text":"d"}]']);
  });

  it('reaches no private address', async () => {
    const client = openHttpClient({ maxConnections: 1, allowPrivateAddresses: false });
    const { signal } = new AbortController();
    const context = {
      signal,
      conceal: () => undefined,
      request: (request: Parameters<typeof client.request>[0]) => client.request(request, signal),
    };
    for (const url of ['http://127.0.0.1:9/', 'http://localhost:9/', 'http://169.254.169.254/latest/meta-data'])
      expect(await send(shared, 'post', [{ text: 'a' }], { context, own: { url } })).toMatchObject([
        { result: 'retry', scope: 'destination', reason: expect.stringContaining('private address') },
      ]);
    await client.close();
  });

  it('has neither sockets nor the environment', async () => {
    await expect(send(shared, 'dialling')).rejects.toThrow('sends through Leat only');
    await send(shared, 'spying');
    expect(upstream.requests.at(-1)?.body).toBe('{"names":[]}');
  });

  it.each(['looping', 'waiting'])('is ended when it is %s past the deadline, and started anew', async (action) => {
    const thread = start('odd', 300);
    await send(thread, 'post').catch(() => undefined);
    await expect(send(thread, action)).rejects.toMatchObject({
      outcome: { result: 'retry', scope: 'event', reason: 'The destination’s code did not finish within 0.3 s.' },
    });
    const [outcome] = await waitFor('a thread that works', () => send(thread, 'post').catch(() => null));
    expect(outcome).toEqual({ result: 'delivered' });
  });

  it('can crash without harm: what was under way fails, the next send gets a new one', async () => {
    const thread = start();
    await expect(send(thread, 'crashing')).rejects.toMatchObject({ code: 'thread_lost' });
    expect(await waitFor('a new thread', () => send(thread, 'post').catch(() => null))).toEqual([
      { result: 'delivered' },
    ]);
  });

  it('stops at once when it is called off', async () => {
    upstream.answer(() => ({ status: -1 }));
    const controller = new AbortController();
    const sending = send(shared, 'post', [{ text: 'a' }], { context: contextOf(controller.signal) });
    await waitFor('the request', () => upstream.requests.length === 1);
    controller.abort(new Error('called off'));
    await expect(sending).rejects.toThrow('called off');
    await expect(send(shared, 'post', [], { context: contextOf(controller.signal) })).rejects.toThrow('called off');
  });

  it('says what is wrong with settings', async () => {
    const thread = shared;
    const settings = { own: { url: 'https://vendor.example.com/' }, oauth: null };
    expect(await thread.test(settings, contextOf())).toBeNull();
    expect(await thread.test({ own: {}, oauth: null }, contextOf())).toMatch(/url/i);
    upstream.answer(() => ({ status: 401 }));
    expect(await thread.test(settings, contextOf())).toMatch(/401/);
    upstream.answer(() => ({ status: 0 }));
    expect(await thread.test(settings, contextOf())).toMatch(/connection/);
  });

  it('renews an access token that is refused, once for all sends, and keeps the new one', async () => {
    upstream.answer(({ url, headers }) => {
      if (url.startsWith('https://oauth.example.com'))
        return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"access_token":"NEW"}' };
      return { status: headers.authorization === 'Bearer NEW' ? 200 : 401 };
    });
    const thread = start('oauthy');
    const oauth = { access_token: 'OLD', refresh_token: 'R', clientId: 'id', clientSecret: 'secret' };
    const outcomes = await Promise.all([1, 2, 3].map(() => send(thread, 'post', undefined, { oauth })));
    expect(outcomes.flat()).toEqual([1, 2, 3].map(() => ({ result: 'delivered' })));
    const renewals = upstream.requests.filter(({ url }) => url.startsWith('https://oauth'));
    expect(renewals.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { accessToken: 'OLD', refreshToken: 'R', clientId: 'id', clientSecret: 'secret' },
    ]);
    upstream.requests.length = 0;
    await send(thread, 'post', undefined, { oauth });
    expect(upstream.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer NEW']);
  });

  it('keeps renewed tokens for the threads to come, under the settings they were renewed from', async () => {
    let renewals = 0;
    upstream.answer(({ url, headers }) => {
      const json = { 'content-type': 'application/json' };
      if (url.startsWith('https://oauth.example.com'))
        return { status: 200, headers: json, body: `{"access_token":"NEWER${++renewals}"}` };
      return { status: headers.authorization?.startsWith('Bearer NEWER') ? 200 : 401 };
    });
    const oauth = { access_token: 'STALE', refresh_token: 'R', clientId: 'id', clientSecret: 'secret' };
    expect(await send(start('oauthy'), 'post', undefined, { oauth })).toEqual([{ result: 'delivered' }]);
    upstream.requests.length = 0;
    // As after a restart: another thread, and what is kept is read from the file again.
    expect(await send(start('oauthy'), 'post', undefined, { oauth })).toEqual([{ result: 'delivered' }]);
    expect(upstream.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer NEWER1']);
    expect(statSync(tokenFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(tokenFile(), 'utf8')).not.toContain('STALE');
    await send(start('oauthy'), 'post', undefined, { oauth: { ...oauth, access_token: 'ENTERED ANEW' } });
    expect(renewals).toBe(2);
  });

  const hubspotLike: OAuthSettings = { access_token: 'FIRST', refresh_token: 'R1', clientId: 'id', clientSecret: 'cs' };
  const json = { 'content-type': 'application/json' };

  it('names renewed tokens as secrets to whoever sends, to those that wait for the renewal and to those after it', async () => {
    upstream.answer(({ url, headers }) => {
      if (url.startsWith('https://oauth.example.com'))
        return { status: 200, headers: json, body: '{"access_token":"SECOND","refresh_token":"R2"}' };
      return { status: headers.authorization === 'Bearer SECOND' ? 200 : 401 };
    });
    const thread = start('oauthy');
    const concealing = (): { context: Context; named: Set<string> } => {
      const named = new Set<string>();
      return { named, context: { ...contextOf(), conceal: (secret) => named.add(secret) } };
    };
    const [one, two, later] = [concealing(), concealing(), concealing()];
    await Promise.all(
      [one, two].map(({ context }) => send(thread, 'post', undefined, { oauth: hubspotLike, context })),
    );
    await send(start('oauthy'), 'post', undefined, { oauth: hubspotLike, context: later.context });
    for (const { named } of [one, two, later]) expect([...named]).toEqual(['SECOND', 'R2']);
  });

  it('goes on with the last refresh token it was given when a renewal brings none', async () => {
    const asked: unknown[] = [];
    const oauth = { ...hubspotLike, access_token: 'ROTATED' };
    let good = 'A1';
    upstream.answer(({ url, headers, body }) => {
      if (!url.startsWith('https://oauth.example.com'))
        return { status: headers.authorization === `Bearer ${good}` ? 200 : 401 };
      asked.push((JSON.parse(body) as { refreshToken: string }).refreshToken);
      const answers = ['{"access_token":"A1","refresh_token":"R2"}', '{"access_token":"A2"}', '{"access_token":"A3"}'];
      return { status: 200, headers: json, body: answers[asked.length - 1] ?? '' };
    });
    for (good of ['A1', 'A2', 'A3'])
      expect(await send(start('oauthy'), 'post', undefined, { oauth })).toEqual([{ result: 'delivered' }]);
    expect(asked).toEqual(['R1', 'R2', 'R2']);
  });

  it('takes an answer without a token for no renewal', async () => {
    upstream.answer(({ url }) =>
      url.startsWith('https://oauth.example.com') ? { status: 200, headers: json, body: '{}' } : { status: 401 },
    );
    const oauth = { ...hubspotLike, access_token: 'NOT RENEWED' };
    expect(await send(start('oauthy'), 'post', undefined, { oauth })).toMatchObject([{ result: 'retry', status: 401 }]);
  });

  it('forgets renewed tokens that no destination’s settings lead to any more', () => {
    const of = (access_token: string): OAuthSettings => ({ ...hubspotLike, access_token });
    const tokens = new RenewedTokens(tokenFile());
    for (const name of ['kept', 'deleted']) tokens.keep('oauthy', of(name), { accessToken: `new-${name}` });
    tokens.keep('other', of('deleted'), { accessToken: 'new-other' });
    tokens.retain('oauthy', ['kept']);
    for (const now of [tokens, new RenewedTokens(tokenFile())]) {
      expect(now.of('oauthy', of('deleted'))).toBeNull();
      expect(now.of('oauthy', of('kept'))).toEqual({ accessToken: 'new-kept' });
      expect(now.of('other', of('deleted'))).toEqual({ accessToken: 'new-other' });
    }
    expect(readFileSync(tokenFile(), 'utf8')).not.toContain('new-deleted');
  });

  it('leaves a refused access token alone when it cannot be renewed', async () => {
    upstream.answer(() => ({ status: 401 }));
    const outcomes = await send(start('oauthy'), 'post', undefined, { oauth: { access_token: 'OLD' } });
    expect(outcomes).toMatchObject([{ result: 'retry', scope: 'destination', status: 401 }]);
    expect(upstream.requests).toHaveLength(1);
  });
});
