// How the contract's parts come by logs.
import type { EventLog } from './event-log.ts';

interface PlaceOptions {
  /** After about how many events the engine starts a new unit of retention. */
  readonly unitEvents?: number;
}

/** Where one test's log lives: may be opened again after closing. */
export interface LogPlace {
  readonly open: (options?: PlaceOptions) => Promise<EventLog>;
}

/** Opens logs that close when their test ends. */
export interface LogSuite {
  readonly createPlace: () => LogPlace;
  readonly open: (place: LogPlace, options?: PlaceOptions) => Promise<EventLog>;
  /** Closes one before that. */
  readonly close: (log: EventLog) => Promise<void>;
}
