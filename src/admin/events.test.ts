import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorToken, startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';

const names = (items: readonly { event?: { event?: string } }[]): (string | undefined)[] =>
  items.map(({ event }) => event?.event);

describe('the latest events', () => {
  let server: ControlServer;
  let otherSource: { id: string; keys: { key: string }[] };
  beforeAll(async () => {
    server = await startControlServer();
    otherSource = (await server.call('POST', 'sources', { body: { name: 'Other' } })).body;
    for (let n = 1; n <= 6; n++)
      await server.send('/v1/track', { userId: n % 2 ? 'odd' : 'even', event: `E${n}`, messageId: `m${n}` });
    await server.send('/v1/identify', { userId: 'odd' }, { key: otherSource.keys[0]!.key });
  });
  afterAll(() => server.close());

  it('are listed newest first, in pages that lose and repeat nothing', async () => {
    const seen: (string | undefined)[] = [];
    let cursor = '';
    do {
      const { body } = await server.call('GET', `events?limit=2${cursor}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...names(body.items));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen).toEqual([undefined, 'E6', 'E5', 'E4', 'E3', 'E2', 'E1']);
  });

  it('can be narrowed by source, type, name and user', async () => {
    const list = async (query: string): Promise<any[]> => (await server.call('GET', `events?${query}`)).body.items;
    expect(names(await list('user=even'))).toEqual(['E6', 'E4', 'E2']);
    expect(names(await list('name=E3'))).toEqual(['E3']);
    expect(await list('type=identify')).toMatchObject([{ sourceId: otherSource.id, event: { type: 'identify' } }]);
    expect(await list(`source=${otherSource.id}`)).toHaveLength(1);
    expect(names(await list(`source=${server.sourceId}&user=odd&limit=2`))).toEqual(['E5', 'E3']);
  });

  it('can be narrowed to a time of receipt', async () => {
    const all = (await server.call('GET', 'events')).body.items;
    const third = all.find(({ messageId }: { messageId: string }) => messageId === 'm3').receivedAt as string;
    const later = all.filter(({ receivedAt }: { receivedAt: string }) => receivedAt >= third);
    expect((await server.call('GET', `events?from=${third}`)).body).toEqual({ items: later, next: null });
    const before = await server.call('GET', `events?to=${third}`);
    expect(before.body.items).toEqual(all.slice(later.length));
    expect((await server.call('GET', 'events?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z')).body.items).toEqual(
      [],
    );
  });

  it('refuse a cursor that is none', async () => {
    expect(await server.call('GET', 'events?cursor=abc')).toMatchObject({ status: 400, body: { field: 'cursor' } });
  });

  it('never hold a write key', async () => {
    await server.send('/v1/t', { writeKey: server.writeKey, userId: 'u', event: 'With key' });
    expect((await server.call('GET', 'events')).text).not.toContain(server.writeKey);
  });
});

/** Reads a live tail into a list of its messages. */
async function openTail(server: ControlServer, query = '', headers: Record<string, string> = {}) {
  const controller = new AbortController();
  const response = await fetch(`${server.url}/api/v1/events?live=1${query}`, {
    headers: { authorization: `Bearer ${operatorToken}`, ...headers },
    signal: controller.signal,
  });
  let text = '';
  const reading = (async () => {
    try {
      for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    }
  })();
  // Events and what was skipped; positions only move the id on.
  const blocks = (): string[] => text.split('\n\n').filter((block) => /^event: (event|skipped)\n/.test(block));
  return {
    response,
    text: () => text,
    messages: () => blocks().map((block) => JSON.parse(/^data: (.*)$/m.exec(block)![1]!)),
    ids: () => blocks().map((block) => /^id: (.*)$/m.exec(block)![1]!),
    ended: reading,
    leave: async () => {
      controller.abort();
      await reading;
    },
  };
}

describe('the live tail', () => {
  let server: ControlServer;
  beforeAll(async () => {
    server = await startControlServer();
    await server.send('/v1/track', { userId: 'u', event: 'Before' });
  });
  afterAll(() => server.close());

  it('shows what comes in from now on, as it comes', async () => {
    const tail = await openTail(server);
    expect(tail.response.headers.get('content-type')).toContain('text/event-stream');
    await waitFor('the tail to be live', async () => tail.text().includes(': live'));
    await server.send('/v1/track', { userId: 'u', event: 'First' });
    await waitFor('the first event', async () => tail.messages().length === 1);
    await server.send('/v1/track', { userId: 'u', event: 'Second' });
    await waitFor('the second event', async () => tail.messages().length === 2);
    expect(names(tail.messages())).toEqual(['First', 'Second']);
    expect(tail.messages()[0]).toMatchObject({ sourceId: server.sourceId, receivedAt: expect.any(String) as string });
    await tail.leave();
  });

  it('shows only what passes its filter', async () => {
    const tail = await openTail(server, '&type=identify');
    await waitFor('the tail to be live', async () => tail.text().includes(': live'));
    await server.send('/v1/batch', {
      batch: [
        { type: 'track', userId: 'u', event: 'No' },
        { type: 'identify', userId: 'u' },
      ],
    });
    await waitFor('the identify call', async () => tail.messages().length > 0);
    expect(tail.messages().map(({ event }) => event.type)).toEqual(['identify']);
    await tail.leave();
  });

  it('goes on after the last event that a reader saw', async () => {
    const tail = await openTail(server);
    await waitFor('the tail to be live', async () => tail.text().includes(': live'));
    await server.send('/v1/track', { userId: 'u', event: 'Seen' });
    await waitFor('an event', async () => tail.ids().length === 1);
    await tail.leave();
    await server.send('/v1/track', { userId: 'u', event: 'Missed' });
    const again = await openTail(server, '', { 'last-event-id': tail.ids()[0]! });
    await waitFor('the missed event', async () => again.messages().length === 1);
    expect(names(again.messages())).toEqual(['Missed']);
    await again.leave();
  });

  it('skips ahead, and says by how much, when a reader is far behind', async () => {
    const { end } = await server.log.range(0);
    const batch = Array.from({ length: 1500 }, (_, n) => ({ type: 'track', userId: 'u', event: `B${n}` }));
    for (let n = 0; n < 3; n++) await server.send('/v1/batch', { batch: batch.slice(n * 500, n * 500 + 500) });
    const tail = await openTail(server, '', { 'last-event-id': `0.${end - 1}` });
    await waitFor('the end of the log', async () => names(tail.messages()).includes('B1499'));
    expect(tail.messages()[0]).toEqual({ partition: 0, events: 500 });
    expect(tail.messages()).toHaveLength(1001);
    await tail.leave();
  });

  it('is open to so many readers only, and lets the next in when one leaves', async () => {
    const tails = await Promise.all(Array.from({ length: 20 }, () => openTail(server)));
    expect(tails.map(({ response }) => response.status)).toEqual(Array.from({ length: 20 }, () => 200));
    const refused = await openTail(server);
    expect(refused.response.status).toBe(429);
    await Promise.all(tails.map((tail) => tail.leave()));
    await waitFor('a place', async () => {
      const next = await openTail(server);
      const { status } = next.response;
      await next.leave();
      return status === 200;
    });
  });

  it('ends when the server stops', async () => {
    const own = await startControlServer();
    const tail = await openTail(own);
    await own.close();
    await tail.ended;
    expect(tail.text()).toContain(': live');
  });
});
