import { describe, expect, it } from 'vitest';
import { compileGlob, globFault } from './glob.ts';

describe('a glob pattern', () => {
  it.each([
    // Segment's documented examples.
    ['abcd', 'a*d', true],
    ['', '*', true],
    ['abc', 'ab', false],
    ['abcd', 'a??d', true],
    ['abcd', '*d', true],
    ['ab*d', 'ab\\*d', true],
    ['abcd', 'ab\\*d', false],
    ['abCd', 'ab[cC]d', true],
    ['abcd', 'ab[a-z]d', true],
    ['abcd', 'ab[A-Z]d', false],
    ['', '', true],
    ['a', '', false],
    ['aXbXc', 'a*b*c', true],
    ['aXbX', 'a*b*c', false],
    ['abcabd', '*ab?', true],
    ['mississippi', 'm*iss*ppi', true],
    ['abc', '**c', true],
    ['abc', '*b*', true],
    ['a-c', 'a[x-]c', true],
    ['a]c', 'a[\\]]c', true],
    ['x😀y', 'x?y', true],
    ['😀', '[😀-😂]', true],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['two\nlines', 'two*', true],
  ])('%j against %j: %s', (text, pattern, expected) => {
    expect(globFault(pattern)).toBeUndefined();
    expect(compileGlob(pattern)(text)).toBe(expected);
  });

  it.each([
    ['[abc', 'has no ]'],
    ['a[', 'has no ]'],
    ['a[b-', 'has no ]'],
    ['[]', 'is empty'],
    ['[z-a]', 'backwards'],
    ['a\\', 'backslash'],
  ])('%j has a fault', (pattern, fault) => {
    expect(globFault(pattern)).toContain(fault);
  });

  it('takes time proportional to text and pattern, whatever the pattern', () => {
    const matches = compileGlob(`${'*a'.repeat(200)}b`);
    expect(matches('a'.repeat(10_000))).toBe(false);
  });
});
