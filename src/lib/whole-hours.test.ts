import { describe, expect, it } from 'vitest';
import { wholeHours } from './whole-hours.ts';

describe('a stretch of minutes', () => {
  it('is whole hours with minutes at its edges, for steps of whole hours', () => {
    expect(wholeHours(59, 181, 120)).toEqual({
      from: 59,
      minuteEnd: 60,
      firstHour: 1,
      endHour: 3,
      minuteStart: 180,
      to: 181,
    });
    expect(wholeHours(60, 180, 60)).toMatchObject({ minuteEnd: 60, firstHour: 1, endHour: 3, minuteStart: 180 });
  });

  it('is minutes only when no whole hour lies in it', () => {
    expect(wholeHours(61, 179, 60)).toMatchObject({
      from: 61,
      minuteEnd: 179,
      firstHour: 0,
      endHour: 0,
      minuteStart: 179,
    });
  });

  it('is minutes only for finer steps', () => {
    expect(wholeHours(0, 600, 30)).toMatchObject({ from: 0, minuteEnd: 600, firstHour: 0, endHour: 0 });
  });
});
