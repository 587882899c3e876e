import { beforeEach, describe, expect, it } from 'vitest';
import { SignInLimit, TooManyAttemptsError } from './sign-in-limit.ts';

describe('the limit of failed sign-ins', () => {
  let time: number;
  let limit: SignInLimit;
  beforeEach(() => {
    time = 0;
    limit = new SignInLimit({ now: () => time, monotonic: () => time });
  });
  const fail = (times: number, address: string, account: string | null): void => {
    for (let i = 0; i < times; i++) limit.attempt(address, account);
  };

  it('allows ten per account from wherever, and says when the next may be tried', () => {
    for (let i = 0; i < 10; i++) limit.attempt(`192.0.2.${i}`, 'ann');
    time = 60_000;
    try {
      limit.attempt('192.0.2.99', 'ann');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TooManyAttemptsError);
      expect(error).toMatchObject({ code: 'rate_limited', status: 429, retryAfterSeconds: 14 * 60 });
    }
    limit.attempt('192.0.2.99', 'bob');
    time = 15 * 60_000;
    limit.attempt('192.0.2.99', 'ann');
  });

  it('allows thirty per address, for whichever accounts', () => {
    for (let i = 0; i < 30; i++) limit.attempt('192.0.2.1', `user ${i}`);
    expect(() => limit.attempt('192.0.2.1', 'another')).toThrow(TooManyAttemptsError);
    expect(() => limit.attempt('192.0.2.1', null)).toThrow(TooManyAttemptsError);
    limit.attempt('192.0.2.2', 'another');
  });

  it('counts an IPv6 network as one address', () => {
    for (let i = 0; i < 30; i++) limit.attempt(`2001:db8:0:7::${i.toString(16)}`, null);
    expect(() => limit.attempt('2001:db8:0:7:1:2:3:4', null)).toThrow(TooManyAttemptsError);
    limit.attempt('2001:db8:0:8::1', null);
    limit.attempt('::1', null);
  });

  it('forgets an account’s failures when it signs in, but not those of the address', () => {
    fail(9, '192.0.2.1', 'ann');
    limit.attempt('192.0.2.1', 'ann')();
    fail(10, '192.0.2.2', 'ann');
    expect(() => limit.attempt('192.0.2.2', 'ann')).toThrow(TooManyAttemptsError);
    fail(21, '192.0.2.1', null);
    expect(() => limit.attempt('192.0.2.1', null)).toThrow(TooManyAttemptsError);
  });

  it('does not count what succeeded', () => {
    for (let i = 0; i < 100; i++) limit.attempt('192.0.2.1', 'ann')();
    fail(10, '192.0.2.1', 'ann');
  });
});
