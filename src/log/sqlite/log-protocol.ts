// What passes between the threads that append and the log's writer. Groups are answered in the order in which they were
// sent, so an answer needs no number. Retention goes through lib/rpc on the same port.
import type { ErrorData } from '../../errors/errors.ts';
import type { LogGroup } from './block.ts';
import type { Committed } from './segment-writer.ts';

export type ToWriter = { readonly t: 'group'; readonly group: LogGroup };

/** An answer gives the memory of the group's text back, for the next one. */
export type FromWriter = { readonly memory: ArrayBuffer } & (
  ({ readonly t: 'stored' } & Committed) | { readonly t: 'refused'; readonly error: ErrorData }
);

/** The name under which the writer exposes its LogKeeper. */
export const keeperName = 'log-keeper';
