import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { recognise, semanticEvents } from '../../event/semantic/recognise.ts';
import { snakeCase } from '../../lib/word-case.ts';
import { compileTrigger } from './compile-trigger.ts';
import { parseTrigger } from './parse-trigger.ts';
import { printTrigger } from './print-trigger.ts';
import { semanticTrigger, widenTrigger } from './semantic-trigger.ts';

const matches = (trigger: string, event: string): boolean =>
  compileTrigger(widenTrigger(parseTrigger(trigger)))({ type: 'track', event } as CanonicalEvent);

describe('the trigger of a semantic event', () => {
  it('takes all its names, in any spelling, and those of no other', () => {
    const names = semanticEvents.flatMap(({ name, aliases }) => [name, ...aliases]);
    for (const semantic of semanticEvents) {
      const takes = compileTrigger(semanticTrigger(semantic));
      for (const sent of names.flatMap((name) => [name, snakeCase(name), name.toUpperCase()]))
        expect([sent, takes({ type: 'track', event: sent } as CanonicalEvent)]).toEqual([
          sent,
          recognise(sent)?.event === semantic,
        ]);
    }
  });
});

describe('a widened trigger', () => {
  it.each([
    ['event = "Order Completed"', 'snakecase(event) in ["order_completed", "completed_order"]'],
    [
      'type = "track" and event != "Completed Order"',
      'type = "track" and !(snakecase(event) in ["order_completed", "completed_order"])',
    ],
    [
      'event in ["Mine", "Signed Up"] and exists(userId)',
      '(event in ["Mine"] or snakecase(event) in ["signed_up"]) and exists(userId)',
    ],
    ['!(event in ["Signed Up", "Signed In"])', '!(snakecase(event) in ["signed_up", "signed_in"])'],
  ])('reads %s as %s', (trigger, widened) => {
    expect(printTrigger(widenTrigger(parseTrigger(trigger)))).toBe(widened);
  });

  it.each([
    'event = "My Own"',
    'event in ["My Own", 1]',
    'properties.event = "Order Completed"',
    'name = "Order Completed"',
    'contains(event, "Order Completed")',
  ])('leaves %s as it is', (trigger) => {
    expect(printTrigger(widenTrigger(parseTrigger(trigger)))).toBe(trigger);
  });

  it('holds the other way round where it is negated', () => {
    for (const name of ['Order Completed', 'Completed Order', 'order_completed', 'orderCompleted']) {
      expect(matches('event = "Order Completed"', name)).toBe(true);
      expect(matches('event != "Order Completed"', name)).toBe(false);
    }
    expect(matches('event != "Order Completed"', 'Order Refunded')).toBe(true);
  });
});
