import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './list-cursor.ts';

const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('comes back as it was', () => {
    expect(decodeCursor(encodeCursor([7, 'é']), 'number', 'string')).toEqual([7, 'é']);
  });

  it.each([[[]], [[1, 2]], [['1']], [[1.5]], [[null]], [{ 0: 1, length: 1 }], [null], ['1']])(
    'of %j is refused by a list whose cursors hold one number',
    (value) => {
      expect(() => decodeCursor(cursorOf(value), 'number')).toThrow(
        expect.objectContaining({ code: 'invalid_request', message: 'The cursor is not one of this list.' }) as Error,
      );
    },
  );

  it('that is no JSON is refused', () => {
    expect(() => decodeCursor('nonsense', 'number')).toThrow(/not one of this list/);
  });
});
