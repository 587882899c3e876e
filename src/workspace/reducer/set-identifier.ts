// Gives a person an identifier that a call carries among its traits, takes it away, or says why not.
//
// Email address and phone number are attributes as well, and their times decide like those of any attribute: an older
// address that arrives late does not replace a newer one.
import type { PersonRef } from '../identifiers.ts';
import { longerThan } from '../identifiers.ts';
import type { PersonRow } from '../workspace-rows.ts';
import type { Attributes } from './attributes.ts';
import type { EventContext } from './event-context.ts';
import { giveIdentifier, resolveIdentifier } from './resolve.ts';

interface Writing {
  /** How the call addresses the person. */
  readonly ref: PersonRef;
  readonly at: number;
  readonly attributes: Attributes;
}

type Kind = 'id' | 'email' | 'phone';

/** Null removes the identifier. */
export function setIdentifier(
  context: EventContext,
  person: PersonRow,
  kind: Kind,
  given: PersonRef | null,
  writing: Writing,
): PersonRow {
  const { attributes, at } = writing;
  const written = kind === 'id' ? null : attributes.writtenAt(kind, context.log);
  if ((written !== null && at < written) || (person.floorAt !== null && at < person.floorAt)) {
    if (given === null || given.value !== person[kind]) context.note(`attribute ${kind}: older than what is stored`);
    return person;
  }
  if (given === null) return removeIdentifier(context, person, kind, writing);
  const fault = person[kind] === given.value ? null : changeFault(context, person, kind, given, writing.ref);
  if (fault !== null) {
    context.note(`Attribute Update Failure: ${kind} ${fault}`);
    return person;
  }
  if (kind !== 'id' && attributes.set(kind, given.text, at, context.log) === 'changed')
    context.changed(`attribute ${kind}`);
  if (person[kind] === given.value) return person;
  if (kind === 'id') context.changed(`id ${given.text}`);
  release(context, person, kind);
  return giveIdentifier(context, person, kind, given.value);
}

/** Why the person may not have this identifier. */
function changeFault(
  context: EventContext,
  person: PersonRow,
  kind: Kind,
  given: PersonRef,
  ref: PersonRef,
): string | null {
  if (person[kind] !== null && !mayChange(context, kind, ref))
    return `can be changed only for a person addressed by ${kind === 'email' && ref.kind !== 'id' ? 'id or ' : ''}cio_ id`;
  const limit = context.settings.limits.personIdBytes;
  if (kind === 'id' && longerThan(given.value, limit)) return `over ${limit} bytes`;
  const holder = resolveIdentifier(context, kind, given.value);
  if (holder.kind === 'suppressed') return 'is suppressed';
  return holder.kind === 'person' && holder.number !== person.number ? 'belongs to another person' : null;
}

/** Whether an identifier that is there may become another (Pipelines API facts, 4.3 and 4.1). */
function mayChange(context: EventContext, kind: Kind, ref: PersonRef): boolean {
  if (ref.kind === 'cio_id') return true;
  if (kind === 'email') return ref.kind === 'id' && context.settings.emailChangeById;
  return kind === 'phone' && ref.kind !== 'phone';
}

function removeIdentifier(context: EventContext, person: PersonRow, kind: Kind, writing: Writing): PersonRow {
  const { attributes, at, ref } = writing;
  if (person[kind] === null) {
    attributes.remove(kind, at, context.log);
    return person;
  }
  const others = (['id', 'email', 'phone'] as const).filter((other) => other !== kind && person[other] !== null);
  if (kind === 'id' || ref.kind === kind || others.length === 0) {
    context.note(`Attribute Update Failure: ${kind} cannot be removed, it is how the person is known`);
    return person;
  }
  attributes.remove(kind, at, context.log);
  context.changed(`attribute ${kind}`);
  release(context, person, kind);
  const without = { ...person, [kind]: null };
  context.set.people.put(person.number, without);
  return without;
}

/** Frees the identifier that the person has now, if it leads to them. */
function release(context: EventContext, person: PersonRow, kind: Kind): void {
  const value = person[kind];
  if (value === null) return;
  const holder = resolveIdentifier(context, kind, value);
  if (holder.kind === 'person' && holder.number === person.number) context.set.identifiers.put(kind, value, null);
}
