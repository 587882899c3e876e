// Adds counts of one source and minute up, wherever they come from.
import type { LogCount } from '../event-log.ts';

/** By minute, then source. */
export function mergeCounts(counts: readonly LogCount[]): readonly LogCount[] {
  const merged = new Map<string, LogCount>();
  for (const count of counts) {
    const key = `${count.minute} ${count.sourceId}`;
    const other = merged.get(key);
    merged.set(key, {
      sourceId: count.sourceId,
      minute: count.minute,
      accepted: count.accepted + (other?.accepted ?? 0),
      duplicates: count.duplicates + (other?.duplicates ?? 0),
    });
  }
  return [...merged.values()].sort(
    (a, b) => a.minute - b.minute || (a.sourceId < b.sourceId ? -1 : Number(a.sourceId > b.sourceId)),
  );
}
