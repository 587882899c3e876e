import { describe, expect, it } from 'vitest';
import { parseTime } from './parse-time.ts';

describe('parseTime', () => {
  const now = Date.parse('2026-03-01T12:00:00.000Z');

  it('reads times, dates and how long ago', () => {
    expect(parseTime('2026-01-31T12:00:00+02:00', now)).toBe('2026-01-31T10:00:00.000Z');
    expect(parseTime('2026-01-31', now)).toBe('2026-01-31T00:00:00.000Z');
    expect(parseTime('90m', now)).toBe('2026-03-01T10:30:00.000Z');
    expect(parseTime('2d', now)).toBe('2026-02-27T12:00:00.000Z');
  });

  it('refuses what is none', () => {
    for (const text of ['yesterday', '12', '2026-13-45', '']) expect(() => parseTime(text, now)).toThrow('is no time');
  });
});
