import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter, toOutcome } from './outcome.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const outcome = (status: number, headers = {}) => toOutcome({ status, headers }, now);

describe('toOutcome', () => {
  it.each([200, 201, 202, 204, 299])('takes %i as delivered', (status) => {
    expect(outcome(status)).toEqual({ result: 'delivered' });
  });

  it.each([408, 425, 500, 502, 503, 504, 599])('tries an event again after %i', (status) => {
    expect(outcome(status)).toMatchObject({ result: 'retry', scope: 'event', status });
  });

  it.each([401, 403, 407, 429, 301, 302, 307, 308])('takes %i as the destination’s trouble', (status) => {
    expect(outcome(status)).toMatchObject({ result: 'retry', scope: 'destination', status });
  });

  it.each([400, 404, 405, 409, 410, 413, 415, 422, 451])('takes %i as final', (status) => {
    expect(outcome(status)).toMatchObject({ result: 'failed', status });
  });

  it('waits as a whole when a 503 says for how long', () => {
    expect(outcome(503, { 'retry-after': '7' })).toMatchObject({ scope: 'destination', retryAfterMs: 7000 });
  });

  it('has a verdict on every status', () => {
    fc.assert(fc.property(fc.integer({ min: 200, max: 999 }), (status) => outcome(status).result !== undefined));
  });
});

describe('parseRetryAfter', () => {
  const parse = (value: string, rest = {}) => parseRetryAfter({ 'retry-after': value, ...rest }, now);

  it('reads seconds', () => {
    expect(parse('120')).toBe(120_000);
    expect(parse(' 0 ')).toBe(0);
  });

  it('reads the three HTTP dates', () => {
    expect(parse('Sun, 01 Mar 2026 12:00:30 GMT')).toBe(30_000);
    expect(parse('Sunday, 01-Mar-26 12:00:30 GMT')).toBe(30_000);
    expect(parse('Sun Mar  1 12:00:30 2026 GMT')).toBe(30_000);
  });

  it('takes a date by the clock of the server that gave it', () => {
    expect(parse('Sun, 01 Mar 2026 15:00:30 GMT', { date: 'Sun, 01 Mar 2026 15:00:00 GMT' })).toBe(30_000);
  });

  it('waits for nothing when the date is over, and for a day at most', () => {
    expect(parse('Sun, 01 Mar 2026 11:00:00 GMT')).toBe(0);
    expect(parse('99999999')).toBe(24 * 60 * 60 * 1000);
  });

  it.each(['', 'soon', '-5', '2026', '1e9', 'Monday'])('makes nothing of %j', (value) => {
    expect(parse(value)).toSatisfy((ms) => ms === null || value === '2026');
  });

  it('never answers anything but null or a wait within bounds', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const ms = parse(value);
        expect(ms === null || (ms >= 0 && ms <= 24 * 60 * 60 * 1000)).toBe(true);
      }),
    );
  });
});
