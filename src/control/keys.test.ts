import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classOfKey,
  equalSecrets,
  keyHint,
  makeApiToken,
  makeKey,
  minKeyLength,
  parseBroughtKey,
  regionOfKey,
} from './keys.ts';
import { regions } from './model.ts';

describe('keys', () => {
  it('makes keys that say their class and region', () => {
    expect(makeKey('us', 'public')).toMatch(/^us_[0-9A-Za-z]{24}$/);
    expect(makeKey('eu', 'public')).toMatch(/^eu_[0-9A-Za-z]{24}$/);
    expect(makeKey('us', 'secret')).toMatch(/^ak_us_[0-9A-Za-z]{32}$/);
    expect(makeApiToken()).toMatch(/^leat_[0-9A-Za-z]{40}$/);
  });

  it('reads class and region back from every key it makes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...regions),
        fc.constantFrom('public' as const, 'secret' as const),
        (region, kind) => {
          const key = makeKey(region, kind);
          expect(regionOfKey(key)).toBe(region);
          expect(classOfKey(key)).toBe(kind);
          expect(parseBroughtKey(key)).toEqual({ key, class: kind });
        },
      ),
    );
  });

  it('names no region for keys of other systems', () => {
    expect(regionOfKey('user_0123456789abcdef')).toBeNull();
    expect(regionOfKey('ak_0123456789abcdef01')).toBeNull();
    expect(classOfKey('ak_0123456789abcdef01')).toBe('secret');
  });

  it('takes any printable key of 16 characters or more exactly as given', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...Array.from('abcXYZ019-_+/=.~!$')),
          minLength: minKeyLength,
          maxLength: 256,
        }),
        (key) => {
          expect(parseBroughtKey(key).key).toBe(key);
        },
      ),
    );
  });

  it('refuses keys that are short, long or cannot travel in a header, and says why without repeating them', () => {
    for (const bad of [
      'short',
      'x'.repeat(257),
      'has a space in the middle',
      'has:colon:0123456789',
      'naïve-key-0123456789',
    ]) {
      const attempt = (): unknown => parseBroughtKey(bad);
      expect(attempt).toThrow(/key/);
      expect(attempt).not.toThrow(bad);
    }
  });

  it('hints at a key without giving it away', () => {
    const key = makeKey('us', 'secret');
    expect(keyHint(key)).toBe(`${key.slice(0, 9)}…`);
    expect(keyHint('0123456789abcdef')).toBe('012345…');
  });

  it('compares secrets of any length', () => {
    expect(equalSecrets('a-secret', 'a-secret')).toBe(true);
    expect(equalSecrets('a-secret', 'a-secret-longer')).toBe(false);
  });
});
