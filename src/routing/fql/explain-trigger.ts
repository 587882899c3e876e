// Shows how a trigger came to its verdict: every condition with its text, the value it found and whether it holds.
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import type { Json } from '../../lib/json.ts';
import { compileCondition } from './compile-trigger.ts';
import { compileOperand, typeName } from './operand.ts';
import type { TypeName } from './operand.ts';
import { printLiteral, printOperand, printTrigger } from './print-trigger.ts';
import type { Clause, Trigger } from './trigger.ts';

interface ClauseExplanation {
  readonly kind: 'clause';
  readonly text: string;
  readonly matched: boolean;
  /** What the clause looked at, as the trigger writes it: `properties.total`, `length(properties.products)`. */
  readonly operand: string;
  /** The value there; absent when the event has none. */
  readonly found?: Json;
  /** Type of the value; a missing one counts as null. */
  readonly type: TypeName;
  /** Why it may surprise, and what to write instead. */
  readonly note?: string;
}

interface GroupExplanation {
  readonly kind: 'and' | 'or' | 'not';
  readonly text: string;
  readonly matched: boolean;
  /** Every member is evaluated, also where the verdict was clear before it; `not` has one. */
  readonly clauses: readonly TriggerExplanation[];
}

export type TriggerExplanation = ClauseExplanation | GroupExplanation;

/** Evaluates `trigger` on `event` condition by condition. `matched` at the top is what compileTrigger answers. */
export function explainTrigger(trigger: Trigger, event: CanonicalEvent): TriggerExplanation {
  if (trigger.kind === 'and' || trigger.kind === 'or') {
    const clauses = trigger.clauses.map((clause) => explainTrigger(clause, event));
    const holds = ({ matched }: TriggerExplanation): boolean => matched;
    const matched = trigger.kind === 'and' ? clauses.every(holds) : clauses.some(holds);
    return { kind: trigger.kind, text: printTrigger(trigger), matched, clauses };
  }
  if (trigger.kind === 'not') {
    const clause = explainTrigger(trigger.clause, event);
    return { kind: 'not', text: printTrigger(trigger), matched: !clause.matched, clauses: [clause] };
  }
  const found = compileOperand(trigger.operand)(event);
  const note = noteOn(trigger, found);
  return {
    kind: 'clause',
    text: printTrigger(trigger),
    matched: compileCondition(trigger)(found),
    operand: printOperand(trigger.operand),
    ...(found !== undefined && { found }),
    type: typeName(found),
    ...(note !== undefined && { note }),
  };
}

function noteOn(clause: Clause, found: Json | undefined): string | undefined {
  if (found === undefined || found === null) return undefined;
  const operand = printOperand(clause.operand);
  const type = typeName(found);
  switch (clause.kind) {
    case 'equality':
    case 'in': {
      if (typeof found === 'object') return undefined;
      const values = clause.kind === 'in' ? clause.values : [clause.value];
      const alike = values.find((value) => value !== null && value !== found && String(value) === String(found));
      if (alike === undefined) return undefined;
      return `The value is a ${type}, ${printLiteral(alike)} is a ${typeName(alike)}; ${typeName(alike)}(${operand}) compares them.`;
    }
    case 'order':
      return type === 'string'
        ? `The value is text, which has no order here; number(${operand}) compares it.`
        : undefined;
    case 'text':
      if (type === 'string') return undefined;
      if (type === 'list' && clause.test === 'contains')
        return `The value is a list; ${printLiteral(clause.text)} in ${operand} looks for an element.`;
      return `The value is a ${type} and the test is for text; string(${operand}) makes it text.`;
    case 'has':
      return type === 'list' ? undefined : `The value is a ${type}, not a list.`;
    case 'true':
      return type === 'bool' ? undefined : `The value is a ${type}, not true; bool(${operand}) converts it.`;
    case 'exists':
      return undefined;
    default:
      return clause satisfies never;
  }
}
