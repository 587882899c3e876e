// Writes a shop's traffic into a log folder through the log's own writer, in large groups, on a clock that runs with the
// events, so that segments are closed as they would have been.
import { setImmediate as immediate } from 'node:timers/promises';
import type { Clock } from '../../../src/lib/clock.ts';
import type { LogGroup } from '../../../src/log/sqlite/block.ts';
import type { LogCells } from '../../../src/log/sqlite/log-cells.ts';
import { GroupText } from '../../../src/log/sqlite/group-text.ts';
import { openSegmentWriter } from '../../../src/log/sqlite/segment-writer.ts';
import { ShopTraffic } from './shop-traffic.ts';
import type { TrafficOptions } from './shop-traffic.ts';

const groupEvents = 4096;
/** Events between waits for the background work, which must not fall behind. */
const upkeepEvery = 250_000;

/** Resolves when all of it is stored and sealed as far as it goes. */
export async function writeLog(
  folder: string,
  cells: LogCells,
  traffic: TrafficOptions,
  progress: (events: number) => void,
): Promise<void> {
  let now = traffic.from;
  const clock: Clock = { now: () => now, monotonic: () => performance.now() };
  const writer = openSegmentWriter({ folder, cells, clock });
  const shop = new ShopTraffic(traffic);
  let sinceUpkeep = 0;
  for (let written = 0; written < traffic.events;) {
    const group = nextGroup(shop, traffic, Math.min(groupEvents, traffic.events - written));
    now = group.received.at(-1) ?? now;
    writer.commit(group);
    written += group.ids.length;
    sinceUpkeep += group.ids.length;
    await immediate();
    if (sinceUpkeep >= upkeepEvery) {
      sinceUpkeep = 0;
      await writer.upkeep();
      progress(written);
    }
  }
  await writer.upkeep();
  await writer.close();
  progress(traffic.events);
}

function nextGroup(shop: ShopTraffic, { sourceIds }: TrafficOptions, events: number): LogGroup {
  const [source, ids, received]: [number[], string[], number[]] = [[], [], []];
  const [ends, lengths]: [number[], number[]] = [[], []];
  const text = new GroupText();
  for (let at = 0; at < events; at++) {
    const event = shop.next();
    source.push(event.source);
    ids.push(event.messageId);
    received.push(event.receivedAt);
    lengths.push(event.body.length);
    ends.push(text.add(event.body));
  }
  return { sources: sourceIds, source, ids, received, text: text.content, ends, lengths };
}
