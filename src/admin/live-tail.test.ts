import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../test/support/wait-for.ts';
import { systemClock } from '../lib/clock.ts';
import { entries, temporaryFolder } from '../log/log-entries.fixture.ts';
import type { EventLog } from '../log/event-log.ts';
import { openSqliteLog } from '../log/sqlite/sqlite-log.ts';
import { liveTail } from './live-tail.ts';
import type { TailOptions } from './live-tail.ts';

describe('a live tail', () => {
  const opened: EventLog[] = [];
  afterEach(async () => {
    for (const log of opened.splice(0)) await log.close();
  });
  const openLog = async (): Promise<EventLog> => {
    const log = await openSqliteLog({ folder: temporaryFolder(), dedupWindowMs: 1e12, dedupMemoryBytes: 16 * 2 ** 20 });
    opened.push(log);
    return log;
  };
  const options = (log: EventLog, change: Partial<TailOptions> = {}): TailOptions => ({
    log,
    filter: {},
    from: new Map(),
    clock: systemClock,
    pauseMs: 0,
    ...change,
  });

  it('waits for a slow reader, then goes on with what is left of the backlog', async () => {
    const log = await openLog();
    const written: string[] = [];
    let full = true;
    let release = (): void => {};
    const drained = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sink = { write: (text: string) => (written.push(text), !full), drained: () => drained };
    const controller = new AbortController();
    const tail = liveTail(options(log, { from: new Map([[0, 1]]), backlogEvents: 150 }), sink, controller.signal);
    await log.append(entries(1, 101));
    await waitFor(
      'the first slice',
      async () => written.filter((text) => text.startsWith('event: event')).length === 100,
    );
    await log.append(entries(101, 401));
    full = false;
    release();
    await waitFor('the end', async () => written.at(-1)?.includes('Event 400') ?? false);
    const skipped = written.filter((text) => text.startsWith('event: skipped'));
    expect(skipped).toEqual(['event: skipped\nid: 0.250\ndata: {"partition":0,"events":150}\n\n']);
    expect(written.filter((text) => text.startsWith('event: event'))).toHaveLength(250);
    controller.abort();
    await tail;
  });

  it('says where it stands at the start, and after events that the filter keeps back', async () => {
    const log = await openLog();
    await log.append(entries(1, 4));
    const written: string[] = [];
    const sink = { write: (text: string) => (written.push(text), true), drained: async () => {} };
    const controller = new AbortController();
    const tail = liveTail(options(log, { filter: { type: 'alias' } }), sink, controller.signal);
    const { end } = await log.range(0);
    const at = (offset: number): string => `event: position\nid: 0.${offset}\ndata: {}\n\n`;
    await waitFor('its place', async () => written.includes(at(end - 1)));
    await log.append(entries(4, 6));
    await waitFor('its new place', async () => written.includes(at(end + 1)));
    expect(written.filter((text) => text.startsWith('event: event'))).toEqual([]);
    controller.abort();
    await tail;
  });

  it('sends heartbeats while nothing happens', async () => {
    const written: string[] = [];
    const sink = { write: (text: string) => (written.push(text), true), drained: async () => {} };
    const controller = new AbortController();
    const tail = liveTail(options(await openLog(), { heartbeatMs: 5 }), sink, controller.signal);
    await waitFor('heartbeats', async () => written.filter((text) => text === ': beat\n\n').length > 2);
    controller.abort();
    await tail;
  });

  it('ends when its reader may no longer read, and fails when that cannot be told', async () => {
    const sink = { write: () => true, drained: async () => {} };
    let asked = 0;
    const log = await openLog();
    const allowed = async (): Promise<boolean> => ++asked < 3;
    await liveTail(options(log, { heartbeatMs: 1, allowed }), sink, new AbortController().signal);
    expect(asked).toBe(3);
    const untold = async (): Promise<boolean> => Promise.reject(new Error('untold'));
    const failing = liveTail(options(log, { heartbeatMs: 1, allowed: untold }), sink, new AbortController().signal);
    await expect(failing).rejects.toThrow('untold');
  });

  it('ends at once when it is called off while it waits', async () => {
    const controller = new AbortController();
    const sink = { write: () => true, drained: async () => {} };
    const tail = liveTail(options(await openLog()), sink, controller.signal);
    controller.abort();
    await tail;
  });

  it('fails as a whole when the log cannot be read', async () => {
    // A place past the end, as after the log's folder was replaced by an older copy; closing ends the wait for it.
    const log = await openLog();
    let live = false;
    const sink = { write: () => (live = true), drained: async () => {} };
    const tail = liveTail(options(log, { from: new Map([[0, 100]]) }), sink, new AbortController().signal);
    const failing = expect(tail).rejects.toMatchObject({ name: 'FaultError' });
    await waitFor('the tail to wait', async () => live);
    await opened.pop()?.close();
    await failing;
  });
});
