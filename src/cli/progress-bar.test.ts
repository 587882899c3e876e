import { describe, expect, it } from 'vitest';
import { progressLine } from './progress-bar.ts';

describe('the progress line', () => {
  it('shows share, count, rate and what is left', () => {
    expect(progressLine({ events: 12_500, elapsedMs: 5000, share: 0.25 })).toBe(
      '██████░░░░░░░░░░░░░░░░░░  25 %  12,500 events  2,500/s  15 s left',
    );
  });

  it('needs no size', () => {
    expect(progressLine({ events: 10, elapsedMs: 0, share: null })).toBe('10 events  0/s');
  });

  it('ends full', () => {
    expect(progressLine({ events: 10, elapsedMs: 1000, share: 1 })).toBe(`${'█'.repeat(24)} 100 %  10 events  10/s`);
  });

  it('counts long waits in hours', () => {
    expect(progressLine({ events: 1, elapsedMs: 60_000, share: 0.01 })).toContain('1 h 39 min left');
  });
});
