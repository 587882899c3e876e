// From bytes to JSON, whatever the content type says.
import { isUtf8 } from 'node:buffer';
import { skipByteOrderMark } from './body-scan.ts';

export type ParsedBody =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Whether bytes that are no UTF-8 were replaced. */ readonly repaired: boolean;
    }
  | { readonly ok: false; readonly message: string };

export function parseBody(body: Buffer): ParsedBody {
  if (body.length === 0) return { ok: false, message: 'The body is empty; send the call as JSON.' };
  const text = body.toString('utf8', skipByteOrderMark(body));
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value, repaired: !isUtf8(body) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The platform's own message quotes the body, which messages must not.
    const position = /position (\d+)/.exec(error.message)?.[1];
    return {
      ok: false,
      message: `The body is not valid JSON${position === undefined ? '' : ` (at character ${position})`}.`,
    };
  }
}
