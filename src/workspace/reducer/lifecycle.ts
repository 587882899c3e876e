// Deleting, suppressing and unsuppressing people.
//
// Each changes one row: the person becomes a stub, and every identifier that leads there is free (deleted) or blocked
// (suppressed) at once. What was kept under the person is unreachable from then on and left to the sweep.
import type { DeletePerson, SuppressPerson, UnsuppressPerson } from '../commands.ts';
import type { PersonRow } from '../workspace-rows.ts';
import { keepMs } from '../workspace-settings.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';
import {
  checkRef,
  later,
  makePerson,
  ownedIdentifier,
  personRow,
  resolveIdentifier,
  resolvePerson,
  suppressed,
  visitorStream,
} from './resolve.ts';

export function deletePerson(context: EventContext, command: DeletePerson): CommandOutcome {
  const unfit = checkRef(context, command.person);
  if (unfit) return unfit;
  const found = resolvePerson(context, command.person);
  if (found.kind === 'suppressed') return suppressed(context, command.person);
  if (found.kind === 'person') {
    makeStub(context, personRow(context, found.number), 'deleted', command.at);
    context.changed('person deleted');
  } else {
    // The deletion is remembered all the same: what is older and arrives late does not come back.
    makeStub(context, makePerson(context, command.person, command.at, found.floorAt), 'deleted', command.at);
    context.note('there is no such person');
  }
  return 'delivered';
}

export function suppressPerson(context: EventContext, command: SuppressPerson): CommandOutcome {
  const unfit = checkRef(context, command.person);
  if (unfit) return unfit;
  const found = resolvePerson(context, command.person);
  if (found.kind === 'suppressed') {
    context.person = found.number;
    context.note(`${command.person.text} is suppressed already`);
    return 'delivered';
  }
  const { person: ref, at } = command;
  const person =
    found.kind === 'person' ? personRow(context, found.number) : makePerson(context, ref, at, found.floorAt);
  makeStub(context, person, 'suppressed', at);
  if (found.kind === 'none' && ref.kind === 'id') suppressStream(context, ref.value, person.number);
  context.changed(`suppressed ${ref.text}`);
  return 'delivered';
}

/** What is suppressed may be an anonymous id that has not joined anyone: then its stream goes and it is blocked too. */
function suppressStream(context: EventContext, anonymousId: string, stub: number): void {
  const { set } = context;
  const stream = visitorStream(context, anonymousId);
  if (stream === null) return;
  set.identifiers.put('anonymous_id', anonymousId, ownedIdentifier('anonymous_id', anonymousId, stub));
  set.garbage.push({ kind: 'person', number: stream, due: 0 });
}

export function unsuppressPerson(context: EventContext, command: UnsuppressPerson): CommandOutcome {
  const unfit = checkRef(context, command.person);
  if (unfit) return unfit;
  const direct = resolvePerson(context, command.person);
  // The list of what is suppressed has anonymous ids in it, and any of them may be named.
  const found =
    direct.kind === 'none' && command.person.kind === 'id'
      ? resolveIdentifier(context, 'anonymous_id', command.person.value)
      : direct;
  if (found.kind !== 'suppressed') {
    context.note(`${command.person.text} is not suppressed`);
    return 'delivered';
  }
  const person = personRow(context, found.number);
  context.person = person.number;
  context.set.people.put(person.number, { ...person, state: 'deleted' });
  context.set.garbage.push({ kind: 'stub', number: person.number, due: (person.goneLog ?? context.log) + keepMs });
  context.changed(`unsuppressed ${command.person.text}`);
  return 'delivered';
}

function makeStub(context: EventContext, person: PersonRow, state: 'deleted' | 'suppressed', at: number): void {
  const { set, log } = context;
  context.person = person.number;
  set.people.put(person.number, {
    ...person,
    state,
    related: false,
    id: null,
    email: null,
    phone: null,
    goneAt: later(person.floorAt, context.effectiveAt(at)),
    goneLog: log,
  });
  set.profiles.put(person.number, null);
  set.garbage.push({ kind: 'person', number: person.number, due: 0 });
  if (state === 'deleted') set.garbage.push({ kind: 'stub', number: person.number, due: log + keepMs });
}
