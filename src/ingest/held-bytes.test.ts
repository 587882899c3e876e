import { describe, expect, it } from 'vitest';
import { HeldBytes } from './held-bytes.ts';

/** An account of 100 bytes on a clock set by hand. */
function account() {
  let now = 0;
  const log: string[] = [];
  const held = new HeldBytes(() => now, 100, 1000);
  return {
    held,
    log,
    pass: (ms: number) => {
      now += ms;
    },
    wait: (name: string, bytes = 10) =>
      held.wait(
        bytes,
        () => log.push(`${name} admitted`),
        () => log.push(`${name} refused`),
      ),
  };
}

describe('HeldBytes', () => {
  it('has room up to its mark', () => {
    const { held } = account();
    held.add(99);
    expect(held.hasRoom).toBe(true);
    held.add(1);
    expect(held.hasRoom).toBe(false);
    expect(held.overflows).toBe(false);
    held.add(100);
    expect(held.overflows).toBe(true);
  });

  it('admits those who wait in order, and as many as there is room for', () => {
    const { held, log, wait } = account();
    held.add(120);
    wait('a', 30);
    wait('b', 30);
    wait('c', 30);
    held.release(30);
    expect(log).toEqual(['a admitted']);
    expect(held.hasRoom).toBe(false);
    held.release(90);
    expect(log).toEqual(['a admitted', 'b admitted', 'c admitted']);
    expect(held.hasRoom).toBe(true);
  });

  it('admits each once, also when it is answered before anything else happens', () => {
    const { held, log, wait } = account();
    held.add(120);
    const refuse = (): void => void log.push('refused');
    for (const name of ['a', 'b'])
      held.wait(
        0,
        () => {
          log.push(name);
          held.release(0);
        },
        refuse,
      );
    wait('c');
    held.release(120);
    expect(log).toEqual(['a', 'b', 'c admitted']);
    expect(held.waiting).toBe(0);
  });

  it('refuses those who waited too long', () => {
    const { held, log, pass, wait } = account();
    held.add(150);
    wait('a');
    pass(600);
    wait('b');
    pass(600);
    held.release(1);
    expect(log).toEqual(['a refused']);
    held.release(149);
    expect(log).toEqual(['a refused', 'b admitted']);
  });

  it('gives up what has been coming in for long while others wait, the longest first and no more than it takes', () => {
    const { held, log, pass, wait } = account();
    const read = (name: string, bytes: number): void => {
      held.add(bytes);
      const reading = held.began(() => {
        log.push(`${name} given up`);
        held.ended(reading);
        held.release(bytes);
      });
    };
    read('slow', 30);
    read('slow too', 30);
    pass(5000);
    read('new', 60);
    held.release(1);
    expect(log).toEqual([]);
    wait('a');
    held.release(0);
    expect(log).toEqual(['slow given up', 'a admitted']);
  });

  it('leaves alone what is slow while nobody waits, or done', () => {
    const { held, log, pass, wait } = account();
    held.add(120);
    held.began(() => log.push('slow given up'));
    held.ended(held.began(() => log.push('one that is done given up')));
    pass(5000);
    held.release(30);
    wait('a');
    held.release(0);
    expect(log).toEqual(['a admitted']);
  });
});
