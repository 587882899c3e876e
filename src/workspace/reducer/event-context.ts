// What every part of the reducer works with: the rows, the settings, the event's place and times, and the record of what
// was done and what was not.
import type { DiscardReason } from '../commands.ts';
import type { WorkspaceSettings } from '../workspace-settings.ts';
import type { WorkingSet } from './working-set.ts';

/** What the reducer needs to know of an event beside its commands. */
export interface EventFacts {
  readonly partition: number;
  readonly offset: number;
  readonly sourceId: string;
  readonly messageId: string;
  /** ms since 1970. */
  readonly receivedAt: number;
}

/** How one command went. */
export type CommandOutcome = 'delivered' | 'filtered' | DiscardReason;

/** Most changes, and most notes, recorded of one event. */
const maxRecorded = 100;

export class EventContext {
  readonly set: WorkingSet;
  readonly settings: WorkspaceSettings;
  readonly event: EventFacts;
  /** Log time. */
  readonly log: number;
  readonly changes: string[] = [];
  readonly notes: string[] = [];
  /** Number of the person the event went to. */
  person: number | null = null;

  constructor(set: WorkingSet, settings: WorkspaceSettings, event: EventFacts) {
    this.set = set;
    this.settings = settings;
    this.event = event;
    this.log = set.log;
  }

  changed(what: string): void {
    record(this.changes, what);
  }

  note(what: string): void {
    record(this.notes, what);
  }

  /** Nothing takes effect in the future: the time at which a command decides over attributes and existence. */
  effectiveAt(at: number): number {
    return Math.min(at, this.event.receivedAt);
  }
}

function record(list: string[], what: string): void {
  if (list.length < maxRecorded) list.push(what);
  else if (list.length === maxRecorded) list.push('and more');
}
