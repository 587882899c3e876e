import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../lib/sqlite.ts';
import { entries, entry, readAll, temporaryFolder } from '../log-entries.fixture.ts';
import { createLogCells } from './log-cells.ts';
import { LogClient } from './log-client.ts';
import type { ToWriter } from './log-protocol.ts';
import { startLogWriter } from './log-writer.ts';
import { segmentPath } from './segment-file.ts';
import { openSegmentWriter } from './segment-writer.ts';
import { serveLogWriter } from './serve-log-writer.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';
import { TestClock } from './test-log.fixture.ts';
import { waitFor } from '../../../test/support/wait-for.ts';

interface Served {
  readonly client: LogClient;
  readonly reader: SqliteLogReader;
  readonly folder: string;
  /** The writer's end. */
  readonly port: MessagePort;
}

/** A client and a writer on this thread, joined by a port. */
function serve(maxQueuedBytes?: number): Served {
  const folder = temporaryFolder();
  const cells = createLogCells();
  const writer = openSegmentWriter({ folder, cells, clock: new TestClock() });
  const { port1, port2 } = new MessageChannel();
  serveLogWriter(port2, writer);
  const client = new LogClient({ port: port1, cells, ...(maxQueuedBytes && { maxQueuedBytes }) });
  const reader = new SqliteLogReader({ folder, cells });
  onTestFinished(async () => {
    await client.close();
    await reader.close();
    await writer.close();
  });
  return { client, reader, folder, port: port2 };
}

/** A client, and the sizes of the groups it sends; each is answered when it is told to. */
function byHand() {
  const { port1, port2 } = new MessageChannel();
  const client = new LogClient({ port: port1, cells: createLogCells() });
  const sizes: number[] = [];
  let next = 1;
  const answer = (): void => {
    const [memory = new ArrayBuffer(0)] = texts.splice(0, 1);
    port2.postMessage({ t: 'stored', first: next, duplicates: [], memory }, [memory]);
    next += sizes.at(-1) ?? 0;
  };
  const texts: ArrayBuffer[] = [];
  port2.on('message', ({ t, group }: ToWriter) => {
    if (t !== 'group') return;
    sizes.push(group.ids.length);
    texts.push(group.text.buffer);
  });
  onTestFinished(async () => {
    await client.close();
    port2.close();
  });
  return { client, sizes, answer };
}

describe('LogClient', () => {
  it('sends what one client appends at once, and lets what several append gather', async () => {
    const { client, sizes, answer } = byHand();
    const append = (from: number, count: number) =>
      Promise.all(Array.from({ length: count }, (_, n) => client.append([entry(from + n)])));
    const sent = (groups: number) => waitFor(`group ${groups}`, () => sizes.length === groups);
    let done = append(0, 1);
    await sent(1);
    answer();
    await done;
    done = append(1, 8);
    await sent(2);
    answer();
    await done;
    // A few more than enough: those that are left wait for the answer, together with what comes until then.
    done = append(9, 19);
    await sent(3);
    const more = append(28, 2);
    answer();
    await sent(4);
    answer();
    await Promise.all([done, more]);
    expect(sizes).toEqual([1, 8, 16, 5]);
  });

  it('takes in no more than its queue holds, and the rest in order as room comes', async () => {
    const { client, reader } = serve(20_000);
    const body = JSON.stringify('x'.repeat(1000));
    const waiting = Array.from({ length: 200 }, (_, n) => client.append([entry(n, { body })]));
    const { queued } = await reader.status();
    expect(queued).toBeGreaterThan(10);
    expect(queued).toBeLessThan(20);
    const appended = (await Promise.all(waiting)).flat();
    expect(appended.map(({ offset }) => offset)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect((await reader.status()).queued).toBe(0);
    expect((await readAll(reader)).map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 200 }, (_, n) => `message-${n}`),
    );
  });

  it('lets those who asked for room first have it in turn with appends, and takes in what they append then', async () => {
    const { client } = serve(5000);
    const order: string[] = [];
    const appended: Promise<unknown>[] = [];
    const append = (name: string, from: number): void => {
      appended.push(client.append(entries(from, from + 20)).then(() => order.push(name)));
    };
    append('first', 0);
    append('second', 20);
    expect(client.hasRoom).toBe(false);
    append('blocked', 40);
    client.whenRoom(() => {
      expect(client.hasRoom).toBe(true);
      append('asked', 60);
    });
    append('last', 80);
    expect(appended).toHaveLength(4);
    await waitFor('the one who asked', () => appended.length === 5);
    await Promise.all(appended);
    expect(order).toEqual(['first', 'second', 'blocked', 'asked', 'last']);
    expect(client.hasRoom).toBe(true);
    let asked = false;
    client.whenRoom(() => (asked = true));
    expect(asked).toBe(true);
  });

  it('lets an append through that is larger than the whole queue', async () => {
    const { client } = serve(1000);
    const [, large] = await Promise.all([client.append(entries(0, 5)), client.append(entries(10, 200))]);
    expect(large).toHaveLength(190);
    await expect(client.append(Array.from({ length: 65_537 }, () => entry(1)))).rejects.toMatchObject({
      name: 'InputError',
      code: 'too_large',
    });
  });

  it('rejects what could not be stored with the reason, and stores what comes after', async () => {
    const { client, reader, folder } = serve();
    const intruder = openSqlite(segmentPath(folder, 1));
    intruder.exec('BEGIN IMMEDIATE');
    await expect(client.append(entries(0, 3))).rejects.toMatchObject({
      name: 'FaultError',
      code: 'log_unavailable',
      status: 503,
      message: expect.stringMatching(/locked/),
    });
    intruder.exec('ROLLBACK');
    intruder.close();
    expect(await client.append(entries(0, 3))).toMatchObject([{ offset: 1, duplicate: false }, {}, {}]);
    expect((await reader.status()).unavailable).toBeNull();
  });

  it('stores what it has taken in before it closes', async () => {
    const { client, reader } = serve(2000);
    const waiting = Array.from({ length: 50 }, (_, n) => client.append(entries(n * 10, n * 10 + 10)));
    await client.close();
    await Promise.all(waiting);
    expect(await readAll(reader)).toHaveLength(500);
    await expect(client.append([entry(0)])).rejects.toMatchObject({ code: 'shutting_down' });
  });

  it('rejects everything that waits when the writer goes away', async () => {
    const { client, port } = serve(2000);
    const waiting = Promise.allSettled(Array.from({ length: 50 }, (_, n) => client.append([entry(n)])));
    const asked = new Promise<unknown>((resolve, reject) =>
      client.whenRoom(() => void client.append([entry(50)]).then(resolve, reject)),
    );
    port.close();
    await expect(asked).rejects.toMatchObject({ code: 'thread_lost' });
    const outcomes = await waiting;
    expect(outcomes.map(({ status }) => status)).toEqual(Array(50).fill('rejected'));
    expect(outcomes[0]).toMatchObject({ reason: { code: 'thread_lost' } });
    await expect(client.append([entry(0)])).rejects.toMatchObject({ code: 'thread_lost' });
  });
});

describe('startLogWriter', () => {
  it('serves clients on other threads beside its own', async () => {
    const writer = await startLogWriter({ folder: temporaryFolder() });
    const other = new LogClient({ port: writer.port(), cells: writer.cells });
    const [first, second] = await Promise.all([writer.client.append(entries(0, 50)), other.append(entries(0, 50))]);
    const offsets = (appended: typeof first): number[] => appended.map(({ offset }) => offset);
    expect(offsets(first)).toEqual(offsets(second));
    expect([...first, ...second].filter(({ duplicate }) => duplicate)).toHaveLength(50);
    await other.close();
    await writer.close();
  });

  it('says that its thread is lost, and closes all the same', async () => {
    const writer = await startLogWriter({ folder: temporaryFolder() });
    // Nothing that a client sends: it breaks the thread.
    const port = writer.port();
    port.postMessage(null);
    await expect(writer.lost).rejects.toMatchObject({ code: 'thread_lost' });
    await expect(writer.client.append(entries(0, 1))).rejects.toMatchObject({ code: 'thread_lost' });
    await writer.close();
  });

  it('says why it cannot start', async () => {
    const folder = temporaryFolder();
    const writer = await startLogWriter({ folder });
    await expect(startLogWriter({ folder })).rejects.toThrow(/Another process writes the log/);
    await writer.close();
    await expect(startLogWriter({ folder, segmentEvents: 2 ** 21 })).rejects.toMatchObject({ code: 'bad_setting' });
  });
});
