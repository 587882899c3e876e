// Guesses which rows a batch will touch, so that they are loaded together. A wrong guess costs time and nothing else: the
// reducer asks for what is missing (see reducer/working-set.ts).
import type { Command, Unusable, UpsertPerson } from './commands.ts';
import { emailRef, identifierKinds, isEmail } from './identifiers.ts';
import type { IdentifierKind, ObjectRef, PersonRef } from './identifiers.ts';
import { parseCioId } from './log-position.ts';
import { objectKey, relationshipKey, transitionKey } from './row-keys.ts';
import { readRelationships } from './reducer/relationships.ts';
import type { WorkingSet } from './reducer/working-set.ts';
import type { RowKeys } from './workspace-rows.ts';

/** Keys wanted, each once and none that the set knows already. */
class Wanted {
  readonly #set: WorkingSet;
  readonly #identifiers: Readonly<Record<IdentifierKind, Set<string>>> = {
    id: new Set(),
    email: new Set(),
    phone: new Set(),
    anonymous_id: new Set(),
  };
  readonly #people = new Set<number>();
  readonly #profiles = new Set<number>();
  readonly #devices = new Set<string>();
  readonly #objects = new Map<string, ObjectRef>();
  readonly #objectTypes = new Set<string>();
  readonly #relationships = new Map<string, { readonly subject: number; readonly object: number }>();
  readonly #transitions = new Set<string>();

  constructor(set: WorkingSet) {
    this.#set = set;
  }

  identifier(kind: IdentifierKind, value: string): void {
    if (this.#set.identifiers.peek(kind, value) === undefined) this.#identifiers[kind].add(value);
  }

  person(ref: PersonRef | null): void {
    if (ref === null) return;
    if (ref.kind !== 'cio_id') return this.identifier(ref.kind, ref.value);
    const number = parseCioId(ref.value);
    if (number !== null && this.#set.people.peek(number) === undefined) this.#people.add(number);
  }

  personRow(person: number): void {
    if (this.#set.people.peek(person) === undefined) this.#people.add(person);
  }

  profile(person: number): void {
    if (this.#set.profiles.peek(person) === undefined) this.#profiles.add(person);
  }

  device(token: string): void {
    if (this.#set.devices.peek(token) === undefined) this.#devices.add(token);
  }

  object(ref: ObjectRef): void {
    const key = objectKey(ref);
    if (this.#set.objects.peek(key) === undefined) this.#objects.set(key, ref);
    if (this.#set.objectTypes.peek(ref.typeId) === undefined) this.#objectTypes.add(ref.typeId);
  }

  relationship(subject: number, object: number): void {
    const key = relationshipKey(subject, object);
    if (this.#set.relationships.peek(key) === undefined) this.#relationships.set(key, { subject, object });
  }

  transition(key: string): void {
    if (this.#set.transitions.peek(key) === undefined) this.#transitions.add(key);
  }

  keys(): Partial<RowKeys> {
    return {
      identifiers: identifierKinds.flatMap((kind) => Array.from(this.#identifiers[kind], (value) => ({ kind, value }))),
      people: [...this.#people],
      profiles: [...this.#profiles],
      devices: [...this.#devices],
      objects: [...this.#objects.values()],
      objectTypes: [...this.#objectTypes],
      relationships: [...this.#relationships.values()],
      transitions: [...this.#transitions],
    };
  }
}

type Commands = Iterable<Command | Unusable>;

/** What commands name: identifiers, tokens, objects. */
export function namedKeys(set: WorkingSet, commands: Commands): Partial<RowKeys> {
  const wanted = new Wanted(set);
  for (const command of commands) {
    if (command.kind === 'unusable') continue;
    if ('person' in command) wanted.person(command.person);
    if ('anonymousId' in command && command.anonymousId !== null)
      wanted.identifier('anonymous_id', command.anonymousId);
    for (const ref of objectsOf(command)) wanted.object(ref);
    if ('token' in command) wanted.device(command.token);
    if (command.kind === 'upsert_person' && command.person === null) wanted.person(emailOf(command));
    if (command.kind === 'report_transition' && command.transitionId !== null)
      wanted.transition(transitionKey(command.geosetId, command.transitionId));
    if (command.kind === 'merge_people') {
      wanted.person(command.primary);
      wanted.person(command.secondary);
      if (command.secondary.kind === 'id') wanted.identifier('anonymous_id', command.secondary.value);
    }
  }
  return wanted.keys();
}

/** What hangs on those, once they are loaded: people's own rows, profiles and relationships. */
export function dependentKeys(set: WorkingSet, commands: Commands): Partial<RowKeys> {
  const wanted = new Wanted(set);
  for (const command of commands) {
    for (const ref of changedPeople(command)) {
      const person = peekPerson(set, ref);
      if (person === null) continue;
      wanted.personRow(person);
      wanted.profile(person);
    }
    const person = 'person' in command ? peekPerson(set, command.person) : null;
    for (const ref of person === null ? none : objectsOf(command)) {
      const object = set.objects.peek(objectKey(ref));
      if (person !== null) wanted.personRow(person);
      if (object && person !== null) wanted.relationship(person, object.number);
    }
  }
  return wanted.keys();
}

/** Email addresses that people do not have yet, for which it must be seen whether somebody else does. */
export function emailKeys(set: WorkingSet, commands: Commands): Partial<RowKeys> {
  const wanted = new Wanted(set);
  for (const command of commands) {
    if (command.kind !== 'upsert_person' || command.person === null) continue;
    const email = emailOf(command);
    const person = email && peekPerson(set, command.person);
    if (email && (typeof person !== 'number' || set.people.peek(person)?.email !== email.value)) wanted.person(email);
  }
  return wanted.keys();
}

/** The people whose rows a command changes; most only need to be known to exist. */
function changedPeople(command: Command | Unusable): readonly (PersonRef | null)[] {
  if (command.kind === 'upsert_person') return [refOf(command)];
  return command.kind === 'merge_people' ? [command.primary, command.secondary] : noPeople;
}

const noPeople: readonly PersonRef[] = [];
const none: readonly ObjectRef[] = [];

/** The objects that a command is about. */
function objectsOf(command: Command | Unusable): readonly ObjectRef[] {
  const own = 'object' in command && command.object ? [command.object] : none;
  const given = command.kind === 'upsert_person' ? command.attributes['cio_relationships'] : undefined;
  if (given === undefined) return own;
  return [...own, ...(readRelationships(given)?.entries.flatMap(({ ref }) => ref ?? []) ?? [])];
}

const refOf = (command: UpsertPerson): PersonRef | null => command.person ?? emailOf(command);

const emailOf = ({ email }: UpsertPerson): PersonRef | null =>
  typeof email === 'string' && isEmail(email) ? emailRef(email) : null;

/** The number of the live person behind a reference, as far as the set knows. */
function peekPerson(set: WorkingSet, ref: PersonRef | null): number | null {
  if (ref === null) return null;
  let number =
    ref.kind === 'cio_id' ? parseCioId(ref.value) : (set.identifiers.peek(ref.kind, ref.value)?.owner ?? null);
  while (number !== null && !set.isLive(number)) number = set.people.peek(number)?.parent ?? null;
  return number;
}
