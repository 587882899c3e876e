// A trigger as simple conditions, for the builder: the server's tree → conditions → text. What is not simple (groups
// within groups) has no conditions and is edited as text.
import type { Json } from './json.ts';

type Operand =
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly argument: Operand };

/** The trigger as the server's parser reads it. */
export type TriggerTree =
  | { readonly kind: 'and'; readonly clauses: readonly TriggerTree[] }
  | { readonly kind: 'or'; readonly clauses: readonly TriggerTree[] }
  | { readonly kind: 'not'; readonly clause: TriggerTree }
  | { readonly kind: 'equality'; readonly operand: Operand; readonly operator: '=' | '!='; readonly value: Json }
  | {
      readonly kind: 'order';
      readonly operand: Operand;
      readonly operator: '<' | '<=' | '>' | '>=';
      readonly value: number;
    }
  | { readonly kind: 'in'; readonly operand: Operand; readonly values: readonly Json[] }
  | { readonly kind: 'has'; readonly operand: Operand; readonly value: Json }
  | { readonly kind: 'text'; readonly test: TextTest; readonly operand: Operand; readonly text: string }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | { readonly kind: 'true'; readonly operand: Operand };
type TextTest = 'contains' | 'match' | 'starts_with' | 'ends_with';

/** Tests of the builder and what they are called. */
export const tests = {
  is: 'is',
  'is not': 'is not',
  'one of': 'is one of',
  contains: 'contains',
  'not contains': 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  match: 'matches (* is anything)',
  exists: 'is set',
  'not exists': 'is not set',
  '= number': '= (number)',
  '!= number': '≠ (number)',
  '>': '>',
  '>=': '≥',
  '<': '<',
  '<=': '≤',
  true: 'is true',
  false: 'is false',
} as const;
export type Test = keyof typeof tests;
export const needsNoValue = (test: Test): boolean => ['exists', 'not exists', 'true', 'false'].includes(test);

export interface Condition {
  /** As a trigger writes it: `properties.total`. */
  readonly field: string;
  readonly test: Test;
  readonly value: string;
}
export interface Conditions {
  readonly join: 'and' | 'or';
  readonly list: readonly Condition[];
}

/** The tree as one list of conditions; null when it is more than that. */
export function toConditions(tree: TriggerTree): Conditions | null {
  const join = tree.kind === 'or' ? 'or' : 'and';
  const list = (tree.kind === 'and' || tree.kind === 'or' ? tree.clauses : [tree]).map(toCondition);
  return list.every((one) => one !== null) ? { join, list } : null;
}

function toCondition(clause: TriggerTree): Condition | null {
  if (clause.kind === 'and' || clause.kind === 'or' || clause.kind === 'has') return null;
  if (clause.kind === 'not') return negated(toCondition(clause.clause));
  const field = printOperand(clause.operand);
  switch (clause.kind) {
    case 'equality':
      return equality(field, clause.operator === '!=', clause.value);
    case 'order':
      return { field, test: clause.operator, value: String(clause.value) };
    case 'in': {
      const texts = clause.values.filter((value): value is string => typeof value === 'string' && !value.includes(','));
      if (texts.length < clause.values.length) return null;
      return { field, test: 'one of', value: texts.join(', ') };
    }
    case 'text':
      return { field, test: clause.test, value: clause.text };
    case 'exists':
      return { field, test: 'exists', value: '' };
    case 'true':
      return { field, test: 'true', value: '' };
    default:
      return clause satisfies never;
  }
}

function equality(field: string, not: boolean, value: Json): Condition | null {
  if (typeof value === 'string') return { field, test: not ? 'is not' : 'is', value };
  if (typeof value === 'number') return { field, test: not ? '!= number' : '= number', value: String(value) };
  if (value === null) return { field, test: not ? 'exists' : 'not exists', value: '' };
  if (typeof value === 'boolean' && !not) return { field, test: value ? 'true' : 'false', value: '' };
  return null;
}

function negated(condition: Condition | null): Condition | null {
  if (condition?.test === 'contains') return { ...condition, test: 'not contains' };
  if (condition?.test === 'exists') return { ...condition, test: 'not exists' };
  return null;
}

function printOperand(operand: Operand): string {
  if (operand.kind === 'call') return `${operand.name}(${printOperand(operand.argument)})`;
  return operand.path.map((part) => (/^[\w$-]+$/.test(part) ? part : JSON.stringify(part))).join('.');
}

/** As trigger text; conditions without a field are left out. */
export const printConditions = ({ join, list }: Conditions): string =>
  list
    .filter(({ field }) => field.trim() !== '')
    .map(printCondition)
    .join(` ${join} `);

function printCondition({ field, test, value }: Condition): string {
  const text = JSON.stringify(value);
  const number = value.trim() === '' ? '0' : value.trim();
  switch (test) {
    case 'is':
      return `${field} = ${text}`;
    case 'is not':
      return `${field} != ${text}`;
    case 'one of': {
      const values = value.split(',').map((one) => one.trim());
      return `${field} in [${values.map((one) => JSON.stringify(one)).join(', ')}]`;
    }
    case 'contains':
    case 'starts_with':
    case 'ends_with':
    case 'match':
      return `${test}(${field}, ${text})`;
    case 'not contains':
      return `!contains(${field}, ${text})`;
    case 'exists':
      return `exists(${field})`;
    case 'not exists':
      return `!exists(${field})`;
    case '= number':
      return `${field} = ${number}`;
    case '!= number':
      return `${field} != ${number}`;
    case 'true':
    case 'false':
      return `${field} = ${test}`;
    case '>':
    case '>=':
    case '<':
    case '<=':
      return `${field} ${test} ${number}`;
    default:
      return test satisfies never;
  }
}
