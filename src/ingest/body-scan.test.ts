import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchSpans, findKeyText } from './body-scan.ts';

const texts = (body: string): string[] => {
  const raw = Buffer.from(body);
  return batchSpans(raw).map(({ start, end }) => raw.toString('utf8', start, end));
};

describe('batchSpans', () => {
  it('finds the calls as they stand in the body', () => {
    expect(texts('{"sentAt":"x","batch":[ {"a" : 1} , {"b":"]}\\"" }\n],"context":{"batch":[9]}}')).toEqual([
      '{"a" : 1}',
      '{"b":"]}\\"" }',
    ]);
  });

  it('finds calls that are no objects too', () => {
    expect(texts('{"batch":[1, "a,]" ,null,[2,3],{}]}')).toEqual(['1', '"a,]"', 'null', '[2,3]', '{}']);
  });

  it.each(['{}', '{"batch":{}}', '{"batch":[]}', '{"batch":[ ]}', '[]', '1', '"batch"', '', '{"a":{"batch":[1]}}'])(
    'finds none in %s',
    (body) => {
      expect(texts(body)).toEqual([]);
    },
  );

  it('takes the last of duplicate members, as JSON.parse does, however the name is written', () => {
    expect(texts('{"batch":[1],"b\\u0061tch":[2,3]}')).toEqual(['2', '3']);
    expect(texts('{"batch":[1],"batch":"no"}')).toEqual([]);
  });

  it('skips a byte order mark', () => {
    expect(texts('\ufeff{"batch":[1]}')).toEqual(['1']);
  });

  it('agrees with JSON.parse on every body', () => {
    const members = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('batch', 'context')), fc.jsonValue());
    const body = fc.tuple(members, fc.array(fc.jsonValue()), fc.nat({ max: 4 })).map(([rest, batch, indent]) => {
      return JSON.stringify({ ...rest, batch }, null, indent);
    });
    fc.assert(
      fc.property(body, (text) => {
        const { batch } = JSON.parse(text) as { readonly batch: readonly unknown[] };
        expect(texts(text).map((one) => JSON.parse(one) as unknown)).toEqual(batch);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('ends on any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('{"batch":[', '{', '{"a', '{"a":'),
        (bytes, start) => {
          try {
            batchSpans(Buffer.concat([Buffer.from(start), bytes]));
          } catch (error) {
            // Only names of members are parsed; in a body that is no JSON they may be none.
            expect(error).toBeInstanceOf(SyntaxError);
          }
        },
      ),
      { seed: 2, numRuns: 2000 },
    );
  });
});

describe('findKeyText', () => {
  it('sees a key in a body that is cut off', () => {
    expect(findKeyText(Buffer.from('{"writeKey" : "us_abc","batch":[{"a":'))).toBe('us_abc');
    expect(findKeyText(Buffer.from('{"writeKey":"us_ab'))).toBeNull();
    expect(findKeyText(Buffer.from([0xff, 0x00]))).toBeNull();
  });
});
