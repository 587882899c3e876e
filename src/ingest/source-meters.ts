// What ingest sees of each source: its rate, and how its calls fare. In memory; handed to the store from time to time.
//
// The rate is counted in windows of three seconds from a source's first request. Above the soft limit the source is
// marked, nothing else; only a hard limit set by the operator refuses requests (facts, section 13).
import type { SourceActivity } from '../control/intake-store.ts';
import { isObject } from '../lib/json.ts';
import type { Json } from '../lib/json.ts';
import { rateWindowMs, softRateLimit } from './limits.ts';

class SourceMeter {
  readonly sourceId: string;
  windowStart = 0;
  inWindow = 0;
  /** Whether anything happened since the last report. */
  touched = false;
  lastAcceptedAt: number | null = null;
  /** `context.library` of the last accepted call, put into words only when reported. */
  lastLibrary: Json | undefined = undefined;
  lastClient = '';
  lastMessageId: string | null = null;
  lastRejectedAt: number | null = null;
  accepted = 0;
  rejected = 0;
  overRateAt: number | null = null;
  peakRate = 0;

  constructor(sourceId: string) {
    this.sourceId = sourceId;
  }

  /** Counts a request. Answers how many ms of its window are left when it lies above `hardLimit` (0 sets none), else 0. */
  request(now: number, hardLimit: number): number {
    // A clock that was set back begins a new window as well.
    if (now - this.windowStart >= rateWindowMs || now < this.windowStart) {
      this.windowStart = now;
      this.inWindow = 0;
    }
    const count = ++this.inWindow;
    this.touched = true;
    if (count > this.peakRate) this.peakRate = count;
    if (count > softRateLimit) this.overRateAt = now;
    return hardLimit > 0 && count > hardLimit ? this.windowStart + rateWindowMs - now : 0;
  }

  /** Counts stored calls; `library` and `messageId` are the last one's. */
  stored(now: number, accepted: number, library: Json | undefined, client: string, messageId: string): void {
    this.touched = true;
    this.accepted += accepted;
    this.lastAcceptedAt = now;
    this.lastLibrary = library;
    this.lastClient = client;
    this.lastMessageId = messageId;
  }

  refused(now: number, calls: number): void {
    this.touched = true;
    this.rejected += calls;
    this.lastRejectedAt = now;
  }
}
export type { SourceMeter };

export class SourceMeters {
  readonly #meters = new Map<string, SourceMeter>();

  of(sourceId: string): SourceMeter {
    let meter = this.#meters.get(sourceId);
    if (!meter) this.#meters.set(sourceId, (meter = new SourceMeter(sourceId)));
    return meter;
  }

  /** What was seen since the last report; counts begin again at zero. */
  report(): SourceActivity[] {
    const activity: SourceActivity[] = [];
    for (const meter of this.#meters.values()) {
      if (!meter.touched) continue;
      activity.push(toActivity(meter));
      meter.touched = false;
      meter.accepted = 0;
      meter.rejected = 0;
      meter.peakRate = 0;
    }
    return activity;
  }

  /** Takes back a report that the store did not take, so that its counts come with the next one. */
  takeBack(activity: readonly SourceActivity[]): void {
    for (const { sourceId, accepted, rejected, peakRate } of activity) {
      const meter = this.of(sourceId);
      meter.touched = true;
      meter.accepted += accepted;
      meter.rejected += rejected;
      meter.peakRate = Math.max(meter.peakRate, peakRate);
    }
  }
}

const toActivity = (meter: SourceMeter): SourceActivity => ({
  sourceId: meter.sourceId,
  lastAcceptedAt: meter.lastAcceptedAt,
  lastLibrary: meter.lastAcceptedAt === null ? null : clientName(meter.lastLibrary, meter.lastClient),
  lastMessageId: meter.lastMessageId,
  lastRejectedAt: meter.lastRejectedAt,
  accepted: meter.accepted,
  rejected: meter.rejected,
  overRateAt: meter.overRateAt,
  peakRate: meter.peakRate,
});

/** Name and version of a client library, such as `analytics.js next-0.5.11`; else the user agent. */
export function clientName(library: Json | undefined, userAgent: string): string {
  if (!isObject(library) || typeof library['name'] !== 'string') return userAgent.slice(0, 200);
  const version = typeof library['version'] === 'string' ? ` ${library['version']}` : '';
  return `${library['name']}${version}`.slice(0, 200);
}
