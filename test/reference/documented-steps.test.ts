import { describe, expect, it } from 'vitest';
import { curlCalls, documentedSteps } from './documented-steps.ts';
import { difference, memberAt } from './json-match.ts';

describe('documentedSteps', () => {
  it('reads every form that a page may use', () => {
    const page = [
      '```sh',
      'curl "$HOST/v1/track" -d \'{}\'',
      '```',
      'The answer is 400:',
      '',
      '```json',
      '{ "code": "invalid_request" }',
      '```',
      'Then `GET /api/v1/people/u1` has no `a.b`.',
      'Then `GET /api/v1/people/u1` answers 404.',
      'Then `GET /api/v1/people/u1` has exactly:',
      '```json',
      '[]',
      '```',
      '```sh',
      'npm install x',
      '```',
    ].join('\n');
    expect(documentedSteps(page)).toMatchObject([
      { kind: 'run', language: 'sh', line: 1 },
      { kind: 'answer', status: 400, body: { code: 'invalid_request' } },
      { kind: 'then', path: '/api/v1/people/u1', check: { lacks: 'a.b' } },
      { kind: 'then', check: { status: 404 } },
      { kind: 'then', check: { has: [], exactly: true } },
    ]);
  });

  it('refuses a promise that it cannot read', () => {
    expect(() => documentedSteps('Then `GET /api/v1/x` is fine.')).toThrow('Line 1');
    expect(() => documentedSteps('Then `GET /api/v1/x` has:\n\nnothing')).toThrow('json block');
  });
});

it('takes curl lines apart as a shell and curl do', () => {
  const code = `# first\ncurl -u "$KEY:" "$HOST/v1/track" \\\n  -H 'X-Strict-Mode: 1' -d '{ "a": "'"$KEY"'" }'; curl "\${HOST}/healthz"`;
  expect(curlCalls(code, { KEY: 'k', HOST: 'http://h' })).toEqual([
    {
      method: 'POST',
      url: 'http://h/v1/track',
      headers: {
        authorization: 'Basic azo=',
        'x-strict-mode': '1',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: '{ "a": "k" }',
    },
    { method: 'GET', url: 'http://h/healthz', headers: {}, body: undefined },
  ]);
});

describe('difference', () => {
  it('finds members, and items in their order', () => {
    const actual = { a: 1, list: [{ n: 1, x: 0 }, { n: 2 }, { n: 3 }] };
    expect(difference(actual, { a: 1, list: [{ n: 1 }, { n: 3 }] })).toBeNull();
    expect(difference(actual, { list: [{ n: 3 }, { n: 1 }] })).toContain('list lacks item 1');
    expect(difference(actual, { list: [{ n: 1 }] }, true)).toContain('3 items instead of 1');
    expect(difference(actual, { a: 2 })).toBe('a is 1 instead of 2');
  });
});

it('finds a member by its path', () => {
  expect(memberAt({ a: [{ b: 1 }] }, 'a.0.b')).toBe(1);
  expect(memberAt({ a: [] }, 'a.0.b')).toBeUndefined();
});
