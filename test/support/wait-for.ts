// Waiting on conditions: the only way tests here let time pass.
import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** Gives up after this long. @default 20000 */
  readonly withinMs?: number;
  /** Pause between two looks. @default 20 */
  readonly everyMs?: number;
}

/** Thrown by a `look` that knows the condition can no longer come true. */
export class GiveUp extends Error {}

/**
 * Resolves with the first answer of `look` that is neither false, null nor undefined. Rejects, naming `what` and the
 * last error of `look`, when there is none in time. An error of `look` counts as "not yet", except a GiveUp.
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  options: WaitOptions = {},
): Promise<T> {
  const deadline = performance.now() + (options.withinMs ?? 20_000);
  for (;;) {
    let lastError: unknown;
    try {
      const answer = await look();
      if (answer !== false && answer !== null && answer !== undefined) return answer;
    } catch (error) {
      if (error instanceof GiveUp) throw error;
      lastError = error;
    }
    if (performance.now() > deadline) {
      const seconds = (options.withinMs ?? 20_000) / 1000;
      throw new Error(`Waited ${seconds} s in vain for: ${what}`, lastError === undefined ? {} : { cause: lastError });
    }
    await delay(options.everyMs ?? 20);
  }
}
