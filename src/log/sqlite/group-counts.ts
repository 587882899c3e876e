// Counts a group: how many of its entries were stored and how many were duplicates, per source and minute of receipt.
import type { LogCount } from '../event-log.ts';
import type { LogGroup } from './block.ts';
import { toMinute } from './segment-tally.ts';
import type { Run } from './segment-tally.ts';

export interface GroupCounts {
  readonly counts: readonly LogCount[];
  /** The stored entries in order. */
  readonly runs: readonly Run[];
}

/** `kept`: indexes of the stored entries, ascending; all others are duplicates. */
export function countGroup(group: LogGroup, kept: readonly number[]): GroupCounts {
  const counts = new Map<string, { sourceId: string; minute: number; accepted: number; duplicates: number }>();
  const runs: Run[] = [];
  let at = 0;
  for (let from = 0; from < group.ids.length;) {
    const source = group.source[from] ?? 0;
    const minute = toMinute(group.received[from] ?? 0);
    const stored = kept[at] === from;
    let to = from;
    while (
      to < group.ids.length &&
      group.source[to] === source &&
      toMinute(group.received[to] ?? 0) === minute &&
      (kept[at] === to) === stored
    ) {
      if (stored) at++;
      to++;
    }
    const sourceId = group.sources[source] ?? '';
    const key = `${minute} ${sourceId}`;
    let count = counts.get(key);
    if (!count) counts.set(key, (count = { sourceId, minute, accepted: 0, duplicates: 0 }));
    if (stored) {
      count.accepted += to - from;
      runs.push({ sourceId, minute, events: to - from });
    } else count.duplicates += to - from;
    from = to;
  }
  return { counts: [...counts.values()], runs };
}
