import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { LogBoard, createLogCells } from './log-cells.ts';

describe('LogBoard', () => {
  it('wakes a thread that has nothing else to live for', async () => {
    const cells = createLogCells();
    const board = new LogBoard(cells);
    board.publishEnd(1);
    const source = `
      import { parentPort, workerData } from 'node:worker_threads';
      import { LogBoard } from ${JSON.stringify(new URL('./log-cells.ts', import.meta.url).href)};
      const board = new LogBoard(workerData);
      const waiting = board.waitPast(5);
      parentPort.postMessage('waiting');
      parentPort.postMessage(await waiting);
    `;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData: cells });
    const messages: unknown[] = [];
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.on('message', (message) => {
      messages.push(message);
      if (message === 'waiting') {
        // Not far enough for it yet, then far enough.
        board.publishEnd(5);
        board.publishEnd(6);
      }
    });
    expect(await ended).toBe(0);
    expect(messages).toEqual(['waiting', 6]);
  });

  it('serves many waits at once and forgets those that are called off', async () => {
    const board = new LogBoard(createLogCells());
    const calledOff = new AbortController();
    const waits = Array.from({ length: 100 }, (_, n) => board.waitPast(n));
    const off = board.waitPast(1000, calledOff.signal);
    for (let end = 1; end <= 100; end += 9) board.publishEnd(end);
    const ends = await Promise.all(waits);
    ends.forEach((end, n) => expect(end).toBeGreaterThan(n));
    calledOff.abort();
    expect(await off).toBe(100);
    const forGood = board.waitPast(1000);
    board.wakeAll();
    expect(await forGood).toBe(100);
  });

  it('says what is wrong in words', () => {
    const board = new LogBoard(createLogCells());
    expect(board.status()).toMatchObject({ unavailable: null, warning: null });
    board.set('fault', 13);
    board.set('warning', 10 | (3 << 8));
    expect(board.status()).toMatchObject({
      unavailable: 'the disk of the log folder is full (SQLite code 13)',
      warning: 'the disk reports an input/output error (SQLite code 778)',
    });
  });
});
