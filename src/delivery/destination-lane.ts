// What serves one destination, whichever way: event by event (lane.ts) or range by range (range-lane.ts).
import type { Destination } from '../control/model.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import type { Clock } from '../lib/clock.ts';
import type { PressureCell } from '../lib/pressure.ts';
import type { Committable } from './commit-loop.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { WindowLimits } from './delivery-window.ts';
import type { EventFeed } from './event-feed.ts';
import type { Pace } from './pace.ts';
import type { RateBudget } from './rate-budget.ts';
import type { Reporter } from './report.ts';

export interface DestinationLane extends Committable {
  readonly destinationId: string;
  /** As it is at this moment. */
  readonly pace: Pace;
  /** Starts reading and sending. */
  start(destination: Destination): void;
  /** Takes on a configuration: connections, secrets, actions and limits hold from now on, also for what waits. */
  use(destination: Destination): void;
  setLimits(limits: WindowLimits): void;
  /** Dead letters were put back in line. */
  requeued(): void;
  /** Its connection was found to work: if it is down, it is tried at once. */
  probeNow(): void;
  /** Stops reading and sending. What is under way has `graceMs` to end, then it is called off and stays unfinished. */
  close(graceMs: number): Promise<void>;
}

export interface LaneOptions {
  readonly feeds: ReadonlyMap<number, EventFeed>;
  readonly store: DeliveryStore;
  readonly registry: DestinationRegistry;
  readonly allowPrivateAddresses: boolean;
  readonly codeVersion: string;
  /** Of the replay that it serves instead of the destination's own stream. */
  readonly replayId?: string;
  /** Of requests; shared by all that send to the destination. @default one of its own */
  readonly budget?: RateBudget;
  readonly limits: WindowLimits;
  readonly pressure: PressureCell;
  readonly clock: Clock;
  readonly random: () => number;
  readonly report: Reporter;
  /** There is something new to commit. */
  readonly changed: () => void;
  /** Something broke that nobody here can handle. */
  readonly failed: (error: unknown) => void;
}
