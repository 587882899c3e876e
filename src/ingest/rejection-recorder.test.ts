import { describe, expect, it } from 'vitest';
import type { Rejection } from '../control/intake-store.ts';
import { RejectionRecorder } from './rejection-recorder.ts';

const rejection = (reason: string): Rejection => ({
  sourceId: 's',
  at: 0,
  reason,
  message: '',
  field: null,
  route: '/v1/track',
  size: 0,
  sample: '',
  client: '',
  ip: '',
  keyPrefix: null,
  strict: false,
});

/** A store whose commits end when they are told to. */
function slowStore() {
  const groups: (readonly string[])[] = [];
  const endings: { readonly succeed: () => void; readonly fail: (error: Error) => void }[] = [];
  const reject = (rejections: readonly Rejection[]): Promise<void> => {
    groups.push(rejections.map(({ reason }) => reason));
    return new Promise((succeed, fail) => endings.push({ succeed, fail }));
  };
  return { reject, groups, endings };
}

/** Lets the event loop turn until the store was given this many groups. */
async function groupsGiven(store: ReturnType<typeof slowStore>, count: number): Promise<void> {
  while (store.groups.length < count) await new Promise((resolve) => setImmediate(resolve));
}

describe('RejectionRecorder', () => {
  it('hands over what came in one turn as one group, and the rest when that is durable', async () => {
    const store = slowStore();
    const recorder = new RejectionRecorder(store);
    const first = Promise.all([recorder.record([rejection('a')]), recorder.record([rejection('b')])]);
    await groupsGiven(store, 1);
    const second = recorder.record([rejection('c')]);
    const third = recorder.record([rejection('d')]);
    expect(store.groups).toEqual([['a', 'b']]);
    store.endings[0]?.succeed();
    await first;
    await groupsGiven(store, 2);
    expect(store.groups[1]).toEqual(['c', 'd']);
    store.endings[1]?.succeed();
    await Promise.all([second, third]);
    await recorder.settled();
  });

  it('fails those of a group that could not be stored, and goes on', async () => {
    const store = slowStore();
    const recorder = new RejectionRecorder(store);
    const lost = recorder.record([rejection('a')]);
    await groupsGiven(store, 1);
    const next = recorder.record([rejection('b')]);
    store.endings[0]?.fail(new Error('full'));
    await expect(lost).rejects.toThrow('full');
    await groupsGiven(store, 2);
    store.endings[1]?.succeed();
    await next;
  });
});
