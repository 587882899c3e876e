// One thing that the doctor found.

export interface Finding {
  /** Name of the check, for scripts. */
  readonly check: string;
  readonly state: 'ok' | 'note' | 'warn' | 'fail';
  readonly message: string;
  /** How to mend it; null when there is nothing to mend. */
  readonly remedy: string | null;
}

export const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message, remedy: null });
export const note = (check: string, message: string, remedy: string | null = null): Finding => ({
  check,
  state: 'note',
  message,
  remedy,
});
export const warn = (check: string, message: string, remedy: string): Finding => ({
  check,
  state: 'warn',
  message,
  remedy,
});
export const fail = (check: string, message: string, remedy: string): Finding => ({
  check,
  state: 'fail',
  message,
  remedy,
});
