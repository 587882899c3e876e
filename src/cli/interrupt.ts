// Ctrl-C, or what a process manager sends, for commands: the first one asks a command to finish, the second ends the
// process the hard way.

export interface Interrupt {
  readonly signal: AbortSignal;
  /** From here on a signal to end aborts `signal`. `start` does without: the server listens itself. */
  arm(): void;
  disarm(): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

export function createInterrupt(): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => controller.abort();
  return {
    signal: controller.signal,
    arm: () => {
      for (const signal of signals) process.once(signal, onSignal);
    },
    disarm: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
