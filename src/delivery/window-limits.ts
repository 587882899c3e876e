// How much each destination's window may hold: all of them share one budget of memory.
import type { WindowLimits } from './delivery-window.ts';

/** Bytes of event bodies that all lanes together keep in hand, and the least and most of one. */
const allWindowsBytes = 64 * 1024 * 1024;
const windowBytes = { least: 512 * 1024, most: 8 * 1024 * 1024 };
const windowEvents = 4096;
const defaultMaxParked = 10_000;

/** Of each of so many lanes. */
export function windowLimits(lanes: number, maxParked = defaultMaxParked): WindowLimits {
  const share = allWindowsBytes / Math.max(1, lanes);
  return {
    maxEvents: windowEvents,
    maxBytes: Math.min(windowBytes.most, Math.max(windowBytes.least, share)),
    maxParked,
  };
}
