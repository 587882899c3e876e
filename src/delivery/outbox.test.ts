import { describe, expect, it } from 'vitest';
import type { ActionKind, SendMode } from '../destinations/destination.ts';
import { Entry } from './entry.ts';
import { Outbox } from './outbox.ts';
import type { Task, Unit } from './outbox.ts';

const batching: SendMode = { mode: 'batch', maxEvents: 3, maxBytes: 1000, maxWaitMs: 50, atomic: true };
let offset = 0;

function task(change: Partial<Task> = {}): Task {
  const origin = { partition: 0, offset: ++offset, sourceId: 's', messageId: 'm', receivedAt: 0, orderKeys: [] };
  return {
    entry: new Entry(origin, null),
    actionId: 'a1',
    // The outbox hands the action through and never looks at it.
    action: {} as ActionKind,
    item: { payload: {}, event: {} as never },
    mode: batching,
    batchKey: '',
    bytes: 100,
    ...change,
  };
}
const sizes = (outbox: Outbox, now: number): number[] => {
  const found: number[] = [];
  for (let unit: Unit | null = outbox.next(now); unit; unit = outbox.next(now)) found.push(unit.tasks.length);
  return found;
};

describe('Outbox', () => {
  it('gives single events out one by one, in order', () => {
    const outbox = new Outbox();
    const tasks = [task({ mode: { mode: 'single' } }), task({ mode: { mode: 'single' } })];
    for (const each of tasks) outbox.add(each, 0);
    expect(tasks.map((each) => outbox.next(0)?.tasks[0] === each)).toEqual([true, true]);
    expect([outbox.next(0), outbox.size]).toEqual([null, 0]);
  });

  it('gives out first what came in first, also when it became ready late; failed and parked events take their turn', () => {
    const outbox = new Outbox();
    const single: SendMode = { mode: 'single' };
    const [failed, a, b, c, parked, d] = Array.from({ length: 6 }, () => task({ mode: single }));
    parked!.entry.parking = 'stored';
    failed!.entry.attempts = 1;
    for (const each of [c!, a!, parked!, failed!, d!, b!]) outbox.add(each, 0);
    // Two were ready when the parked one came, three with it when the failed one did.
    const order = [a, b, parked, failed, c, d];
    expect(order.map(() => outbox.next(0)?.tasks[0]?.entry.offset)).toEqual(order.map((each) => each?.entry.offset));
    // It waits for as many as were ready, whichever they turn out to be.
    const later = task({ mode: single });
    const origin = { partition: 0, offset: ++offset, sourceId: 's', messageId: 'm', receivedAt: 5, orderKeys: [] };
    const latest = { ...later, entry: new Entry(origin, null) };
    for (const each of [latest, parked!, later]) outbox.add(each, 0);
    expect([0, 1, 2].map(() => outbox.next(0)?.tasks[0])).toEqual([later, parked, latest]);
  });

  it('sends a batch when it is full by count or bytes, or its first event waited long enough', () => {
    const outbox = new Outbox();
    for (let n = 0; n < 7; n++) outbox.add(task(), 10);
    expect(sizes(outbox, 10)).toEqual([3, 3]);
    expect([outbox.size, outbox.nextDueAt]).toEqual([1, 60]);
    expect([sizes(outbox, 59), sizes(outbox, 60)]).toEqual([[], [1]]);
    expect(outbox.nextDueAt).toBe(Infinity);
    outbox.add(task({ bytes: 600 }), 70);
    outbox.add(task({ bytes: 600 }), 70);
    expect(sizes(outbox, 70)).toEqual([1]);
  });

  it('keeps actions and batch keys apart', () => {
    const outbox = new Outbox();
    for (const change of [{}, { batchKey: 'k' }, { actionId: 'a2' }])
      for (let n = 0; n < 3; n++) outbox.add(task(change), 0);
    const units = [outbox.next(0), outbox.next(0), outbox.next(0)];
    expect(units.map((unit) => new Set(unit?.tasks.map(({ actionId, batchKey }) => actionId + batchKey)).size)).toEqual(
      [1, 1, 1],
    );
  });

  it('does not let an old batch wait behind full ones that came in later', () => {
    const outbox = new Outbox();
    outbox.add(task({ batchKey: 'rare' }), 0);
    for (let n = 0; n < 30; n++) outbox.add(task(), 100);
    expect(outbox.next(100)?.tasks[0]?.batchKey).toBe('rare');
  });

  it('puts an event into no larger batch than it may be in', () => {
    const outbox = new Outbox();
    const suspects = [task(), task(), task()];
    for (const { entry } of suspects) entry.batchCap = 1;
    for (const each of [task(), ...suspects]) outbox.add(each, 0);
    expect(sizes(outbox, 0)).toEqual([1, 1, 1, 1]);
  });

  it('gives out a batch that is not due when asked to, and everything when drained', () => {
    const outbox = new Outbox();
    outbox.add(task(), 0);
    expect(outbox.next(0)).toBeNull();
    expect(outbox.next(0, true)?.tasks.length).toBe(1);
    for (let n = 0; n < 5; n++) outbox.add(task(), 0);
    expect(outbox.drain().length).toBe(5);
    expect([outbox.size, outbox.nextDueAt, outbox.next(1000, true)]).toEqual([0, Infinity, null]);
  });
});
