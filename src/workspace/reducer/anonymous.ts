// Joining an anonymous id to a person: its last 30 days of activity become the person's, by a link, and from then on
// what comes under it goes to the person. An anonymous id belongs to one person for good (Pipelines API facts, 4.5).
import { longerThan } from '../identifiers.ts';
import { keepMs } from '../workspace-settings.ts';
import type { LinkRow } from '../workspace-rows.ts';
import type { EventContext } from './event-context.ts';
import { ownedIdentifier, personRow, resolveIdentifier } from './resolve.ts';

export function joinAnonymous(context: EventContext, person: number, anonymousId: string, at: number): void {
  const { set, settings } = context;
  if (longerThan(anonymousId, settings.limits.otherIdBytes))
    return context.note(`anonymous id over ${settings.limits.otherIdBytes} bytes`);
  const row = set.identifiers.get('anonymous_id', anonymousId);
  const holder = resolveIdentifier(context, 'anonymous_id', anonymousId);
  if (holder.kind === 'person' && holder.number === person) return;
  if (holder.kind === 'suppressed') return context.note(`anonymous id ${anonymousId} is suppressed`);
  if (holder.kind === 'person') return context.note(`anonymous id ${anonymousId} belongs to another person`);

  set.identifiers.put('anonymous_id', anonymousId, ownedIdentifier('anonymous_id', anonymousId, person));
  context.changed(`joined anonymous ${anonymousId}`);
  if (!row || row.stream === null) return;
  link(context, {
    child: row.stream,
    parent: person,
    fromAt: at - keepMs,
    fromLog: context.log - keepMs,
    related: row.related,
  });
}

/** Gives a subject's past to a person. */
export function link(context: EventContext, row: Omit<LinkRow, 'until'>): void {
  const { set } = context;
  set.addLink({ ...row, until: set.newNumber() });
  if (!row.related) return;
  const person = personRow(context, row.parent);
  if (!person.related) set.people.put(row.parent, { ...person, related: true });
}
