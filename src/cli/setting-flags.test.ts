import { describe, expect, it } from 'vitest';
import { parseSettingFlags } from './setting-flags.ts';

const schema = {
  properties: {
    url: { type: 'string' },
    secret: { type: 'string' },
    batch: { type: 'boolean' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    delivery: { type: 'object', properties: { retryForMs: { type: 'integer' } } },
  },
};

describe('settings from flags', () => {
  it('keeps text as text and reads the rest as JSON', () => {
    expect(parseSettingFlags(['url=https://x.test/?a=b', 'secret=12345', 'batch=true'], schema)).toEqual({
      url: 'https://x.test/?a=b',
      secret: '12345',
      batch: true,
    });
  });

  it('goes into objects, and takes free names whole', () => {
    expect(parseSettingFlags(['headers.X-Team.A=growth', 'headers.B=2', 'delivery.retryForMs=5'], schema)).toEqual({
      headers: { 'X-Team.A': 'growth', B: '2' },
      delivery: { retryForMs: 5 },
    });
  });

  it('takes a list of texts with commas as well as in JSON', () => {
    const list = { properties: { brokers: { type: 'array', items: { type: 'string' } } } };
    for (const text of ['a:9092, b:9092', '["a:9092","b:9092"]'])
      expect(parseSettingFlags([`brokers=${text}`], list)).toEqual({ brokers: ['a:9092', 'b:9092'] });
  });

  it('guesses where the kind says nothing', () => {
    expect(parseSettingFlags(['n=5', 't=hello', 'o={"a":1}'], {})).toEqual({ n: 5, t: 'hello', o: { a: 1 } });
  });

  it('puts no name anywhere but in the settings', () => {
    const settings = parseSettingFlags(['__proto__.polluted=1'], {});
    expect(Object.keys(settings)).toEqual(['__proto__']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('refuses what it cannot read, naming it', () => {
    expect(() => parseSettingFlags(['nothing'], schema)).toThrow(/--set nothing/);
    expect(() => parseSettingFlags(['batch=maybe'], schema)).toThrow(/boolean/);
  });
});
