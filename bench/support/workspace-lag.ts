// Watches how far the workspace is behind the log, through the control API.
import type { ControlClient } from '../../test/support/control-client.ts';
import { waitFor } from '../../test/support/wait-for.ts';

/** Waits until the workspace has applied everything, so that the next measurement starts from rest. */
export const caughtUp = (control: ControlClient): Promise<boolean> =>
  waitFor('the workspace to catch up', async () => (await control.status()).workspace.lag === 0, {
    withinMs: 600_000,
    everyMs: 100,
  });

/** Samples the lag, in events, until stopped. */
export function watchLag(control: ControlClient, everyMs: number): { stop(): Promise<readonly number[]> } {
  const samples: number[] = [];
  const stop = new AbortController();
  const watching = (async () => {
    while (!stop.signal.aborted) {
      samples.push((await control.status()).workspace.lag);
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
