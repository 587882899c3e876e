// Whether a call sent now would be stored durably: what /readyz answers.
import type { LogReader } from '../log/event-log.ts';
import { sleep } from '../lib/sleep.ts';

export interface Readiness {
  /** Null when ready, else one sentence why not. */
  reason(): Promise<string | null>;
}

/** A log that does not answer in this time is not ready. */
const patienceMs = 2000;

/** Asks the log's writer itself, so a stuck thread or a full disk shows. */
export function createReadiness(writer: Pick<LogReader, 'status'>): Readiness {
  return {
    reason: async () => {
      const giveUp = new AbortController();
      const late = sleep(patienceMs, giveUp.signal).then(() => 'The log writer does not answer.');
      const asked = writer.status().then(
        ({ unavailable }) => unavailable,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const reason = await Promise.race([asked, late]);
      giveUp.abort();
      return reason;
    },
  };
}
