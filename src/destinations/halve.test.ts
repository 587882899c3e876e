import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendHalving } from './halve.ts';
import { delivered, SendFailure } from './outcome.ts';
import type { Outcome, RetryOutcome } from './outcome.ts';

const refused: Outcome = { result: 'failed', reason: 'Refused.' };
const down: RetryOutcome = { result: 'retry', scope: 'destination', reason: 'Down.' };

describe('sending in halves', () => {
  it('delivers everything but the offenders, each exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (bad) => {
        const taken: number[] = [];
        const outcomes = await sendHalving([...bad.keys()], async (part) => {
          if (part.some((index) => bad[index])) return refused;
          taken.push(...part);
          return delivered;
        });
        expect(outcomes).toEqual(bad.map((isBad) => (isBad ? refused : delivered)));
        expect(taken).toEqual([...bad.keys()].filter((index) => !bad[index]));
      }),
    );
  });

  it('takes outcomes of single items as they are', async () => {
    let requests = 0;
    const outcomes = await sendHalving(['a', 'b'], async (part) => {
      requests++;
      return part.map(() => refused);
    });
    expect([outcomes, requests]).toEqual([[refused, refused], 1]);
  });

  it('sends nothing more once there is no answer, and keeps what was delivered by then', async () => {
    const sent: number[][] = [];
    const outcomes = await sendHalving([1, 2, 3, 4], async (part) => {
      sent.push([...part]);
      if (part.length === 4) return refused;
      if (part.includes(1)) return delivered;
      throw new SendFailure('destination_unavailable', down);
    });
    expect(outcomes).toEqual([delivered, delivered, down, down]);
    expect(sent).toEqual([
      [1, 2, 3, 4],
      [1, 2],
      [3, 4],
    ]);
  });

  it('goes on with the other part when one is to be tried again', async () => {
    const later: Outcome = { result: 'retry', scope: 'event', reason: 'Busy.', status: 503 };
    const outcomes = await sendHalving([1, 2], async (part) =>
      part.length === 2 ? refused : part.includes(1) ? later : delivered,
    );
    expect(outcomes).toEqual([later, delivered]);
  });

  it('passes on what is a fault of the code', async () => {
    const broken = sendHalving([1], () => Promise.reject(new TypeError('oops')));
    await expect(broken).rejects.toThrow('oops');
  });
});
