// Merging two people, or an anonymous id into a person (Pipelines API facts, 4.6).
//
// The secondary becomes a stub that leads to the primary, so every identifier of it keeps resolving. The primary gets
// the attributes it lacks, each with its own time; activity of the last 30 days, devices and relationships come along by
// a link. A previousId that nobody knows yet is remembered, so that the order of two calls does not matter.
import type { MergePeople } from '../commands.ts';
import type { PersonRow } from '../workspace-rows.ts';
import { keepMs } from '../workspace-settings.ts';
import { joinAnonymous, link } from './anonymous.ts';
import { Attributes } from './attributes.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';
import { hasPreferences, isPreference } from './preferences.ts';
import {
  checkRef,
  createPerson,
  ownedIdentifier,
  personRow,
  resolveIdentifier,
  resolvePerson,
  suppressed,
  visitorStream,
} from './resolve.ts';

export function mergePeople(context: EventContext, command: MergePeople): CommandOutcome {
  const { primary, secondary, at } = command;
  if (primary.kind === secondary.kind && primary.value === secondary.value) {
    context.note('userId and previousId are the same');
    return 'delivered';
  }
  const unfit = checkRef(context, primary) ?? checkRef(context, secondary);
  if (unfit) return unfit;
  const first = resolvePerson(context, primary);
  const second = resolvePerson(context, secondary);
  if (first.kind === 'suppressed') return suppressed(context, primary);
  if (second.kind === 'suppressed') return suppressed(context, secondary);
  const into =
    first.kind === 'person' ? personRow(context, first.number) : createPerson(context, primary, at, first.floorAt);
  context.person = into.number;

  if (second.kind === 'none') joinUnknown(context, into, command);
  else {
    if (second.number === into.number) context.note(`${secondary.text} is the same person already`);
    else absorb(context, into, personRow(context, second.number), context.effectiveAt(at), secondary.text);
    joinVisitor(context, into, command);
  }
  return 'delivered';
}

/** The previousId is nobody's: it is an anonymous id, or one that is yet to be seen. */
function joinUnknown(context: EventContext, into: PersonRow, { secondary, at }: MergePeople): void {
  if (secondary.kind === 'cio_id') return;
  const { kind, value } = secondary;
  if (kind === 'id') {
    const isAnonymous =
      visitorStream(context, value) !== null || resolveIdentifier(context, 'anonymous_id', value).kind !== 'none';
    joinAnonymous(context, into.number, value, context.effectiveAt(at));
    if (isAnonymous) return;
  }
  context.set.identifiers.put(kind, value, ownedIdentifier(kind, value, into.number));
  context.note(`nobody was known as ${secondary.text} yet; it leads to this person from now on`);
}

/** A person's previousId may be the anonymous id of a visitor as well, who has not joined anybody: both are meant. */
function joinVisitor(context: EventContext, into: PersonRow, { secondary, at }: MergePeople): void {
  if (secondary.kind !== 'id' || visitorStream(context, secondary.value) === null) return;
  joinAnonymous(context, into.number, secondary.value, context.effectiveAt(at));
}

function absorb(context: EventContext, into: PersonRow, from: PersonRow, at: number, text: string): void {
  const { set } = context;
  const attributes = set.profile(into.number)?.attributes.copy() ?? Attributes.empty();
  const theirs = set.profile(from.number)?.attributes ?? Attributes.empty();
  attributes.expire(context.log);
  fill(context, attributes, theirs);
  set.profiles.put(into.number, { person: into.number, attributes, updatedAt: context.event.receivedAt });
  set.profiles.put(from.number, null);
  set.people.put(into.number, {
    ...into,
    id: into.id ?? from.id,
    // As attributes they may have been removed later than the other person had them.
    email: into.email ?? (attributes.get('email') === undefined ? null : from.email),
    phone: into.phone ?? (attributes.get('phone') === undefined ? null : from.phone),
    related: true,
  });
  const stub = { ...from, state: 'merged', parent: into.number, id: null, email: null, phone: null } as const;
  set.people.put(from.number, stub);
  link(context, { child: from.number, parent: into.number, fromAt: at - keepMs, fromLog: 0, related: true });
  context.changed(`merged ${text}`);
}

/** Gives `attributes` what it lacks of `theirs`, within the limits; preferences are one attribute and come whole. */
function fill(context: EventContext, attributes: Attributes, theirs: Attributes): void {
  const { limits } = context.settings;
  const keepsPreferences = hasPreferences(attributes);
  for (const [name, { value, at }] of theirs.entries()) {
    if (attributes.get(name) !== undefined || (keepsPreferences && isPreference(name))) continue;
    if (attributes.count >= limits.attributes || attributes.wouldExceed(limits.attributesBytes, name, value)) {
      context.note(`attribute ${name}: not merged, over the limit of all attributes`);
      continue;
    }
    if (attributes.set(name, value, at, context.log) !== 'older') context.changed(`attribute ${name}`);
  }
  for (const [name, removal] of theirs.removals()) attributes.inherit(name, removal, context.log);
}
