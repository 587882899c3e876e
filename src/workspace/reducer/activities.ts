// What people and anonymous visitors do, written to their timelines; and geofence transitions, once each.
import type { RecordActivity, ReportTransition } from '../commands.ts';
import { longerThan } from '../identifiers.ts';
import type { PersonRef } from '../identifiers.ts';
import type { ActivityRow } from '../workspace-rows.ts';
import { transitionKey } from '../row-keys.ts';
import { keepMs } from '../workspace-settings.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';
import { anonymousTarget, personFor } from './resolve.ts';

export function recordActivity(context: EventContext, command: RecordActivity): CommandOutcome {
  const { eventNameBytes, eventDataBytes } = context.settings.limits;
  if (command.type === 'track' && longerThan(command.name, eventNameBytes)) {
    context.note(`event name over ${eventNameBytes} bytes`);
    return 'too_long';
  }
  const properties = JSON.stringify(command.properties);
  if (longerThan(properties, eventDataBytes)) {
    context.note(`event data over ${eventDataBytes} bytes`);
    return 'too_long';
  }
  const subject = subjectFor(context, command);
  if (typeof subject === 'string') return subject;
  context.set.activities.push({ ...activityOf(context, command, subject), properties });
  context.changed('activity');
  return 'delivered';
}

function activityOf(
  context: EventContext,
  { at, type, name }: Pick<RecordActivity, 'at' | 'type' | 'name'>,
  subject: number,
): Omit<ActivityRow, 'properties'> {
  const { sourceId, messageId, receivedAt } = context.event;
  const number = context.set.newNumber();
  return { subject, at, number, type, name, sourceId, messageId, receivedAt, log: context.log };
}

/** Whose timeline it belongs on. A userId that nobody has makes a person; an anonymous id goes to its person or stream. */
export function subjectFor(
  context: EventContext,
  about: { readonly person: PersonRef | null; readonly anonymousId: string | null; readonly at: number },
): number | CommandOutcome {
  if (about.person) {
    return personFor(context, about.person, about.at);
  }
  if (about.anonymousId === null) {
    context.note('there is no person and no anonymous id');
    return 'filtered';
  }
  const target = anonymousTarget(context, about.anonymousId);
  if (target === null) return 'too_long';
  if (target.kind === 'stream') return target.stream;
  context.person = target.number;
  if (target.kind === 'person') return target.number;
  context.note(`anonymous id ${about.anonymousId} is suppressed`);
  return 'suppressed';
}

/** A transition that was reported before, by its id and geoset, is not recorded again. */
export function reportTransition(context: EventContext, command: ReportTransition): CommandOutcome {
  const { set } = context;
  if (command.transitionId === null)
    return recordActivity(context, { ...command, kind: 'record_activity', type: 'track' });
  const limit = context.settings.limits.otherIdBytes;
  const key = transitionKey(command.geosetId, command.transitionId);
  if (longerThan(key, limit)) {
    context.note(`transition id over ${limit} bytes`);
    return 'too_long';
  }
  const before = set.transitions.get(key);
  if (before && context.log - before.log < keepMs) {
    context.note('this transition has been reported before');
    return 'delivered';
  }
  const outcome = recordActivity(context, { ...command, kind: 'record_activity', type: 'track' });
  if (outcome === 'delivered') set.transitions.put(key, { key, log: context.log });
  return outcome;
}
