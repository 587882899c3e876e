import { describe, expect, it } from 'vitest';
import { readableSeconds, withUnixTimes } from './iso-times.ts';

describe('ISO times among attributes', () => {
  it.each([
    ['2024-02-29', 1_709_164_800],
    ['2024-02-29T12:30Z', 1_709_209_800],
    ['2024-02-29T12:30:15.123456789+02:00', 1_709_202_615],
  ])('turn %s into unix seconds', (text, seconds) => {
    expect(withUnixTimes(text)).toBe(seconds);
  });

  it.each(['2024-02-30', '2024-02-29T12:30', '1700000000', '2024-2-9', 'on 2024-02-29', '2024-02-29T25:00Z'])(
    'leave %s as it is',
    (text) => {
      expect(withUnixTimes(text)).toBe(text);
    },
  );

  it('are found inside objects and not inside lists', () => {
    expect(withUnixTimes({ a: { b: '2024-02-29' }, c: ['2024-02-29'], d: null })).toEqual({
      a: { b: 1_709_164_800 },
      c: ['2024-02-29'],
      d: null,
    });
  });

  it('of the creation date are read in any form, also as milliseconds', () => {
    expect(readableSeconds('2024-02-29')).toBe(1_709_164_800);
    expect(readableSeconds(1_709_164_800_123)).toBe(1_709_164_800);
    expect(readableSeconds('1709164800')).toBe(1_709_164_800);
    expect(readableSeconds('sometime')).toBeNull();
  });
});
