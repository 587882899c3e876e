import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import type { Json } from '../../lib/json.ts';
import { explainTrigger } from './explain-trigger.ts';
import { parseTrigger } from './parse-trigger.ts';
import { triggerWarnings } from './trigger-warnings.ts';

const event = (properties: { [key: string]: Json }): CanonicalEvent => ({
  type: 'track',
  event: 'Order Completed',
  messageId: 'm',
  timestamp: '2026-01-01T00:00:00.000Z',
  receivedAt: '2026-01-01T00:00:00.000Z',
  context: {},
  integrations: {},
  version: 1,
  properties,
});

describe('explainTrigger', () => {
  it('shows every condition with what it found, also past the deciding one', () => {
    const trigger = parseTrigger('type = "page" and (properties.total > 10 or !exists(properties.coupon))');
    expect(explainTrigger(trigger, event({ total: 5 }))).toEqual({
      kind: 'and',
      text: 'type = "page" and (properties.total > 10 or !exists(properties.coupon))',
      matched: false,
      clauses: [
        { kind: 'clause', text: 'type = "page"', matched: false, operand: 'type', found: 'track', type: 'string' },
        {
          kind: 'or',
          text: 'properties.total > 10 or !exists(properties.coupon)',
          matched: true,
          clauses: [
            {
              kind: 'clause',
              text: 'properties.total > 10',
              matched: false,
              operand: 'properties.total',
              found: 5,
              type: 'number',
            },
            {
              kind: 'not',
              text: '!exists(properties.coupon)',
              matched: true,
              clauses: [
                {
                  kind: 'clause',
                  text: 'exists(properties.coupon)',
                  matched: false,
                  operand: 'properties.coupon',
                  type: 'null',
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it.each<[string, Json, string]>([
    ['properties.x = "42"', 42, 'string(properties.x) compares them'],
    ['properties.x = 42', '42', 'number(properties.x) compares them'],
    ['properties.x in ["a", "true"]', true, 'string(properties.x) compares them'],
    ['properties.x > 3', '4', 'number(properties.x) compares it'],
    ['contains(properties.x, "a")', ['a'], '"a" in properties.x looks for an element'],
    ['contains(properties.x, "4")', 42, 'string(properties.x) makes it text'],
    ['"a" in properties.x', 'abc', 'not a list'],
    ['properties.x', 'yes', 'bool(properties.x) converts it'],
  ])('notes why %s does not hold', (text, x, note) => {
    expect(explainTrigger(parseTrigger(text), event({ x }))).toMatchObject({
      matched: false,
      note: expect.stringContaining(note),
    });
  });

  it.each<[string, Json]>([
    ['properties.x = "a"', 'b'],
    ['properties.x = "a"', null],
    ['properties.x != "a"', {}],
    ['contains(properties.x, "a")', 'b'],
  ])('has nothing to note on %s where it found %j', (text, x) => {
    expect(explainTrigger(parseTrigger(text), event({ x }))).not.toHaveProperty('note');
  });
});

describe('triggerWarnings', () => {
  it.each([
    ['type = "Identify"', 'No event has the type "Identify"'],
    ['!(type in ["track", "purchase"])', 'No event has the type "purchase"'],
    ['userid = "u"', 'it is written userId'],
    ['lowercase(Event) = "u"', 'it is written event'],
    ['plan = "pro"', 'properties are written properties.plan'],
  ])('warns of %s', (text, warning) => {
    expect(triggerWarnings(parseTrigger(text))).toEqual([expect.stringContaining(warning)]);
  });

  it('has nothing to say about an ordinary trigger', () => {
    const text = 'type = "track" and (event = "x" or contains(properties.a, "b") or custom.field = 1)';
    expect(triggerWarnings(parseTrigger(text))).toEqual([]);
  });
});
