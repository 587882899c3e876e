// Cursors of lists: a few values as opaque text.
import { InputError } from '../../errors/errors.ts';

export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

type Part = 'number' | 'string';
type Values<Shape extends readonly Part[]> = {
  -readonly [I in keyof Shape]: Shape[I] extends 'number' ? number : string;
};

/**
 * The values of a cursor, which must be as many as the list's own cursors have, and of their types.
 * @throws InputError `invalid_request` when the text is no cursor of this list.
 */
export function decodeCursor<const Shape extends readonly Part[]>(cursor: string, ...shape: Shape): Values<Shape> {
  const values = parse(Buffer.from(cursor, 'base64url').toString());
  const sound =
    Array.isArray(values) &&
    values.length === shape.length &&
    values.every(
      (value, at) => typeof value === shape[at] && (typeof value !== 'number' || Number.isSafeInteger(value)),
    );
  if (!sound) throw new InputError('invalid_request', 'The cursor is not one of this list.', 'cursor');
  return values as Values<Shape>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
