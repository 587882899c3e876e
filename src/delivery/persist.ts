// Storage that fails is tried again until it works: nothing here may be given up.
import { FaultError } from '../errors/errors.ts';
import { sleep } from '../lib/sleep.ts';
import type { Reporter } from './report.ts';

const firstPauseMs = 100;
const longestPauseMs = 5000;

/** Runs `work` until it succeeds; null when `signal` aborted before. Faults other than the storage's own are rethrown. */
export async function persist<T>(
  doing: string,
  work: () => Promise<T>,
  report: Reporter,
  signal?: AbortSignal,
): Promise<T | null> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    if (signal?.aborted) return null;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FaultError) || !error.retryable) throw error;
      report({ kind: 'waiting for storage', doing, reason: error.message });
    }
    await sleep(pauseMs, signal);
  }
}
