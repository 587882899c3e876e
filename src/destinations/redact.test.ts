import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRequest, describeResponse, redact } from './redact.ts';

describe('redact', () => {
  it('blanks secrets as they stand, in JSON and in URLs', () => {
    const secret = 'pa"ss/wörd';
    expect(redact(`a=${encodeURIComponent(secret)} ${JSON.stringify({ secret })} ${secret}`, [secret])).not.toMatch(
      /ss/,
    );
  });
});

describe('describeRequest', () => {
  it('keeps method, address and body, no header, and no credential in the query', () => {
    const text = describeRequest(
      {
        method: 'POST',
        url: 'https://x.test/hook?api_key=k1&v=2',
        headers: { authorization: 'Bearer abc' },
        body: '{"a":1}',
      },
      [],
    );
    expect(text).toBe('POST https://x.test/hook?api_key=•••&v=2\n\n{"a":1}');
  });

  it('never lets a part of a secret through, wherever the body is cut', () => {
    const secret = fc.stringMatching(/^[A-Z]{8,40}$/);
    fc.assert(
      fc.property(secret, fc.integer({ min: 900, max: 1100 }), fc.integer({ min: 0, max: 5 }), (value, at, before) => {
        const body = `${value.repeat(before)}${'x'.repeat(at)}${value.repeat(3)}${'y'.repeat(2000)}`;
        const text = describeRequest({ method: 'POST', url: 'https://e.test', body }, [value]).split('\n\n')[1];
        expect(text).not.toMatch(/[A-Z]/);
      }),
    );
  });
});

describe('describeResponse', () => {
  it('blanks the tokens of an OAuth answer, which no settings have, also where the body is cut', () => {
    const describe = (body: string): string => describeResponse({ status: 200, headers: {}, body }, []);
    expect(describe('{"access_token": "a\\"b1", "refreshToken":"c2","token_type":"bearer"}')).toBe(
      '200\n\n{"access_token": "•••", "refreshToken":"•••","token_type":"bearer"}',
    );
    expect(describe(`${'z'.repeat(970)}"id_token":"${'t0'.repeat(900)}"`)).not.toContain('t0');
    expect(describe('grant_type=refresh_token&refresh_token=r1&client_secret=s1&x=1')).toBe(
      '200\n\ngrant_type=refresh_token&refresh_token=•••&client_secret=•••&x=1',
    );
  });

  it('keeps the status and the start of the body', () => {
    const text = describeResponse({ status: 500, headers: {}, body: 'z'.repeat(5000) }, ['secret']);
    expect(text).toMatch(/^500\n\nz{500,1000}…$/);
  });
});
