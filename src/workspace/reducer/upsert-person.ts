// Adding and updating people: who is meant, which identifiers they get, and what becomes of the attributes.
//
// A new identifier beside one that somebody has goes to that person, if they have none of its kind; two identifiers of
// two people are a conflict, which is noted and changes neither (Pipelines API facts, 4.3). Attributes apply last.
import type { UpsertPerson } from '../commands.ts';
import type { PersonRef } from '../identifiers.ts';
import type { PersonRow } from '../workspace-rows.ts';
import { joinAnonymous } from './anonymous.ts';
import { applyAttribute } from './apply-attributes.ts';
import { Attributes } from './attributes.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';
import { setIdentifier } from './set-identifier.ts';
import { withUnixTimes } from './iso-times.ts';
import { relate, relatePerson } from './relationships.ts';
import { isPlainTrait, readReservedTraits, readUnsubscribed } from './reserved-traits.ts';
import type { ReservedTraits } from './reserved-traits.ts';
import {
  checkRef,
  createPerson,
  giveIdentifier,
  later,
  personRow,
  resolveIdentifier,
  resolvePerson,
  suppressed,
} from './resolve.ts';

export function upsertPerson(context: EventContext, command: UpsertPerson): CommandOutcome {
  const traits = readReservedTraits(context, command);
  const ref = command.person ?? traits.email ?? traits.phone ?? null;
  if (ref === null) {
    context.note('an identify without a userId and without an email address is not for the workspace');
    return 'filtered';
  }
  const found = locate(context, ref, traits);
  if (typeof found === 'string') return found;
  const { number } = found.person;
  context.person = number;

  const profile = context.set.profile(number);
  const attributes = profile?.attributes.copy() ?? Attributes.empty();
  attributes.expire(context.log);
  const person = setIdentifiers(context, found, ref, traits, attributes);
  setAttributes(context, person, command, traits, attributes);
  context.set.profiles.put(person.number, { person: person.number, attributes, updatedAt: context.event.receivedAt });

  if (traits.anonymousId !== null) joinAnonymous(context, person.number, traits.anonymousId, traits.at);
  if (command.object) relate(context, person.number, command.object, command.relationshipAttributes, traits.at);
  const relationships = command.attributes['cio_relationships'];
  if (relationships !== undefined) relatePerson(context, person.number, relationships, traits.at);
  return 'delivered';
}

interface Located {
  readonly person: PersonRow;
  /** Whether the person was found by another identifier and is to get the one of the call. */
  readonly gains: boolean;
}

/** The person meant, who is made when there is none; or why there cannot be one. */
function locate(context: EventContext, ref: PersonRef, traits: ReservedTraits): Located | CommandOutcome {
  const unfit = checkRef(context, ref);
  if (unfit) return unfit;
  const direct = resolvePerson(context, ref);
  if (direct.kind === 'person') return { person: personRow(context, direct.number), gains: false };
  if (direct.kind === 'suppressed') return suppressed(context, ref);

  let { floorAt } = direct;
  for (const other of [traits.email, traits.phone, traits.id]) {
    if (!other || other.kind === ref.kind || other.kind === 'cio_id' || ref.kind === 'cio_id') continue;
    const holder = resolveIdentifier(context, other.kind, other.value);
    if (holder.kind === 'suppressed') return suppressed(context, other);
    if (holder.kind === 'none') {
      floorAt = later(floorAt, holder.floorAt);
      continue;
    }
    const person = personRow(context, holder.number);
    if (person[ref.kind] !== null) continue;
    // Address and phone number are attributes too, so their times have a say; an id has none.
    if (ref.kind !== 'id') return { person, gains: true };
    context.changed(`id ${ref.text}`);
    return { person: giveIdentifier(context, person, 'id', ref.value), gains: false };
  }
  if (traits.updateOnly) {
    context.note('Failed Attribute Change: _update is set and there is no such person');
    return 'person_missing';
  }
  return { person: createPerson(context, ref, traits.at, floorAt), gains: false };
}

function setIdentifiers(
  context: EventContext,
  found: Located,
  ref: PersonRef,
  traits: ReservedTraits,
  attributes: Attributes,
): PersonRow {
  let { person } = found;
  const writing = { ref, at: traits.at, attributes };
  // A person who is found by an identifier they had before and who has none of its kind now shows it again.
  const own = ref.kind !== 'cio_id' && person[ref.kind] === null ? ref : undefined;
  for (const kind of ['id', 'email', 'phone'] as const) {
    const given = traits[kind];
    if (own?.kind === kind && (found.gains || given === undefined))
      person = setIdentifier(context, person, kind, own, writing);
    if (given !== undefined) person = setIdentifier(context, person, kind, given, writing);
  }
  return person;
}

function setAttributes(
  context: EventContext,
  person: PersonRow,
  command: UpsertPerson,
  traits: ReservedTraits,
  attributes: Attributes,
): void {
  const write = { label: 'attribute', at: traits.at, floorAt: person.floorAt };
  if (traits.createdAt !== undefined) applyAttribute(context, attributes, 'created_at', traits.createdAt, write);
  for (const name of Object.keys(command.attributes)) {
    const given = command.attributes[name];
    if (given === undefined || !isPlainTrait(name, context.settings.phoneIdentifier)) continue;
    if (name === 'unsubscribed') applyAttribute(context, attributes, name, readUnsubscribed(given), write);
    else applyAttribute(context, attributes, name, command.convertTimes ? withUnixTimes(given) : given, write);
  }
}
