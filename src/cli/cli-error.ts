// Why a command ends early, in words for people, and with which exit code.

/** Exit codes, for scripts. */
export const exitCodes = {
  ok: 0,
  /** The server refused, or a command could not do what it was asked. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** No server answers. */
  unreachable: 3,
  /** A test or check was made and found something wrong. */
  unhealthy: 4,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Thrown when a command cannot go on; printed with its hint, never with a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;
  /** What to do about it. */
  readonly hint: string | null;
  /** HTTP status of the server's refusal, when that is what it is. */
  readonly status: number | null;

  constructor(
    message: string,
    options: {
      readonly hint?: string;
      readonly exitCode?: ExitCode;
      readonly status?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.exitCode = options.exitCode ?? exitCodes.failed;
    this.hint = options.hint ?? null;
    this.status = options.status ?? null;
  }
}
