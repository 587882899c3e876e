// Waiting until everything downstream of the log has had its turn.
import type { LedgerItem } from './control-client.ts';
import type { TestServer } from './server.ts';
import { waitFor } from './wait-for.ts';

/** Waits until the workspace and the destinations named have nothing left to do. */
export async function allDone(server: TestServer, destinationIds: readonly string[], withinMs = 60_000): Promise<void> {
  const look = async (): Promise<boolean> => {
    const { workspace } = await server.control.status();
    const { items, balanced } = await server.control.ledger();
    const open = items.filter(({ destinationId }) => destinationIds.includes(destinationId));
    return workspace.lag === 0 && balanced && open.every(({ pending }) => pending === 0);
  };
  await waitFor(`nothing pending at the workspace and ${destinationIds.length} destinations`, look, {
    withinMs,
    everyMs: 100,
  });
}

/** Totals of one destination over all sources. */
export async function ledgerOf(server: TestServer, destinationId: string): Promise<Omit<LedgerItem, 'sourceId'>> {
  const { items } = await server.control.ledger();
  const total = { accepted: 0, delivered: 0, filtered: 0, discarded: 0, failed: 0, pending: 0 };
  for (const item of items.filter((one) => one.destinationId === destinationId))
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += item[name];
  return { destinationId, ...total };
}

/** Runs `work` on each item, `width` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

/** How often each messageId stands in the log, read whole. */
export async function loggedIds(server: TestServer): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { messageId } of await server.control.all<{ readonly messageId: string }>('events?limit=500'))
    counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  return counts;
}
