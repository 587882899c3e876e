// One line of the ledger over some time: what the log accepted, beside what the destination made of it.
import type { DeliveryReader } from '../delivery/delivery-reader.ts';
import type { LogReader } from '../log/event-log.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';
import type { LedgerBeginnings } from './ledger-beginnings.ts';

/** One source at one destination. */
export interface LedgerLine {
  readonly sourceId: string;
  readonly destinationId: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly discarded: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly pending: number;
}

/** Where the counts come from. */
export interface LedgerDeps {
  readonly log: Pick<LogReader, 'counts'>;
  readonly delivery: Pick<DeliveryReader, 'ledger'>;
  readonly workspace: Pick<WorkspaceReader, 'ledger'>;
  readonly beginnings: LedgerBeginnings;
}

interface Outcomes {
  readonly delivered: number;
  readonly filtered: number;
  readonly discarded: Readonly<Record<string, number>>;
  readonly failed: number;
}

const none: Outcomes = { delivered: 0, filtered: 0, discarded: {}, failed: 0 };

/** `pending` is what the outcomes leave of what was accepted. */
export function toLedgerLine(
  { sourceId, destinationId, accepted }: Pick<LedgerLine, 'sourceId' | 'destinationId' | 'accepted'>,
  { delivered, filtered, discarded: reasons, failed }: Outcomes = none,
): LedgerLine {
  const discarded = Object.values(reasons).reduce((sum, events) => sum + events, 0);
  const pending = Math.max(0, accepted - delivered - filtered - failed - discarded);
  return { sourceId, destinationId, accepted, delivered, filtered, discarded, reasons, failed, pending };
}
