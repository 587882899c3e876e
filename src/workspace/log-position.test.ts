import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cioId, maxOrdinal, maxPartitions, parseCioId, positionNumber, positionOf } from './log-position.ts';

const places = fc.record({
  partition: fc.nat(maxPartitions - 1),
  offset: fc.nat(2 ** 40 - 1),
  ordinal: fc.integer({ min: 1, max: maxOrdinal }),
});

describe('a number made from a place in the log', () => {
  it('is exact, and leads back to the place', () => {
    fc.assert(
      fc.property(places, ({ partition, offset, ordinal }) => {
        const number = positionNumber(partition, offset, ordinal);
        expect(Number.isSafeInteger(number)).toBe(true);
        expect(positionOf(number)).toEqual({ partition, offset });
      }),
    );
  });

  it('has a public form that leads back to it', () => {
    fc.assert(
      fc.property(places, ({ partition, offset, ordinal }) => {
        const number = positionNumber(partition, offset, ordinal);
        expect(parseCioId(cioId(number))).toBe(number);
      }),
    );
    expect(['cio_', 'cio_20', 'cio_0000002G', 'cio_00000000', 'cio_000000020', 'cio_0x000020'].map(parseCioId)).toEqual(
      Array(6).fill(null),
    );
  });

  it('does not exist past what fits', () => {
    expect(() => positionNumber(maxPartitions, 1, 1)).toThrow('past what the workspace can number');
    expect(() => positionNumber(0, 2 ** 40, 1)).toThrow('past what the workspace can number');
  });
});
