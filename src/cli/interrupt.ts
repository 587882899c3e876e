// Ctrl-C for commands: the first one asks a command to finish, the second ends the process the hard way.

export interface Interrupt {
  readonly signal: AbortSignal;
  /** From here on Ctrl-C aborts the signal. `start` does without: the server listens itself. */
  arm(): void;
  disarm(): void;
}

export function createInterrupt(): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => controller.abort();
  return {
    signal: controller.signal,
    arm: () => {
      process.once('SIGINT', onSignal);
    },
    disarm: () => {
      process.off('SIGINT', onSignal);
    },
  };
}
