// The one body in which every HTTP error is answered.
import type { ErrorCode } from './codes.ts';

/**
 * `meta.errors` is what the API documents; `code` and `message` keep the Python clients from trying a hopeless call
 * again; `error` and `meta.error` are what the Ruby, Node and iOS clients show (client contract, section 0.2).
 */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly error: string;
  readonly meta: { readonly errors: readonly string[]; readonly error: string };
}

/** The body for one or more faults; the first one stands where only one fits. */
export function toErrorBody(code: ErrorCode, faults: readonly [string, ...string[]]): ErrorBody {
  const [first] = faults;
  return { code, message: first, error: first, meta: { errors: faults, error: first } };
}
