import { describe, expect, it } from 'vitest';
import { isEmail, isPhone, longerThan, parsePersonRef, parseText } from './identifiers.ts';

describe('how a call names a person', () => {
  it('is a cio_ id, an email address or an id, tested in this order', () => {
    expect(parsePersonRef('cio_00000020')).toMatchObject({ kind: 'cio_id', value: 'cio_00000020' });
    expect(parsePersonRef('Ada@Example.com')).toEqual({
      kind: 'email',
      value: 'ada@example.com',
      text: 'Ada@Example.com',
    });
    expect(parsePersonRef('Ada')).toMatchObject({ kind: 'id', value: 'Ada' });
    expect(parsePersonRef(42)).toMatchObject({ kind: 'id', value: '42' });
  });

  it('is nothing when it is blank or no plain value', () => {
    expect([undefined, null, '', {}, ['u1']].map((value) => parsePersonRef(value))).toEqual(Array(5).fill(null));
  });

  it('reads the same whether or not it has been through a store', () => {
    expect(parseText('a\ud800b\0c')).toBe('a\ufffdb\ufffdc');
  });
});

describe('an email address', () => {
  it.each(['a@b.co', 'first.last+tag@sub.example.museum', "o'hara@example.ie", 'ü@exämple.de'])('is %s', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  it.each(['a@b', '@b.co', 'a@', 'a b@c.de', 'a@b.co, c@d.ef', 'a@@b.co', `${'a'.repeat(250)}@b.co`])(
    'is not %s',
    (text) => {
      expect(isEmail(text)).toBe(false);
    },
  );
});

describe('a phone number', () => {
  it('is as E.164 writes it', () => {
    expect(isPhone('+442071838750')).toBe(true);
    expect(['+44 20 7183 8750', '02071838750', '+0123456789', '+1234567890123456'].map(isPhone)).toEqual(
      Array(4).fill(false),
    );
  });
});

describe('a limit in bytes', () => {
  it('counts UTF-8', () => {
    expect(longerThan('é'.repeat(75), 150)).toBe(false);
    expect(longerThan('é'.repeat(76), 150)).toBe(true);
  });
});
