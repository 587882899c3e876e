// From identifiers to people: following merges, seeing who is suppressed, and making people and anonymous streams.
import { longerThan } from '../identifiers.ts';
import type { IdentifierKind, PersonRef } from '../identifiers.ts';
import { parseCioId } from '../log-position.ts';
import type { DiscardReason } from '../commands.ts';
import { dayOf, keepMs, keptSinceDay } from '../workspace-settings.ts';
import type { IdentifierRow, PersonRow } from '../workspace-rows.ts';
import { Attributes } from './attributes.ts';
import type { EventContext } from './event-context.ts';

/** Whom an identifier leads to, by number. `none` says when its last person was deleted, while that is remembered. */
export type Resolution =
  | { readonly kind: 'person'; readonly number: number }
  | { readonly kind: 'suppressed'; readonly number: number }
  | { readonly kind: 'none'; readonly floorAt: number | null };

const nobody: Resolution = { kind: 'none', floorAt: null };

/** Whom a person's number leads to after all merges. */
export function resolveNumber(context: EventContext, owner: number): Resolution {
  const { set } = context;
  const passed: PersonRow[] = [];
  let number = owner;
  while (!set.isLive(number)) {
    const row = set.people.get(number);
    if (row?.state === 'suppressed') return { kind: 'suppressed', number };
    if (row?.state === 'deleted')
      return context.log - (row.goneLog ?? 0) < keepMs ? { kind: 'none', floorAt: row.goneAt } : nobody;
    if (row?.state !== 'merged' || row.parent === null) return nobody;
    passed.push(row);
    number = row.parent;
  }
  // Long chains are shortened as they are walked, so that merging over and over stays cheap to resolve.
  for (const step of passed.slice(0, -1)) set.people.put(step.number, { ...step, parent: number });
  return { kind: 'person', number };
}

/** The row of a person who exists. */
export function personRow(context: EventContext, number: number): PersonRow {
  const row = context.set.people.get(number);
  if (!row) throw new Error(`person ${number} has no row`);
  return row;
}

export function resolveIdentifier(context: EventContext, kind: IdentifierKind, value: string): Resolution {
  const row = context.set.identifiers.get(kind, value);
  return row === null || row.owner === null ? nobody : resolveNumber(context, row.owner);
}

export function resolvePerson(context: EventContext, ref: PersonRef): Resolution {
  if (ref.kind !== 'cio_id') return resolveIdentifier(context, ref.kind, ref.value);
  const number = parseCioId(ref.value);
  return number === null ? nobody : resolveNumber(context, number);
}

/** The person's number, who is made when there is none; or why the call cannot be about anyone. */
export function personFor(context: EventContext, ref: PersonRef, at: number): number | DiscardReason {
  const unfit = checkRef(context, ref);
  if (unfit) return unfit;
  const found = resolvePerson(context, ref);
  if (found.kind === 'none') return createPerson(context, ref, at, found.floorAt).number;
  context.person = found.number;
  return found.kind === 'person' ? found.number : suppressed(context, ref);
}

/** Why a reference can lead nowhere: too long, or a `cio_` id of nobody. */
export function checkRef(context: EventContext, ref: PersonRef): DiscardReason | null {
  if (ref.kind === 'cio_id') {
    if (resolvePerson(context, ref).kind !== 'none') return null;
    context.note(`there is nobody with the id ${ref.text}`);
    return 'unknown_cio_id';
  }
  const limit = context.settings.limits.personIdBytes;
  if (ref.kind !== 'id' || !longerThan(ref.value, limit)) return null;
  context.note(`id over ${limit} bytes`);
  return 'too_long';
}

export function suppressed(context: EventContext, ref: PersonRef): DiscardReason {
  context.note(`${ref.text} is suppressed`);
  return 'suppressed';
}

/** Makes a person and says so. */
export function createPerson(context: EventContext, ref: PersonRef, at: number, floorAt: number | null): PersonRow {
  context.changed('person created');
  return makePerson(context, ref, at, floorAt);
}

/** Makes a person with one identifier; an email address is their first attribute as well. */
export function makePerson(context: EventContext, ref: PersonRef, at: number, floorAt: number | null): PersonRow {
  const { set } = context;
  const number = set.newSubject();
  const bare: PersonRow = {
    number,
    state: 'live',
    parent: null,
    related: false,
    floorAt,
    id: null,
    email: null,
    phone: null,
    createdAt: context.event.receivedAt,
    goneAt: null,
    goneLog: null,
  };
  context.person = number;
  if (ref.kind === 'email') {
    const attributes = Attributes.empty();
    attributes.set('email', ref.text, context.effectiveAt(at), context.log);
    set.profiles.put(number, { person: number, attributes, updatedAt: context.event.receivedAt });
  }
  return ref.kind === 'cio_id' ? put(context, bare) : giveIdentifier(context, bare, ref.kind, ref.value);
}

/** Makes an identifier lead to the person and be the one shown. Whether it may is the caller's to know. */
export function giveIdentifier(
  context: EventContext,
  person: PersonRow,
  kind: 'id' | 'email' | 'phone',
  value: string,
): PersonRow {
  context.set.identifiers.put(kind, value, ownedIdentifier(kind, value, person.number));
  return put(context, { ...person, [kind]: value });
}

export const ownedIdentifier = (kind: IdentifierKind, value: string, owner: number): IdentifierRow => ({
  kind,
  value,
  owner,
  stream: null,
  related: false,
  seenDay: 0,
});

/** The later of two times, where null is none. */
export const later = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

function put(context: EventContext, person: PersonRow): PersonRow {
  context.set.people.put(person.number, person);
  return person;
}

/** Where a visitor's doings are kept, who has joined nobody and was seen of late; null when the anonymous id has none. */
export function visitorStream(context: EventContext, anonymousId: string): number | null {
  const row = context.set.identifiers.get('anonymous_id', anonymousId);
  // Whether a sweep has been must not matter.
  return row !== null && row.seenDay >= keptSinceDay(context.log) ? row.stream : null;
}

/** Where the doings of an anonymous id go: to its person, to nobody, or to a stream of its own, made on first sight. */
export type AnonymousTarget =
  | Exclude<Resolution, { readonly kind: 'none' }>
  | { readonly kind: 'stream'; readonly row: IdentifierRow; readonly stream: number };

/** The target of an anonymous id; a stream is marked as seen today. Null when the id is too long. */
export function anonymousTarget(context: EventContext, anonymousId: string): AnonymousTarget | null {
  const limit = context.settings.limits.otherIdBytes;
  if (longerThan(anonymousId, limit)) {
    context.note(`anonymous id over ${limit} bytes`);
    return null;
  }
  const row = context.set.identifiers.get('anonymous_id', anonymousId);
  if (row?.owner !== undefined && row.owner !== null) {
    const found = resolveNumber(context, row.owner);
    if (found.kind !== 'none') return found;
  }
  const seenDay = dayOf(context.log);
  if (row && row.stream !== null) {
    const seen = row.seenDay === seenDay ? row : { ...row, seenDay };
    if (seen !== row) context.set.identifiers.put('anonymous_id', anonymousId, seen);
    return { kind: 'stream', row: seen, stream: row.stream };
  }
  const stream = context.set.newSubject();
  const fresh: IdentifierRow = {
    kind: 'anonymous_id',
    value: anonymousId,
    owner: null,
    stream,
    related: false,
    seenDay,
  };
  context.set.identifiers.put('anonymous_id', anonymousId, fresh);
  return { kind: 'stream', row: fresh, stream };
}
