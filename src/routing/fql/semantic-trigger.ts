// Triggers that take a semantic event under every name in use for it, so that destinations with a counterpart all get it.
import { recognise } from '../../event/semantic/recognise.ts';
import type { SemanticEvent } from '../../event/semantic/semantic-event.ts';
import { snakeCase } from '../../lib/word-case.ts';
import type { Clause, Operand, Trigger } from './trigger.ts';

type Membership = Extract<Clause, { kind: 'in' }>;

const anySpelling: Operand = { kind: 'call', name: 'snakecase', argument: { kind: 'path', path: ['event'] } };

/** Holds for the event's own name and its aliases in any capitals and word separators, as {@link recognise} has them. */
export const semanticTrigger = ({ name, aliases }: SemanticEvent): Membership => ({
  kind: 'in',
  operand: anySpelling,
  values: [...new Set([name, ...aliases].map(snakeCase))],
});

/** The trigger with every comparison of `event` to a semantic event's name widened to all its names. */
export function widenTrigger(trigger: Trigger): Trigger {
  switch (trigger.kind) {
    case 'and':
    case 'or':
      return { ...trigger, clauses: trigger.clauses.map(widenTrigger) };
    case 'not':
      return { ...trigger, clause: widenTrigger(trigger.clause) };
    case 'equality': {
      const [semantic] = isEventName(trigger.operand) ? semanticOf(trigger.value) : [];
      if (!semantic) return trigger;
      const widened = semanticTrigger(semantic);
      return trigger.operator === '=' ? widened : { kind: 'not', clause: widened };
    }
    case 'in':
      return isEventName(trigger.operand) ? widenNames(trigger) : trigger;
    case 'order':
    case 'has':
    case 'text':
    case 'exists':
    case 'true':
      return trigger;
    default:
      return trigger satisfies never;
  }
}

function widenNames(trigger: Membership): Trigger {
  const semantic = trigger.values.flatMap(semanticOf);
  const own = trigger.values.filter((value) => semanticOf(value).length === 0);
  if (semantic.length === 0) return trigger;
  const values = new Set(semantic.flatMap((event) => semanticTrigger(event).values));
  const widened: Membership = { kind: 'in', operand: anySpelling, values: [...values] };
  return own.length === 0 ? widened : { kind: 'or', clauses: [{ ...trigger, values: own }, widened] };
}

const semanticOf = (value: unknown): readonly SemanticEvent[] => {
  const recognised = typeof value === 'string' ? recognise(value) : undefined;
  return recognised ? [recognised.event] : [];
};

const isEventName = (operand: Operand): boolean =>
  operand.kind === 'path' && operand.path.length === 1 && operand.path[0] === 'event';
