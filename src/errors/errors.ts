// Three kinds of error, told apart by who has to act: the caller, the remote side, or the operator.
// Every error carries a code of the table in codes.ts; messages never hold a key, a secret or a payload.
import { errorCodes } from './codes.ts';
import type { ErrorCode } from './codes.ts';

/** What every Leat error has: a code of the table, the HTTP status it answers with, and whether trying again can help. */
abstract class LeatError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message?: string, options?: ErrorOptions) {
    super(message ?? errorCodes[code].message, options);
    this.code = code;
    this.status = errorCodes[code].status;
    this.retryable = errorCodes[code].retry;
  }
}

/** Thrown when the caller's input is wrong. The message names the field, the limit and the remedy. */
export class InputError extends LeatError {
  override readonly name = 'InputError';
  /** Path of the offending field in the caller's input, such as `traits.email` or `batch[3].type`. */
  readonly field: string | undefined;

  constructor(code: ErrorCode, message?: string, field?: string, options?: ErrorOptions) {
    super(code, message, options);
    this.field = field;
  }
}

/** Thrown when a destination refused or could not be reached. */
export class DestinationError extends LeatError {
  override readonly name = 'DestinationError';
}

/** Thrown when Leat itself cannot do its work: disk full, a thread gone, a store unreadable. The operator has to act. */
export class FaultError extends LeatError {
  override readonly name = 'FaultError';
}

/** The plain shape an error takes across a thread boundary. */
export interface ErrorData {
  readonly kind: 'InputError' | 'DestinationError' | 'FaultError' | 'Error';
  readonly code?: ErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly stack?: string;
}

/** Turns any thrown value into plain data that survives structured cloning. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof LeatError) {
    const kind = error.name as ErrorData['kind'];
    const field = error instanceof InputError ? error.field : undefined;
    return { kind, code: error.code, message: error.message, ...(field !== undefined && { field }) };
  }
  if (error instanceof Error)
    return { kind: 'Error', message: error.message, ...(error.stack && { stack: error.stack }) };
  return { kind: 'Error', message: String(error) };
}

/** The inverse of {@link toErrorData}. */
export function fromErrorData(data: ErrorData): Error {
  if (data.code !== undefined) {
    if (data.kind === 'InputError') return new InputError(data.code, data.message, data.field);
    if (data.kind === 'DestinationError') return new DestinationError(data.code, data.message);
    if (data.kind === 'FaultError') return new FaultError(data.code, data.message);
  }
  const error = new Error(data.message);
  if (data.stack) error.stack = data.stack;
  return error;
}
