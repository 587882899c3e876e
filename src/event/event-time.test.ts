import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTime, isCanonicalIso, parseTime, toIsoTime } from './event-time.ts';

const at = (text: string): number => Date.parse(text);
const nobody = { library: undefined, mobile: false };
const receivedAt = at('2026-11-23T12:00:00.000Z');
const hour = 3_600_000;

describe('parseTime', () => {
  it.each([
    ['2026-11-23T04:42:54.246Z', '2026-11-23T04:42:54.246Z'],
    ['2026-11-23T04:49:51.492043005Z', '2026-11-23T04:49:51.492Z'],
    ['2026-11-23T04:48:07.993+00:00', '2026-11-23T04:48:07.993Z'],
    ['2026-11-23T04:48:08.493707+00:00', '2026-11-23T04:48:08.493Z'],
    ['2026-11-23T04:48:07-05:30', '2026-11-23T10:18:07.000Z'],
    ['2026-11-23T04:48:07+0530', '2026-11-22T23:18:07.000Z'],
    ['2026-11-23T04:48:07+05', '2026-11-22T23:48:07.000Z'],
    ['2026-11-23T04:48:07.1Z', '2026-11-23T04:48:07.100Z'],
    ['2026-11-23T04:48:07.Z', '2026-11-23T04:48:07.000Z'],
    ['2026-11-23T04:48:07', '2026-11-23T04:48:07.000Z'],
    ['2026-11-23 04:48:07', '2026-11-23T04:48:07.000Z'],
    ['2026-11-23T04:48Z', '2026-11-23T04:48:00.000Z'],
    ['2026-11-23t04:48:07z', '2026-11-23T04:48:07.000Z'],
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    [' 2026-11-23 ', '2026-11-23T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
    ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(toIsoTime(parseTime(text))).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-02-30T00:00:00.000Z',
    '2025-02-29T00:00:00.000Z',
    '2026-13-01',
    '2026-11-23T25:00:00Z',
    '2026-11-23T04:61:00.000Z',
    '2026-11-23T04:48:07.0123456789Z',
    '2026-11-23T04:48:07+24:00',
    'Mon, 23 Nov 2026 04:48:07 GMT',
    '20261123',
    '2026-11-23T04:48:07.00xZ',
    '0000-01-01T00:00:00+23:00',
    `2026-11-23${' '.repeat(5000)}`,
  ])('cannot read %j', (text) => {
    expect(parseTime(text)).toBeNaN();
  });

  it.each([
    [1_700_000_000, '2023-11-14T22:13:20.000Z'],
    [1_700_000_000.25, '2023-11-14T22:13:20.250Z'],
    [1_700_000_000_123, '2023-11-14T22:13:20.123Z'],
    [100_000_000_000, '1973-03-03T09:46:40.000Z'],
    [99_999_999_999, '5138-11-16T09:46:39.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.000Z'],
  ])('reads the bare number %d', (number, expected) => {
    expect(toIsoTime(parseTime(number))).toBe(expected);
  });

  it('reads numbers sent as text when they cannot be a date', () => {
    expect(parseTime('1700000000')).toBe(1_700_000_000_000);
    expect(parseTime('1700000000123')).toBe(1_700_000_000_123);
  });

  it.each([true, null, [], {}, Number.POSITIVE_INFINITY, 1e300])('cannot read %j', (value) => {
    expect(parseTime(value)).toBeNaN();
  });

  it('agrees with the platform on every valid time', () => {
    const times = fc.date({ noInvalidDate: true, min: new Date(at('0001-01-01')), max: new Date(at('9999-12-31')) });
    fc.assert(
      fc.property(times, (date) => {
        expect(parseTime(date.toISOString())).toBe(date.getTime());
        expect(isCanonicalIso(date.toISOString())).toBe(true);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('never throws and never answers a time that ISO text cannot hold', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.integer(), fc.jsonValue()), (value) => {
        const ms = parseTime(value);
        if (!Number.isNaN(ms)) expect(toIsoTime(ms)).toHaveLength(24);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

describe('eventTime', () => {
  it('is the time of receipt without a claim', () => {
    expect(eventTime(Number.NaN, receivedAt - hour, receivedAt, nobody)).toEqual({
      at: receivedAt,
      tooFarAhead: false,
    });
  });

  it('is the claim when no clock can be judged', () => {
    expect(eventTime(receivedAt - hour, Number.NaN, receivedAt, nobody).at).toBe(receivedAt - hour);
    expect(eventTime(receivedAt - hour, receivedAt - 5000, receivedAt, nobody).at).toBe(receivedAt - hour);
  });

  it('is corrected when sentAt lies after receipt', () => {
    const ahead = 2 * hour;
    expect(eventTime(receivedAt - 5000 + ahead, receivedAt + ahead, receivedAt, nobody).at).toBe(receivedAt - 5000);
  });

  it.each(['analytics.js', '@segment/analytics-node', 'analytics-python', 'cdp-analytics-go', 'analytics-ruby'])(
    'is corrected both ways for %s, which renews sentAt on each attempt',
    (library) => {
      const sender = { library, mobile: false };
      expect(eventTime(receivedAt - hour, receivedAt - hour + 5000, receivedAt, sender).at).toBe(receivedAt - 5000);
      expect(eventTime(receivedAt + hour, receivedAt + hour + 5000, receivedAt, sender).at).toBe(receivedAt - 5000);
    },
  );

  it('is never corrected for mobiles, whose sentAt is when a file was closed', () => {
    const sender = { library: undefined, mobile: true };
    expect(eventTime(receivedAt - hour, receivedAt - 1000, receivedAt, sender).at).toBe(receivedAt - hour);
    expect(eventTime(receivedAt + 1000, receivedAt + 2000, receivedAt, sender).at).toBe(receivedAt + 1000);
  });

  it('is the time of receipt when it would lie more than 24 hours ahead', () => {
    expect(eventTime(receivedAt + 24 * hour, Number.NaN, receivedAt, nobody)).toEqual({
      at: receivedAt + 24 * hour,
      tooFarAhead: false,
    });
    expect(eventTime(receivedAt + 24 * hour + 1, Number.NaN, receivedAt, nobody)).toEqual({
      at: receivedAt,
      tooFarAhead: true,
    });
  });

  it('stays writable as ISO text whatever a correction does', () => {
    const sender = { library: 'analytics.js', mobile: false };
    const { at: corrected } = eventTime(at('0001-01-01'), at('9999-12-31'), receivedAt, sender);
    expect(toIsoTime(corrected)).toHaveLength(24);
  });
});
