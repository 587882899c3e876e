import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPassword, isOutdated, Passwords } from './password.ts';

describe('passwords', () => {
  const passwords = new Passwords();

  it('verifies the right one and no other', async () => {
    const hash = await passwords.hash('correct horse');
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(await passwords.hash('correct horse')).not.toBe(hash);
    expect(await passwords.verify('correct horse', hash)).toBe(true);
    expect(await passwords.verify('correct horsf', hash)).toBe(false);
    expect(await passwords.verify('correct horse', null)).toBe(false);
    expect(isOutdated(hash)).toBe(false);
  });

  it('verifies hashes of other parameters, and knows that they are outdated', async () => {
    const salt = Buffer.from('some salt');
    const key = scryptSync('old', salt, 32, { N: 16384, r: 8, p: 1 });
    const hash = `scrypt$16384$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
    expect(await passwords.verify('old', hash)).toBe(true);
    expect(isOutdated(hash)).toBe(true);
  });

  it('takes a letter for the same however the keyboard composed it', async () => {
    expect(await passwords.verify('gru\u0308n und blau', await passwords.hash('gr\u00fcn und blau'))).toBe(true);
  });

  it('serves many at once, each with its own answer', async () => {
    const hash = await passwords.hash('one of many');
    const tried = ['one of many', 'a', 'one of many', 'b', 'c'];
    expect(await Promise.all(tried.map((text) => passwords.verify(text, hash)))).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  it('refuses a hash that it does not know, as the operator’s to mend', async () => {
    await expect(passwords.verify('x', 'plain')).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it.each(['short', 'x'.repeat(513), 'Ann.B@example.com', 'aaaaaaaaaaaa', 'abcabcabcabc'])(
    'refuses %s as a new password and says why',
    (password) => {
      expect(() => checkPassword(password, 'ann.b@example.com')).toThrow(
        expect.objectContaining({ field: 'password' }),
      );
    },
  );
});
