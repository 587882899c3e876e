// Finds what is lawful in a trigger but can hardly be meant. Warnings never keep a trigger from being saved.
import { eventTypes } from '../../event/canonical-event.ts';
import { printLiteral } from './print-trigger.ts';
import type { Literal, Operand, Trigger } from './trigger.ts';

/** Top-level fields of an event, besides which a call may have others. */
const eventFields = [
  'type',
  'event',
  'name',
  'userId',
  'anonymousId',
  'previousId',
  'groupId',
  'messageId',
  'timestamp',
  'receivedAt',
  'originalTimestamp',
  'sentAt',
  'properties',
  'traits',
  'context',
  'integrations',
  'version',
  'channel',
] as const;

/** Sentences about `trigger`, each once; empty when nothing looks odd. */
export function triggerWarnings(trigger: Trigger): readonly string[] {
  return [...new Set(walk(trigger))];
}

function* walk(trigger: Trigger): Iterable<string> {
  if (trigger.kind === 'and' || trigger.kind === 'or') {
    for (const clause of trigger.clauses) yield* walk(clause);
    return;
  }
  if (trigger.kind === 'not') {
    yield* walk(trigger.clause);
    return;
  }
  const path = pathOf(trigger.operand);
  const [root = ''] = path;
  const meant = eventFields.find((field) => field.toLowerCase() === root.toLowerCase());
  if (meant !== undefined && meant !== root) yield `Events have no field ${root}; it is written ${meant}.`;
  if (path.length !== 1 || trigger.operand.kind !== 'path') return;
  const values: readonly Literal[] =
    trigger.kind === 'in' ? trigger.values : trigger.kind === 'equality' ? [trigger.value] : [];
  if (root === 'type')
    for (const value of values)
      if (!eventTypes.some((type) => type === value))
        yield `No event has the type ${printLiteral(value)}; types are ${eventTypes.join(', ')}.`;
  if (meant === undefined)
    yield `Events have no field ${root} unless the sender adds it; properties are written properties.${root}.`;
}

const pathOf = (operand: Operand): readonly string[] =>
  operand.kind === 'path' ? operand.path : pathOf(operand.argument);
