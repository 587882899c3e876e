// Over generated triggers and events: printing and parsing are inverse, and every way of evaluating agrees with the
// definition in trigger.ts, written down here once more as plainly as possible.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import type { Json } from '../../lib/json.ts';
import { compileTrigger } from './compile-trigger.ts';
import { compileTriggerSet } from './compile-trigger-set.ts';
import { explainTrigger } from './explain-trigger.ts';
import { compileOperand } from './operand.ts';
import { parseTrigger } from './parse-trigger.ts';
import { printTrigger } from './print-trigger.ts';
import { transformFunctions } from './trigger.ts';
import type { Clause, Literal, Operand, Trigger } from './trigger.ts';

const names = ['Order Completed', 'User Deleted', 'a', 'A*', ''];
const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;

const anyText = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary' }), fc.string());
const literal: fc.Arbitrary<Literal> = fc.oneof(
  anyText,
  fc.constantFrom(...eventTypes),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const part = fc.oneof(
  fc.constantFrom('plan', 'a b', 'in', 'and', 'x.y', '0', 'length', '"', '\\', '__proto__', 'ünï', '$id', '-'),
  fc.string({ minLength: 1 }),
);
const path: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(['type'], ['event'], ['properties', 'plan'], ['properties', 'list', '0']) },
  {
    weight: 1,
    arbitrary: fc.tuple(part, fc.array(fc.oneof(part, fc.constant('')), { maxLength: 3 })).map(([a, b]) => [a, ...b]),
  },
);
const operand: fc.Arbitrary<Operand> = fc.letrec<{ operand: Operand }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small' },
    path.map((path): Operand => ({ kind: 'path', path })),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom(...transformFunctions),
      argument: tie('operand'),
    }),
  ),
})).operand;
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const glob = fc
  .array(fc.constantFrom('*', '?', 'a', 'e', 'Order', '[a-z]', '[!x]', '\\*', ' ', 'é'), { maxLength: 6 })
  .map((parts) => parts.join(''));

const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({
    kind: fc.constant('equality' as const),
    operand,
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: literal,
  }),
  fc.record({
    kind: fc.constant('order' as const),
    operand,
    operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    value: number,
  }),
  fc.record({ kind: fc.constant('in' as const), operand, values: fc.array(literal, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant('has' as const), value: literal, operand }),
  fc.record({
    kind: fc.constant('text' as const),
    test: fc.constantFrom('contains' as const, 'starts_with' as const, 'ends_with' as const),
    operand,
    text: anyText,
  }),
  fc.record({ kind: fc.constant('text' as const), test: fc.constant('match' as const), operand, text: glob }),
  fc.record({ kind: fc.constant('exists' as const), operand }),
  fc.record({
    kind: fc.constant('true' as const),
    operand: fc.oneof(
      path.map((path): Operand => ({ kind: 'path', path })),
      fc.record({ kind: fc.constant('call' as const), name: fc.constant('bool' as const), argument: operand }),
    ),
  }),
);
const trigger: fc.Arbitrary<Trigger> = fc.letrec<{ trigger: Trigger }>((tie) => ({
  trigger: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    clause,
    fc.record({ kind: fc.constant('and' as const), clauses: fc.array(tie('trigger'), { minLength: 2, maxLength: 4 }) }),
    fc.record({ kind: fc.constant('or' as const), clauses: fc.array(tie('trigger'), { minLength: 2, maxLength: 4 }) }),
    fc.record({ kind: fc.constant('not' as const), clause: tie('trigger') }),
  ),
})).trigger;

/** Triggers as people write them: about the type and the name of events, so that many of them match. */
const likelyClause: fc.Arbitrary<Trigger> = fc.oneof(
  fc.record({
    kind: fc.constant('equality' as const),
    operand: fc.constant<Operand>({ kind: 'path', path: ['type'] }),
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.constantFrom<Literal>(...eventTypes, null),
  }),
  fc.record({
    kind: fc.constant('equality' as const),
    operand: fc.constant<Operand>({ kind: 'path', path: ['event'] }),
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.constantFrom<Literal>(...names, null),
  }),
  fc.record({
    kind: fc.constant('in' as const),
    operand: fc.constantFrom<Operand>({ kind: 'path', path: ['event'] }, { kind: 'path', path: ['type'] }),
    values: fc.array(fc.constantFrom<Literal>(...names, ...eventTypes, null), { minLength: 1, maxLength: 3 }),
  }),
  clause,
);
const likelyTrigger: fc.Arbitrary<Trigger> = fc.letrec<{ trigger: Trigger }>((tie) => ({
  trigger: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    likelyClause,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      clauses: fc.array(tie('trigger'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), clause: tie('trigger') }),
  ),
})).trigger;

const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(...names),
  json,
  fc.array(fc.constantFrom(...names), { maxLength: 2 }),
);
const event: fc.Arbitrary<CanonicalEvent> = fc
  .record(
    {
      type: fc.constantFrom(...eventTypes),
      event: fc.constantFrom(...names),
      properties: fc.record({ plan: value, list: value, 'a b': value }, { requiredKeys: [] }),
    },
    { requiredKeys: ['type'] },
  )
  .map((fields) => fields as unknown as CanonicalEvent);

/** The definition, without regard to speed. */
function evaluate(trigger: Trigger, event: CanonicalEvent): boolean {
  if (trigger.kind === 'and') return trigger.clauses.every((clause) => evaluate(clause, event));
  if (trigger.kind === 'or') return trigger.clauses.some((clause) => evaluate(clause, event));
  if (trigger.kind === 'not') return !evaluate(trigger.clause, event);
  const found = compileOperand(trigger.operand)(event) ?? null;
  const same = (literal: Literal): boolean => typeof literal === typeof found && literal === found;
  switch (trigger.kind) {
    case 'equality':
      return same(trigger.value) === (trigger.operator === '=');
    case 'order':
      if (typeof found !== 'number') return false;
      return {
        '<': found < trigger.value,
        '<=': found <= trigger.value,
        '>': found > trigger.value,
        '>=': found >= trigger.value,
      }[trigger.operator];
    case 'in':
      return trigger.values.some(same);
    case 'has':
      return Array.isArray(found) && found.some((element) => element === trigger.value);
    case 'text':
      if (typeof found !== 'string') return false;
      if (trigger.test === 'contains') return found.split(trigger.text).length > 1 || trigger.text === '';
      if (trigger.test === 'starts_with') return found.slice(0, trigger.text.length) === trigger.text;
      if (trigger.test === 'ends_with')
        return found.length >= trigger.text.length && found.slice(found.length - trigger.text.length) === trigger.text;
      return globToRegExp(trigger.text).test(found);
    case 'exists':
      return found !== null;
    case 'true':
      return found === true;
    default:
      return trigger satisfies never;
  }
}

const globToRegExp = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replaceAll(/\\(.)|\*|\?|\[[^\]]*\]|[^]/gu, (token: string, escaped: string | undefined) => {
      if (escaped !== undefined) return RegExp.escape(escaped);
      if (token === '*') return '[^]*';
      if (token === '?') return '[^]';
      return token.startsWith('[')
        ? `[${token.slice(1, -1).replaceAll('!', String.raw`\u0021`)}]`
        : RegExp.escape(token);
    })}$`,
    'u',
  );

describe('a trigger', () => {
  it('is the same after printing and parsing', () => {
    fc.assert(
      fc.property(trigger, (trigger) => {
        expect(parseTrigger(printTrigger(trigger))).toEqual(trigger);
      }),
      { numRuns: 2000 },
    );
  });

  it('evaluates as defined, also after printing and parsing', () => {
    fc.assert(
      fc.property(fc.oneof(trigger, likelyTrigger), event, (trigger, event) => {
        const expected = evaluate(trigger, event);
        expect(compileTrigger(trigger)(event)).toBe(expected);
        expect(compileTrigger(parseTrigger(printTrigger(trigger)))(event)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the opposite when negated', () => {
    fc.assert(
      fc.property(likelyTrigger, event, (trigger, event) => {
        const negated = parseTrigger(`!(${printTrigger(trigger)})`);
        expect(compileTrigger(negated)(event)).toBe(!compileTrigger(trigger)(event));
      }),
      { numRuns: 1000 },
    );
  });

  it('is explained with the verdict that it has', () => {
    fc.assert(
      fc.property(likelyTrigger, event, (trigger, event) => {
        expect(explainTrigger(trigger, event).matched).toBe(compileTrigger(trigger)(event));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a set of triggers', () => {
  it('gives what testing each in turn gives', () => {
    fc.assert(
      fc.property(fc.array(likelyTrigger, { maxLength: 8 }), fc.array(event, { minLength: 1 }), (triggers, events) => {
        const matching = compileTriggerSet(triggers.map((trigger, index) => [trigger, index] as const));
        for (const event of events)
          expect(matching(event)).toEqual(
            triggers.flatMap((trigger, index) => (evaluate(trigger, event) ? [index] : [])),
          );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the parser', () => {
  it('answers any text with a trigger or an error that has a place in the text', () => {
    const token = fc.constantFrom(
      'type',
      '=',
      '"a"',
      '!',
      '(',
      ')',
      'and',
      'or',
      'in',
      '[',
      ']',
      ',',
      '.',
      '\\',
      '1',
      '-',
      'null',
      'match(',
      '<',
      "'",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(' ')),
        ),
        (text) => {
          try {
            expect(parseTrigger(printTrigger(parseTrigger(text)))).toEqual(parseTrigger(text));
          } catch (error) {
            expect(error).toMatchObject({ name: 'InputError', field: 'trigger' });
            expect((error as { position: number }).position).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
