// Writes a trigger as text. parseTrigger(printTrigger(t)) equals t, grouping included.
import { isPlainFirstPart, isPlainPart } from './tokenize.ts';
import type { Literal, Operand, Trigger } from './trigger.ts';

export function printTrigger(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'and':
      return trigger.clauses
        .map((clause) => grouped(clause, clause.kind === 'and' || clause.kind === 'or'))
        .join(' and ');
    case 'or':
      return trigger.clauses.map((clause) => grouped(clause, clause.kind === 'or')).join(' or ');
    case 'not':
      return `!${grouped(trigger.clause, !standsAlone(trigger.clause))}`;
    case 'equality':
    case 'order':
      return `${printOperand(trigger.operand)} ${trigger.operator} ${printLiteral(trigger.value)}`;
    case 'in':
      return `${printOperand(trigger.operand)} in [${trigger.values.map(printLiteral).join(', ')}]`;
    case 'has':
      return `${printLiteral(trigger.value)} in ${printOperand(trigger.operand)}`;
    case 'text':
      return `${trigger.test}(${printOperand(trigger.operand)}, ${printLiteral(trigger.text)})`;
    case 'exists':
      return `exists(${printOperand(trigger.operand)})`;
    case 'true':
      return printOperand(trigger.operand);
    default:
      return trigger satisfies never;
  }
}

/** A value as it is written in a trigger. */
export function printLiteral(value: Literal): string {
  if (typeof value !== 'number') return JSON.stringify(value);
  if (Object.is(value, -0)) return '-0';
  // Long runs of digits are refused by the parser; with an exponent they say that they are a double.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}

export function printOperand(operand: Operand): string {
  if (operand.kind === 'call') return `${operand.name}(${printOperand(operand.argument)})`;
  const [first = '', ...rest] = operand.path;
  const head = isPlainFirstPart(first) ? first : escapePart(first);
  return [head, ...rest.map((part) => (isPlainPart(part) ? part : JSON.stringify(part)))].join('.');
}

/** The first part of a path cannot be quoted (that would be a string), so its odd characters are escaped. */
const escapePart = (part: string): string =>
  Array.from(part, (character, index) =>
    isPlainPart(character) && (index > 0 || (isPlainFirstPart(character) && !isPlainPart(part)))
      ? character
      : `\\${character}`,
  ).join('');

const grouped = (trigger: Trigger, group: boolean): string =>
  group ? `(${printTrigger(trigger)})` : printTrigger(trigger);

const standsAlone = ({ kind }: Trigger): boolean =>
  kind === 'not' || kind === 'text' || kind === 'exists' || kind === 'true';
