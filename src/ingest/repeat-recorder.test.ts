import { describe, expect, it } from 'vitest';
import { waitFor } from '../../test/support/wait-for.ts';
import type { Repeats } from '../control/intake-store.ts';
import { FaultError } from '../errors/errors.ts';
import { FaultNotices } from './fault-notices.ts';
import { RepeatRecorder } from './repeat-recorder.ts';

const appended = (duplicate: boolean) => ({ partition: 0, offset: 1, duplicate });

/** A store that takes reports, or fails as often as told. */
function storeFailing(times: number) {
  const reports: (readonly Repeats[])[] = [];
  let left = times;
  const recordRepeats = async (repeats: readonly Repeats[]): Promise<void> => {
    if (left-- > 0) throw new FaultError('store_unavailable', 'The disk is full.');
    reports.push(repeats);
  };
  return { recordRepeats, reports };
}

describe('RepeatRecorder', () => {
  it('hands over a second’s repeats as one report, added up by event', async () => {
    const store = storeFailing(0);
    const recorder = new RepeatRecorder(store, new FaultNotices(() => {}));
    recorder.note(
      's',
      ['new', 'again', 'again'],
      [false, true, true].map((one) => appended(one)),
      5,
      'node 1',
    );
    recorder.note(
      's',
      ['again', 'other'],
      [true, true].map((one) => appended(one)),
      9,
      'node 2',
    );
    await waitFor('the report', () => store.reports.length > 0);
    await recorder.close();
    expect(store.reports).toEqual([
      [
        { sourceId: 's', messageId: 'again', count: 3, firstAt: 5, lastAt: 9, client: 'node 2' },
        { sourceId: 's', messageId: 'other', count: 1, firstAt: 9, lastAt: 9, client: 'node 2' },
      ],
    ]);
  });

  it('hands over what a store did not take with the next report', async () => {
    const store = storeFailing(1);
    const faults: unknown[] = [];
    const recorder = new RepeatRecorder(store, new FaultNotices((error) => faults.push(error)));
    recorder.note('s', ['a'], [appended(true)], 1, '');
    await waitFor('the failure', () => faults.length === 1);
    recorder.note('s', ['a'], [appended(true)], 2, '');
    await recorder.close();
    expect(store.reports).toMatchObject([[{ messageId: 'a', count: 2, firstAt: 1, lastAt: 2 }]]);
  });

  it('holds no more events than its bound in a flood', async () => {
    const store = storeFailing(0);
    const recorder = new RepeatRecorder(store, new FaultNotices(() => {}));
    for (let n = 0; n < 200; n++) {
      const ids = Array.from({ length: 100 }, (_, i) => `m${n * 100 + i}`);
      recorder.note(
        's',
        ids,
        ids.map(() => appended(true)),
        n,
        '',
      );
    }
    await recorder.close();
    expect(store.reports.flat()).toHaveLength(5000);
  });
});
