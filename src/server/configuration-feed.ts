// Carries every change of the configuration to those that work by it: the key directory here, and the other threads.
//
// A change made through `store` is in force everywhere before the call returns, so whoever creates a key can use it with
// the next request. Changes made elsewhere (another process on the same store) arrive through `waitForChange`.
import type { ControlStore } from '../control/control-store.ts';
import type { ControlSnapshot } from '../control/model.ts';
import type { Logger } from '../telemetry/logger.ts';
import { sleep } from '../lib/sleep.ts';

/** Puts one snapshot in force. Never called twice at once, versions only grow. */
export type Apply = (snapshot: ControlSnapshot) => Promise<void>;

export interface ConfigurationFeed {
  /** The store whose changes are in force when they return. */
  readonly store: ControlStore;
  /** Ends the waiting for changes. */
  close(): Promise<void>;
}

/** Methods that change what a snapshot holds. */
const changing = new Set<string>([
  'createSource',
  'updateSource',
  'deleteSource',
  'addKey',
  'revokeKey',
  'createDestination',
  'updateDestination',
  'setActions',
  'deleteDestination',
] satisfies (keyof ControlStore)[]);

const retryAfterMs = 1000;

/** Puts the present configuration in force, then keeps it so until closed. */
export async function openConfigurationFeed(
  control: ControlStore,
  apply: Apply,
  logger: Logger,
): Promise<ConfigurationFeed> {
  const closing = new AbortController();
  let version = -1;
  let last: Promise<void> = Promise.resolve();

  const refreshAfter = async (before: Promise<void>): Promise<void> => {
    await before;
    const snapshot = await control.snapshot();
    if (snapshot.version <= version) return;
    await apply(snapshot);
    version = snapshot.version;
  };
  const refresh = (): Promise<void> => {
    const next = refreshAfter(last);
    // The next refresh goes on after a failed one; the failure belongs to whoever asked for it.
    last = next.catch(() => undefined);
    return next;
  };

  const follow = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await control.waitForChange(version, closing.signal);
        if (!closing.signal.aborted) await refresh();
      } catch (error) {
        logger.error(
          { reason: error instanceof Error ? error.message : String(error) },
          'A change of the configuration could not be put in force; trying again.',
        );
        await sleep(retryAfterMs, closing.signal);
      }
    }
  };

  await refresh();
  const following = follow();
  const store = new Proxy(control, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as ((...args: unknown[]) => Promise<unknown>) | undefined;
      if (typeof name !== 'string' || !changing.has(name) || !method) return method;
      return async (...args: unknown[]) => {
        const result = await method(...args);
        await refresh();
        return result;
      };
    },
  });
  return {
    store,
    close: async () => {
      closing.abort();
      await following;
    },
  };
}
