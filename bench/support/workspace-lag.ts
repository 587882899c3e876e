// Watches how far the workspace is behind the log, through the control API.
import type { ControlClient } from '../../test/support/control-client.ts';
import { waitFor } from '../../test/support/wait-for.ts';

/** Waits until the workspace has applied everything, so that the next measurement starts from rest. */
export const caughtUp = (control: ControlClient): Promise<boolean> =>
  waitFor('the workspace to catch up', async () => (await control.status()).workspace.lag === 0, {
    withinMs: 600_000,
    everyMs: 100,
  });

export interface LagSample {
  /** Since the watch began. */
  readonly atMs: number;
  /** Not yet applied. */
  readonly events: number;
}

/** Samples the lag until stopped. */
export function watchLag(control: ControlClient, everyMs: number): { stop(): Promise<readonly LagSample[]> } {
  const samples: LagSample[] = [];
  const stop = new AbortController();
  const from = performance.now();
  const watching = (async () => {
    while (!stop.signal.aborted) {
      const { lag } = (await control.status()).workspace;
      samples.push({ atMs: performance.now() - from, events: lag });
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return {
    stop: async () => {
      stop.abort();
      await watching;
      return samples;
    },
  };
}
