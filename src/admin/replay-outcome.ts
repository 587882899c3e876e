// What a replay did with one event, as far as its record tells.
import type { EventAside } from '../delivery/delivery-reader.ts';
import { toFeedEvent } from '../delivery/event-feed.ts';
import { compileSelection } from '../delivery/replay/replay-selection.ts';
import type { ReplayRun } from '../delivery/replay/replay.ts';
import type { LogRecord } from '../log/event-log.ts';

export const replayOutcomes = ['waiting', 'not reached', 'refused', 'sent', 'left out', 'sent or left out'] as const;

export interface ReplayOfEvent {
  readonly id: string;
  readonly state: ReplayRun['state'];
  /** Whether it has passed the event. */
  readonly passed: boolean;
  /** `left out`: no action takes it. Single outcomes are on record for refusals only; the rest follows from the counts. */
  readonly outcome: (typeof replayOutcomes)[number];
  /** Why it was refused. */
  readonly reason: string | null;
}

/** Null when the replay does not mean the event, or sends nothing at all. */
export function replayOf(
  run: ReplayRun,
  record: LogRecord,
  failures: EventAside['replayFailures'],
): ReplayOfEvent | null {
  if (run.spec.dryRun || !compileSelection(run.spec)(toFeedEvent(record))) return null;
  const stretch = run.stretches.find(({ partition }) => partition === record.partition);
  if (!stretch || record.offset < stretch.from || record.offset >= stretch.to) return null;
  const passed = stretch.offset > record.offset;
  const reason = failures.find((one) => one.run === run.id)?.reason ?? null;
  return { id: run.id, state: run.state, passed, outcome: outcomeOf(run, passed, reason), reason };
}

function outcomeOf({ state, counts }: ReplayRun, passed: boolean, reason: string | null): ReplayOfEvent['outcome'] {
  if (reason !== null) return 'refused';
  if (!passed) return state === 'cancelled' ? 'not reached' : 'waiting';
  if (counts.filtered === 0) return 'sent';
  return counts.delivered === 0 ? 'left out' : 'sent or left out';
}
