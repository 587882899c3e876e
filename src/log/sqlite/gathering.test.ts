import { describe, expect, it } from 'vitest';
import { Gathering } from './gathering.ts';

const group = (events: number, appends = events) => ({ openedAt: 1000, appends, events });

describe('gathering', () => {
  it('lets what one client alone appends go at once', () => {
    const gathering = new Gathering();
    for (let n = 0; n < 5; n++) {
      expect(gathering.isEnough(group(1))).toBe(true);
      gathering.sent(group(1));
    }
    gathering.sent(group(100, 1));
    expect(gathering.isEnough(group(3, 1))).toBe(true);
  });

  it('waits for sixteen events, and no longer than a millisecond, while several clients append', () => {
    const gathering = new Gathering();
    gathering.sent(group(5));
    expect([gathering.isEnough(group(15)), gathering.isEnough(group(16))]).toEqual([false, true]);
    expect([gathering.patience(group(6), 1000.25), gathering.patience(group(6), 1001.5)]).toEqual([0.75, 0]);
  });

  it('soon waits no longer for more clients than there are, but once in 64 groups', () => {
    const gathering = new Gathering();
    for (let n = 0; n < 10; n++) gathering.sent(group(8));
    let inVain = 0;
    for (let n = 0; n < 65 * 10; n++) {
      if (!gathering.isEnough(group(8))) inVain++;
      gathering.sent(group(8));
    }
    expect(inVain).toBe(10);
  });

  it('waits for more again when more come', () => {
    const gathering = new Gathering();
    for (let n = 0; n < 20; n++) gathering.sent(group(5));
    expect(gathering.isEnough(group(5))).toBe(true);
    gathering.sent(group(12));
    expect([gathering.isEnough(group(11)), gathering.isEnough(group(12))]).toEqual([false, true]);
    gathering.sent(group(300));
    expect([gathering.isEnough(group(15)), gathering.isEnough(group(16))]).toEqual([false, true]);
  });
});
