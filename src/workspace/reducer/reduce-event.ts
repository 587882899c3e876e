// The reducer: applies the commands of one event to the working set and says what came of it. Pure but for the set:
// no clock, no randomness, nothing awaited. It reads rows that must have been loaded (see working-set.ts).
import type { Command, DiscardReason, Unusable } from '../commands.ts';
import type { WorkspaceSettings } from '../workspace-settings.ts';
import { recordActivity, reportTransition } from './activities.ts';
import { deleteDevice, upsertDevice } from './devices.ts';
import { EventContext } from './event-context.ts';
import type { CommandOutcome, EventFacts } from './event-context.ts';
import { deletePerson, suppressPerson, unsuppressPerson } from './lifecycle.ts';
import { mergePeople } from './merge-people.ts';
import { deleteObject, upsertObject } from './objects.ts';
import { deleteRelationship } from './relationships.ts';
import { reportContent, reportDelivery } from './reports.ts';
import { upsertPerson } from './upsert-person.ts';
import type { WorkingSet } from './working-set.ts';

/** What came of one event; the workspace keeps it as long as the log keeps the event. */
export interface Effect {
  readonly partition: number;
  readonly offset: number;
  /** Number of the person it went to. */
  readonly person: number | null;
  readonly outcome: 'delivered' | 'filtered' | 'discarded';
  /** Why it was discarded. */
  readonly reason: DiscardReason | null;
  readonly changes: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Applies an event. Of several commands the worst outcome counts: discarded, then delivered, then filtered. Call
 * `set.begin` before; on any throw call `set.rollback`, and nothing has happened.
 */
export function reduceEvent(
  set: WorkingSet,
  settings: WorkspaceSettings,
  event: EventFacts,
  commands: readonly (Command | Unusable)[],
): Effect {
  const context = new EventContext(set, settings, event);
  let outcome: Effect['outcome'] = 'filtered';
  let reason: DiscardReason | null = null;
  for (const command of commands) {
    const result = apply(context, command);
    if (result === 'filtered') continue;
    if (result !== 'delivered') reason ??= result;
    else outcome = 'delivered';
  }
  const { partition, offset } = event;
  const { person, changes, notes } = context;
  return { partition, offset, person, outcome: reason === null ? outcome : 'discarded', reason, changes, notes };
}

function apply(context: EventContext, command: Command | Unusable): CommandOutcome {
  switch (command.kind) {
    case 'upsert_person':
      return upsertPerson(context, command);
    case 'record_activity':
      return recordActivity(context, command);
    case 'upsert_object':
      return upsertObject(context, command);
    case 'upsert_device':
      return upsertDevice(context, command);
    case 'delete_device':
      return deleteDevice(context, command);
    case 'delete_person':
      return deletePerson(context, command);
    case 'suppress_person':
      return suppressPerson(context, command);
    case 'unsuppress_person':
      return unsuppressPerson(context, command);
    case 'delete_relationship':
      return deleteRelationship(context, command);
    case 'delete_object':
      return deleteObject(context, command);
    case 'report_delivery':
      return reportDelivery(context, command);
    case 'report_content':
      return reportContent(context, command);
    case 'report_transition':
      return reportTransition(context, command);
    case 'merge_people':
      return mergePeople(context, command);
    case 'unusable':
      context.note(command.note);
      return command.outcome === 'filtered' ? 'filtered' : command.reason;
    default:
      return command satisfies never;
  }
}
