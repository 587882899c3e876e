// Turns a trigger into a closure. What each condition means is said in trigger.ts.
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Read } from '../path.ts';
import { compileGlob } from './glob.ts';
import { compileOperand } from './operand.ts';
import type { Clause, Literal, Operand, OrderOperator, TextTest, Trigger } from './trigger.ts';

type Test = (event: JsonObject) => boolean;

/** A test of whether an event matches the trigger. Never throws on any event. */
export function compileTrigger(trigger: Trigger): (event: CanonicalEvent) => boolean {
  return compile(trigger);
}

function compile(trigger: Trigger): Test {
  if (trigger.kind === 'and') return every(gather(trigger.clauses, '!=').map(compileGathered));
  if (trigger.kind === 'or') return some(gather(trigger.clauses, '=').map(compileGathered));
  if (trigger.kind === 'not') {
    const test = compile(trigger.clause);
    return (event) => !test(event);
  }
  const read = compileOperand(trigger.operand);
  const holds = compileCondition(trigger);
  return (event) => holds(read(event));
}

/** The condition that a clause puts on the value of its operand. */
export function compileCondition(clause: Clause): (value: Json | undefined) => boolean {
  switch (clause.kind) {
    case 'equality':
      return compileEquality(clause.value, clause.operator === '!=');
    case 'order':
      return compileOrder(clause.operator, clause.value);
    case 'in': {
      const values: ReadonlySet<Json | undefined> = new Set(clause.values);
      const orNull = values.has(null);
      return (value) => values.has(value) || (orNull && value === undefined);
    }
    case 'has':
      return (value) => Array.isArray(value) && value.includes(clause.value);
    case 'text': {
      const test = compileTextTest(clause.test, clause.text);
      return (value) => typeof value === 'string' && test(value);
    }
    case 'exists':
      return (value) => value !== undefined && value !== null;
    case 'true':
      return (value) => value === true;
    default:
      return clause satisfies never;
  }
}

function compileEquality(expected: Literal, negated: boolean): (value: Json | undefined) => boolean {
  if (expected === null)
    return negated
      ? (value) => value !== null && value !== undefined
      : (value) => value === null || value === undefined;
  return negated ? (value) => value !== expected : (value) => value === expected;
}

function compileOrder(operator: OrderOperator, bound: number): (value: Json | undefined) => boolean {
  switch (operator) {
    case '<':
      return (value) => typeof value === 'number' && value < bound;
    case '<=':
      return (value) => typeof value === 'number' && value <= bound;
    case '>':
      return (value) => typeof value === 'number' && value > bound;
    case '>=':
      return (value) => typeof value === 'number' && value >= bound;
    default:
      return operator satisfies never;
  }
}

function compileTextTest(test: TextTest, text: string): (value: string) => boolean {
  switch (test) {
    case 'contains':
      return (value) => value.includes(text);
    case 'starts_with':
      return (value) => value.startsWith(text);
    case 'ends_with':
      return (value) => value.endsWith(text);
    case 'match':
      return compileGlob(text);
    default:
      return test satisfies never;
  }
}

/** Several comparisons of one operand that are one look-up: `a != "x" and a != "y"`, `a = "x" or a = "y"`. */
interface Gathered {
  readonly operand: Operand;
  readonly values: Set<Json | undefined>;
  readonly negated: boolean;
}

/** Joins comparisons by `operator` of the same field with text; clauses are free of effects, so their order is not seen. */
function gather(clauses: readonly Trigger[], operator: '=' | '!='): readonly (Trigger | Gathered)[] {
  const groups = new Map<string, Gathered>();
  const result: (Trigger | Gathered)[] = [];
  for (const clause of clauses) {
    if (clause.kind !== 'equality' || clause.operator !== operator || typeof clause.value !== 'string') {
      result.push(clause);
      continue;
    }
    const key = JSON.stringify(clause.operand);
    const group = groups.get(key);
    if (group) group.values.add(clause.value);
    else {
      const created = { operand: clause.operand, values: new Set([clause.value]), negated: operator === '!=' };
      groups.set(key, created);
      result.push(created);
    }
  }
  return result;
}

function compileGathered(item: Trigger | Gathered): Test {
  if ('kind' in item) return compile(item);
  const read: Read = compileOperand(item.operand);
  const { values, negated } = item;
  const [only] = values;
  if (values.size === 1) return negated ? (event) => read(event) !== only : (event) => read(event) === only;
  return negated ? (event) => !values.has(read(event)) : (event) => values.has(read(event));
}

function every(tests: readonly Test[]): Test {
  const [a, b] = tests;
  if (a && tests.length === 1) return a;
  if (a && b && tests.length === 2) return (event) => a(event) && b(event);
  return (event) => {
    for (const test of tests) if (!test(event)) return false;
    return true;
  };
}

function some(tests: readonly Test[]): Test {
  const [a, b] = tests;
  if (a && tests.length === 1) return a;
  if (a && b && tests.length === 2) return (event) => a(event) || b(event);
  return (event) => {
    for (const test of tests) if (test(event)) return true;
    return false;
  };
}
