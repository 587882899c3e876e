// Turns what SQLite and the file system throw into one small number (it travels in shared memory) and into words.
import { FaultError } from '../../errors/errors.ts';

// The primary result codes of SQLite, https://www.sqlite.org/rescode.html.
const words: Readonly<Record<number, string>> = {
  5: 'another process holds the log file locked',
  8: 'the log folder is read-only',
  10: 'the disk reports an input/output error',
  11: 'a log file is damaged',
  13: 'the disk of the log folder is full',
  14: 'a log file cannot be opened',
  26: 'a log file is damaged',
  255: 'a segment file is missing: restore it and start again, or readers are told of the gap',
};
const otherFault = 1;
/** A closed segment's file is not there any more; no code of SQLite's. */
export const segmentLost = 255;
const byErrno: Readonly<Record<string, number>> = {
  ENOSPC: 13,
  EDQUOT: 13,
  EFBIG: 13,
  EIO: 10,
  EROFS: 8,
  EACCES: 8,
  EPERM: 8,
  ENOENT: 14,
  EMFILE: 14,
  ENFILE: 14,
};

/** The fault's number: the extended result code of SQLite, or that of the same meaning for an error of the file system. */
export function toFaultNumber(error: unknown): number {
  if (!(error instanceof Error)) return otherFault;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode;
  if ('code' in error && typeof error.code === 'string') return byErrno[error.code] ?? otherFault;
  return otherFault;
}

/** What is wrong, for people. */
export function describeFault(fault: number): string {
  const code = fault === segmentLost ? '' : ` (SQLite code ${fault})`;
  return `${words[fault & 0xff] ?? 'the log cannot be written'}${code}`;
}

/** The error that callers of append see. */
export function toUnavailable(error: unknown): FaultError {
  if (error instanceof FaultError) return error;
  return new FaultError('log_unavailable', `Nothing was stored: ${describeFault(toFaultNumber(error))}.`, {
    cause: error,
  });
}
