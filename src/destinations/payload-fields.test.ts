import { describe, expect, it } from 'vitest';
import { optionalObject, optionalText, optionalTime, requiredText } from './payload-fields.ts';

describe('fields of payloads', () => {
  it.each([
    ['x', 'x'],
    [7, '7'],
    [true, 'true'],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('reads %j as the text %j', (value, text) => {
    expect(optionalText.parse(value)).toBe(text);
  });

  it.each([undefined, null, '', {}, []])('refuses %j where text has to be', (value) => {
    expect(requiredText.safeParse(value).success).toBe(false);
  });

  it('reads times as ms since 1970', () => {
    expect(optionalTime.parse('2026-03-01T12:00:00+01:00')).toBe(Date.parse('2026-03-01T11:00:00Z'));
    expect(optionalTime.parse(1_772_362_800)).toBe(Date.parse('2026-03-01T11:00:00Z'));
    expect([optionalTime.parse('soon'), optionalTime.parse(null), optionalTime.parse(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes objects only', () => {
    expect(optionalObject.parse({ a: [1] })).toEqual({ a: [1] });
    expect(optionalObject.parse(null)).toEqual({});
    expect(optionalObject.safeParse([]).success).toBe(false);
  });
});
