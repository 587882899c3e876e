import { describe, expect, it } from 'vitest';
import { createMemoryLog } from '../../test/support/memory-log.ts';
import type { MemoryLog } from '../../test/support/memory-log.ts';
import { EventFeed, defaultFeedLimits } from './event-feed.ts';

const limits = { ...defaultFeedLimits, chunkEvents: 10, tailEvents: 50 };
const never = new AbortController().signal;

function filled(events: number): MemoryLog {
  const log = createMemoryLog();
  for (let n = 1; n <= events; n++) log.append({ messageId: `m${n}` });
  return log;
}
async function readAll(feed: EventFeed, from: number, to: number): Promise<number[]> {
  const offsets: number[] = [];
  for (let at = from; at < to;) {
    const { events, next } = await feed.read(at, never);
    offsets.push(...events.map(({ offset }) => offset));
    at = next;
  }
  return offsets;
}
const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, n) => n + first);

describe('EventFeed', () => {
  it('gives every reader everything from where it stands, in order', async () => {
    const log = filled(35);
    const feed = new EventFeed(log, 0, limits);
    expect(await readAll(feed, 1, 36)).toEqual(upTo(35));
    expect(await readAll(feed, 17, 36)).toEqual(upTo(35, 17));
  });

  it('reads and parses what is new once, however many wait for it', async () => {
    const log = filled(3);
    const feed = new EventFeed(log, 0, limits);
    const readers = Array.from({ length: 8 }, () => feed.read(4, never));
    log.append({ messageId: 'new' });
    const slices = await Promise.all(readers);
    expect(new Set(slices.map(({ events }) => events[0])).size).toBe(1);
    expect(slices[0]?.events[0]?.event?.messageId).toBe('new');
    const reads = log.reads;
    // Someone a little behind still shares it.
    expect((await feed.read(4, never)).events[0]).toBe(slices[0]?.events[0]);
    expect(log.reads).toBe(reads);
  });

  it('keeps a bounded part of the log’s end; who is further behind reads alone', async () => {
    const log = filled(0);
    const feed = new EventFeed(log, 0, limits);
    const first = feed.read(1, never);
    for (let n = 0; n < 200; n++) log.append();
    await first;
    await readAll(feed, 1, 201);
    const reads = log.reads;
    expect(await readAll(feed, 170, 201)).toEqual(upTo(200, 170));
    expect(log.reads).toBe(reads);
    expect(await readAll(feed, 1, 201)).toEqual(upTo(200));
    expect(log.reads).toBeGreaterThan(reads + 10);
  });

  it('does not make a reader wait for one that is behind', async () => {
    const log = filled(40);
    const feed = new EventFeed(log, 0, limits);
    await feed.read(5, never);
    for (let n = 0; n < 20; n++) log.append();
    expect((await feed.read(50, never)).events[0]?.offset).toBe(50);
    expect((await feed.read(15, never)).events[0]?.offset).toBe(15);
  });

  it('shows a gap to whoever stood at its beginning, and to nobody past it', async () => {
    const log = filled(30);
    const feed = new EventFeed(log, 0, limits);
    log.removeBefore(21);
    const slice = await feed.read(11, never);
    expect(slice.gap).toMatchObject({ from: 11, to: 21, counts: [{ accepted: 10 }] });
    expect(slice.events[0]?.offset).toBe(21);
    expect((await feed.read(21, never)).gap).toBeUndefined();
    expect((await feed.read(15, never)).gap).toMatchObject({ from: 15, counts: [{ accepted: 6 }] });
  });

  it('stops waiting when told to, without stopping the others', async () => {
    const log = filled(1);
    const feed = new EventFeed(log, 0, limits);
    const stop = new AbortController();
    const [one, other] = [feed.read(2, stop.signal), feed.read(2, never)];
    stop.abort();
    expect(await one).toEqual({ events: [], next: 2 });
    log.append();
    expect((await other).events.length).toBe(1);
  });

  it('passes a failure of the log on and reads again when asked again', async () => {
    const log = filled(1);
    const feed = new EventFeed(log, 0, limits);
    const waiting = feed.read(2, never);
    await Promise.resolve();
    log.fail('gone');
    await expect(waiting).rejects.toThrow('gone');
    log.fail(null);
    log.append();
    expect((await feed.read(2, never)).events.length).toBe(1);
  });

  it('ends all waiting when it is closed', async () => {
    const log = filled(1);
    const feed = new EventFeed(log, 0, limits);
    const waiting = feed.read(2, never);
    await Promise.resolve();
    feed.close();
    expect((await waiting).events).toEqual([]);
  });
});
