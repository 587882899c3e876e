// What carries a running replay: one that sends (sending-replay.ts) or a dry run (dry-replay.ts).
import type { Destination } from '../../control/model.ts';
import type { DestinationRegistry } from '../../destinations/registry.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PressureCell } from '../../lib/pressure.ts';
import type { LogReader } from '../../log/event-log.ts';
import type { DeliveryStore } from '../delivery-store.ts';
import type { RateBudget } from '../rate-budget.ts';
import type { Reporter } from '../report.ts';
import type { ReplayRun } from './replay.ts';

export interface ActiveReplay {
  /** As it was saved last. */
  readonly run: ReplayRun;
  start(): void;
  /** Takes on a configuration of its destination. */
  use(destination: Destination): void;
  /** Stops where it is, and saves that. */
  close(): Promise<void>;
}

export interface ReplayOptions {
  readonly log: LogReader;
  readonly store: DeliveryStore;
  readonly registry: DestinationRegistry;
  readonly settings: { readonly allowPrivateAddresses: boolean; readonly codeVersion: string };
  readonly pressure: PressureCell;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly report: Reporter;
  /** Of requests to a destination. */
  readonly budgetOf: (destinationId: string) => RateBudget;
  readonly failed: (error: unknown) => void;
}
