// Cursors of lists: a few values as opaque text.
import { InputError } from '../../errors/errors.ts';

export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** @throws InputError `invalid_request` when the text is no cursor. */
export function decodeCursor(cursor: string): readonly (string | number)[] {
  const values = parse(Buffer.from(cursor, 'base64url').toString());
  const sound = Array.isArray(values) && values.every((value) => typeof value === 'string' || Number.isFinite(value));
  if (!sound) throw new InputError('invalid_request', 'The cursor is not one of this list.', 'cursor');
  return values as readonly (string | number)[];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
