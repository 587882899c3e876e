import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleOf } from './sample.ts';

describe('sampleOf', () => {
  it('blanks the key used and every writeKey', () => {
    const body = Buffer.from('{"writeKey":"us_secret","batch":[{"writeKey" : "other\\"x","a":"us_secret"}]}');
    expect(sampleOf(body, 'us_secret')).toBe('{"writeKey":"…","batch":[{"writeKey" : "…","a":"…"}]}');
  });

  it('blanks a key that the end of the sample cuts', () => {
    const body = Buffer.from(`${' '.repeat(2040)}{"writeKey":"us_${'s'.repeat(900)}`);
    expect(sampleOf(body, null)).not.toContain('us_');
  });

  it('is at most 2 KiB of well-formed text without NUL, whatever the body is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6000, size: 'max' }), (bytes) => {
        const sample = sampleOf(Buffer.from(bytes), null);
        expect(Buffer.byteLength(sample)).toBeLessThanOrEqual(2048);
        expect(sample.isWellFormed()).toBe(true);
        expect(sample).not.toContain('\0');
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(sampleOf(Buffer.from('é'.repeat(3000)), null)).toBe('é'.repeat(1024));
  });
});
