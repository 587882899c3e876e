// Many triggers at once: which of them an event matches, at the cost of those that could.
//
// Most triggers name the types and event names they take. Those are read off each trigger once, and the triggers are
// filed by type and name; an event then meets only the triggers filed under its own. A trigger that does not say is
// filed under everything, so the answer is always that of testing every trigger in turn.
import { eventTypes } from '../../event/canonical-event.ts';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { compileTrigger } from './compile-trigger.ts';
import type { Trigger } from './trigger.ts';

/** The texts a field can have when the trigger matches; undefined when the trigger leaves it open. */
type Possible = ReadonlySet<string> | undefined;

interface Member<T> {
  readonly item: T;
  readonly matches: (event: CanonicalEvent) => boolean;
  readonly types: Possible;
  readonly names: Possible;
}

interface Shelf<T> {
  readonly byName: ReadonlyMap<string | undefined, readonly Member<T>[]>;
  /** For names that no trigger mentions. */
  readonly rest: readonly Member<T>[];
}

/** Compiles triggers with what they belong to. The returned function gives the items whose trigger matches, in order. */
export function compileTriggerSet<T>(
  entries: readonly (readonly [trigger: Trigger, item: T])[],
): (event: CanonicalEvent) => readonly T[] {
  const members = entries.map(([trigger, item]) => ({
    item,
    matches: compileTrigger(trigger),
    types: possibleTexts(trigger, 'type'),
    names: possibleTexts(trigger, 'event'),
  }));
  const byType = new Map<string, Shelf<T>>();
  for (const type of eventTypes) byType.set(type, file(members.filter(({ types }) => !types || types.has(type))));
  const everything = file(members);

  return (event) => {
    const shelf = byType.get(event.type) ?? everything;
    const matched: T[] = [];
    for (const member of shelf.byName.get(event.event) ?? shelf.rest)
      if (member.matches(event)) matched.push(member.item);
    return matched;
  };
}

function file<T>(members: readonly Member<T>[]): Shelf<T> {
  const byName = new Map<string, readonly Member<T>[]>();
  for (const name of members.flatMap(({ names }) => [...(names ?? [])]))
    if (!byName.has(name))
      byName.set(
        name,
        members.filter(({ names }) => !names || names.has(name)),
      );
  return { byName, rest: members.filter(({ names }) => !names) };
}

/** The texts that the top-level `field` can have in an event that matches `trigger`. */
function possibleTexts(trigger: Trigger, field: string): Possible {
  switch (trigger.kind) {
    case 'and':
      return trigger.clauses.map((clause) => possibleTexts(clause, field)).reduce(both);
    case 'or': {
      const all = trigger.clauses.map((clause) => possibleTexts(clause, field));
      return all.reduce((a, b) => a && b && a.union(b));
    }
    case 'equality':
      return trigger.operator === '=' && typeof trigger.value === 'string' && reads(trigger.operand, field)
        ? new Set([trigger.value])
        : undefined;
    case 'in': {
      const texts = trigger.values.filter((value) => typeof value === 'string');
      return texts.length === trigger.values.length && reads(trigger.operand, field) ? new Set(texts) : undefined;
    }
    case 'not':
    case 'order':
    case 'has':
    case 'text':
    case 'exists':
    case 'true':
      return undefined;
    default:
      return trigger satisfies never;
  }
}

const both = (a: Possible, b: Possible): Possible => (a && b ? a.intersection(b) : (a ?? b));

const reads = (operand: Extract<Trigger, { kind: 'equality' }>['operand'], field: string): boolean =>
  operand.kind === 'path' && operand.path.length === 1 && operand.path[0] === field;
