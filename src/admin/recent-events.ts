// The latest events of the log, newest first, read backwards in slices; a page looks at a bounded stretch of the log.
import { InputError } from '../errors/errors.ts';
import type { LogReader, LogRecord } from '../log/event-log.ts';
import { matchesFilter } from './event-filter.ts';
import type { EventFilter } from './event-filter.ts';

/** Of the times of receipt, ms: at or after `from`, before `to`. */
export interface ReceivedWithin {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

type Log = Pick<LogReader, 'partitions' | 'range' | 'read' | 'offsetAt'>;

/** Records that one page looks at, at most, per partition. */
const scanLimit = 20_000;
const sliceEvents = 500;
const sliceBytes = 8 * 1024 * 1024;

export interface RecentEvents {
  readonly items: readonly LogRecord[];
  /** Where the next page continues; null at the log's start. A page may be short, even empty, when the filter is rare. */
  readonly next: string | null;
}

/**
 * Up to `limit` events before `cursor` (null: before the end) that pass the filter and were received in the window.
 * @throws InputError `invalid_request` when the cursor is none of this list's.
 */
export async function recentEvents(
  log: Log,
  filter: EventFilter,
  cursor: string | null,
  limit: number,
  within: ReceivedWithin = {},
): Promise<RecentEvents> {
  const before = cursor === null ? null : parseCursor(cursor);
  const parts = await Promise.all(
    (await log.partitions()).map(async (partition) => {
      const { start, end } = await stretchOf(log, partition, within);
      const from = Math.min(before?.get(partition) ?? end, end);
      return readBackwards(log, { partition, start, from }, filter, limit);
    }),
  );
  const items = mergeLatest(
    parts.map((part) => part.items),
    limit,
  );
  const shown = new Set(items);
  const positions = parts.map(({ partition, start, reached, items: own }) => {
    // What did not fit on this page is read again for the next one.
    const left = own.find((record) => !shown.has(record));
    return { partition, start, position: left ? left.offset + 1 : reached };
  });
  const more = positions.some(({ start, position }) => position > start);
  return {
    items,
    next: more ? positions.map(({ partition, position }) => `${partition}.${position}`).join('-') : null,
  };
}

/** Of the partition, what was received in the window; offsets and times of receipt grow together. */
async function stretchOf(log: Log, partition: number, { from, to }: ReceivedWithin) {
  const { start, end } = await log.range(partition);
  const [first, last] = await Promise.all([
    from === undefined ? start : log.offsetAt(partition, from),
    to === undefined ? end : log.offsetAt(partition, to),
  ]);
  return { start: Math.max(start, first), end: Math.min(end, last) };
}

/** Merges lists that are newest first, each kept in its own order. */
function mergeLatest(lists: readonly (readonly LogRecord[])[], limit: number): LogRecord[] {
  const heads = lists.map((list) => list.values());
  const next = heads.map((head) => head.next());
  const merged: LogRecord[] = [];
  while (merged.length < limit) {
    let latest = -1;
    let at = -Infinity;
    for (const [index, one] of next.entries())
      if (!one.done && one.value.receivedAt > at) [latest, at] = [index, one.value.receivedAt];
    const taken = next[latest];
    const head = heads[latest];
    if (!taken || taken.done || !head) break;
    merged.push(taken.value);
    next[latest] = head.next();
  }
  return merged;
}

async function readBackwards(
  log: Pick<LogReader, 'read'>,
  where: { readonly partition: number; readonly start: number; readonly from: number },
  filter: EventFilter,
  limit: number,
) {
  const { partition, start } = where;
  const items: LogRecord[] = [];
  let reached = where.from;
  const floor = Math.max(start, where.from - scanLimit);
  while (reached > floor && items.length < limit) {
    const from = Math.max(floor, reached - sliceEvents);
    const records = await readAll(log, partition, from, reached);
    for (const record of records.toReversed()) {
      reached = record.offset;
      if (matchesFilter(filter, record)) items.push(record);
      if (items.length === limit) break;
    }
    if (items.length < limit) reached = from;
  }
  return { partition, start, items, reached };
}

async function readAll(
  log: Pick<LogReader, 'read'>,
  partition: number,
  from: number,
  to: number,
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (let at = from; at < to;) {
    const slice = await log.read(partition, at, to - at, sliceBytes);
    if (slice.next <= at) break;
    records.push(...slice.records.filter(({ offset }) => offset < to));
    at = slice.next;
  }
  return records;
}

function parseCursor(text: string): ReadonlyMap<number, number> {
  if (!/^\d{1,9}\.\d{1,15}(-\d{1,9}\.\d{1,15})*$/.test(text))
    throw new InputError(
      'invalid_request',
      'cursor is none of this list; pass the `next` of the page before.',
      'cursor',
    );
  return new Map(
    text.split('-').map((part) => {
      const [partition, offset] = part.split('.').map(Number);
      return [partition ?? 0, offset ?? 0];
    }),
  );
}
