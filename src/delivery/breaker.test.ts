import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Breaker } from './breaker.ts';
import type { Verdict } from './breaker.ts';

const well: Verdict = { kind: 'well' };
const down: Verdict = { kind: 'down', reason: 'refused the connection', retryAfterMs: 0 };
const doubt: Verdict = { kind: 'doubt', reason: 'answered 500', known: false };
const knownDoubt: Verdict = { kind: 'doubt', reason: 'answered 500', known: true };
const refusal: Verdict = { kind: 'refused', reason: 'answered 404', events: 1 };

const create = (): Breaker => new Breaker({ firstMs: 1000, longestMs: 60_000 }, () => 1);
const tell = (breaker: Breaker, verdict: Verdict, now = 0) => breaker.record(verdict, breaker.generation, now);
function probe(breaker: Breaker, verdict: Verdict): ReturnType<Breaker['record']> {
  const now = breaker.probeAt;
  expect(breaker.admits(now)).toBe('probe');
  breaker.beginProbe();
  expect(breaker.admits(now)).toBe('none');
  return tell(breaker, verdict, now);
}

describe('Breaker', () => {
  it('opens at once when the destination as a whole fails, and lets nothing through until it is time', () => {
    const breaker = create();
    expect(tell(breaker, down)).toBe('opened');
    expect([breaker.state, breaker.reason, breaker.probeAt]).toEqual(['open', 'refused the connection', 1000]);
    expect([breaker.admits(999), breaker.admits(1000)]).toEqual(['none', 'probe']);
  });

  it('closes when a probe gets through, and waits longer each time one does not', () => {
    const breaker = create();
    tell(breaker, down);
    const pauses = [down, doubt, down].map((verdict) => {
      const now = breaker.probeAt;
      expect(probe(breaker, verdict)).toBe('opened');
      return breaker.probeAt - now;
    });
    expect(pauses).toEqual([2000, 4000, 8000]);
    expect(probe(breaker, well)).toBe('closed');
    expect([breaker.state, breaker.reason]).toEqual(['closed', null]);
  });

  it('waits as long as the destination asks', () => {
    const breaker = create();
    tell(breaker, { ...down, retryAfterMs: 90_000 }, 500);
    expect(breaker.probeAt).toBe(90_500);
  });

  it('forgets earlier outages once enough got through', () => {
    const breaker = create();
    tell(breaker, down);
    probe(breaker, down);
    probe(breaker, well);
    for (let n = 0; n < 20; n++) tell(breaker, well);
    const now = 1_000_000;
    tell(breaker, down, now);
    expect(breaker.probeAt - now).toBe(1000);
  });

  it('opens on doubts only when most of enough results are such', () => {
    const breaker = create();
    for (let n = 0; n < 9; n++) expect(tell(breaker, doubt)).toBeNull();
    expect(tell(breaker, doubt)).toBe('opened');

    const half = create();
    for (let n = 0; n < 200; n++) expect(tell(half, n % 2 === 0 ? doubt : well)).toBeNull();
  });

  it('learns nothing from events that are known to fail', () => {
    const breaker = create();
    for (let n = 0; n < 100; n++) expect(tell(breaker, knownDoubt)).toBeNull();
  });

  it('takes the failure of such an event as a sign of life, unless failing is what it opened for', () => {
    const refused = create();
    tell(refused, down);
    expect(probe(refused, knownDoubt)).toBe('closed');

    const failing = create();
    for (let n = 0; n < 10; n++) tell(failing, doubt);
    expect(probe(failing, knownDoubt)).toBe('opened');
  });

  it('opens when one event after the other is refused, and then no refusal closes it', () => {
    const breaker = create();
    for (let n = 0; n < 499; n++) expect(tell(breaker, refusal)).toBeNull();
    tell(breaker, well);
    for (let n = 0; n < 499; n++) expect(tell(breaker, refusal)).toBeNull();
    expect(tell(breaker, refusal)).toBe('opened');
    expect(probe(breaker, refusal)).toBe('opened');
    expect(probe(breaker, well)).toBe('closed');
    tell(breaker, down);
    expect(probe(breaker, refusal)).toBe('closed');
  });

  it('pays no heed to results of requests sent before its last turn', () => {
    const breaker = create();
    const before = breaker.generation;
    tell(breaker, down);
    expect([breaker.record(well, before, 0), breaker.record(down, before, 0)]).toEqual([null, null]);
    probe(breaker, well);
    expect(breaker.record(down, before, 0)).toBeNull();
    expect(breaker.state).toBe('closed');
  });

  it('is never stuck: whatever happened, a success closes it', () => {
    const verdict = fc.constantFrom(well, down, doubt, knownDoubt, refusal);
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 60 }), (verdicts) => {
        const breaker = create();
        let now = 0;
        for (const each of [...verdicts, well]) {
          now = Math.max(now, breaker.state === 'open' ? breaker.probeAt : now);
          const admitted = breaker.admits(now);
          expect(admitted).not.toBe('none');
          if (admitted === 'probe') breaker.beginProbe();
          tell(breaker, each, now);
        }
        expect(breaker.state).toBe('closed');
      }),
    );
  });
});
