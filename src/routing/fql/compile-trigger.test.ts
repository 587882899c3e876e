import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { defaultActions } from '../default-actions.fixture.ts';
import { adaptPackagedTrigger } from './adapt-packaged-trigger.ts';
import { compileTrigger } from './compile-trigger.ts';
import { parseTrigger } from './parse-trigger.ts';
import { printTrigger } from './print-trigger.ts';

const event = JSON.parse(`{
  "type": "track", "event": "Button Clicked", "messageId": "m", "userId": "u1", "integrations": {}, "version": 1,
  "timestamp": "2026-01-01T00:00:00.000Z", "receivedAt": "2026-01-01T00:00:00.000Z",
  "context": { "library": { "name": "analytics.js", "version": "1.0" }, "groupId": null },
  "properties": {
    "features": ["discounts", "dark-mode", 3], "plan": "pro", "id": 42, "text": "42", "paid": true, "off": false,
    "flag": "FALSE", "zero": 0, "empty": "", "none": null, "nested": { "a b": { "c.d": "deep" } }, "big": 1e21,
    "products": [{ "sku": "s1" }, { "sku": "s2" }], "emoji": "añ😀", "words": "Order completedNow 2"
  }
}`) as CanonicalEvent;

const matches = (text: string, of: CanonicalEvent = event): boolean => compileTrigger(parseTrigger(text))(of);

describe('a compiled trigger', () => {
  it.each([
    // Segment's documented examples.
    [`event = 'Button Clicked'`, true],
    [`event = 'Screen Tapped'`, false],
    [`context.path.path = '/login'`, false],
    [`type = 'identify' or type = 'track'`, true],
    [`match( context.library.version, '1.*' )`, true],
    [`match( context.library.version, '2.*' )`, false],
    [`type = 'track' and ( event = 'Click' or match( event, 'Button *' ) )`, true],
    [`!contains( context.library.name, 'js' )`, false],
    [`'dark-mode' in properties.features`, true],
    [`'blink' in properties.features`, false],
    [`!( type in ['track', 'identify'] )`, false],
    // Equality is of type and value.
    ['properties.id = 42', true],
    ['properties.id = "42"', false],
    ['properties.id != "42"', true],
    ['string(properties.id) = "42"', true],
    ['properties.text = 42', false],
    ['number(properties.text) = 42', true],
    ['properties.paid = true', true],
    ['properties.paid = "true"', false],
    ['properties.features = "discounts"', false],
    ['properties.features != "discounts"', true],
    // Missing counts as null, also below what is not an object.
    ['properties.gone = null', true],
    ['properties.none = null', true],
    ['properties.plan.deeper.still = null', true],
    ['properties.gone != null', false],
    ['properties.gone != "x"', true],
    ['!(properties.gone = "x")', true],
    ['exists(properties.none)', false],
    ['exists(properties.empty)', true],
    ['properties.gone in ["a", null]', true],
    ['properties.gone in ["a"]', false],
    ['3 in properties.features', true],
    ['"3" in properties.features', false],
    ['"p" in properties.plan', false],
    // What every object and list inherits is not in the event.
    ['exists(properties.constructor)', false],
    ['exists(properties.features.length)', false],
    ['exists(properties.plan.length)', false],
    ['exists(toString)', false],
    ['exists(properties.__proto__)', false],
    // Order is between numbers.
    ['properties.id > 41.5', true],
    ['properties.id <= 41', false],
    ['properties.text > 1', false],
    ['properties.gone < 1', false],
    ['!(properties.gone < 1)', true],
    ['number(properties.text) >= 42', true],
    // Fields as conditions.
    ['properties.paid', true],
    ['properties.off', false],
    ['properties.plan', false],
    ['properties.gone', false],
    ['!properties.gone', true],
    ['bool(properties.plan)', true],
    // Text tests.
    ['contains(properties.id, "4")', false],
    ['contains(string(properties.id), "4")', true],
    ['contains(event, "")', true],
    ['starts_with(event, "Button")', true],
    ['starts_with(event, "button")', false],
    ['!ends_with(event, "Clicked")', false],
    ['ends_with(properties.gone, "")', false],
    // Paths.
    ['properties.products.1.sku = "s2"', true],
    ['properties.products.2.sku = null', true],
    ['properties.nested."a b"."c.d" = "deep"', true],
    ['properties.nested.a\\ b.c\\.d = "deep"', true],
    // Functions.
    ['length(properties.features) = 3', true],
    ['length(properties.emoji) = 7', true],
    ['length(properties.gone) = 0', true],
    ['length(properties.id) = null', true],
    ['lowercase(event) = "button clicked"', true],
    ['uppercase(event) = "BUTTON CLICKED"', true],
    ['lowercase(properties.id) = null', true],
    ['snakecase(properties.words) = "order_completed_now_2"', true],
    ['kebabcase(event) = "button-clicked"', true],
    ['titlecase(properties.plan) = "Pro"', true],
    ['typeof(properties.features) = "list"', true],
    ['typeof(properties.nested) = "object"', true],
    ['typeof(properties.paid) = "bool"', true],
    ['typeof(properties.id) = "number"', true],
    ['typeof(event) = "string"', true],
    ['typeof(properties.gone) = "null"', true],
    ['bool(properties.flag)', false],
    ['bool(properties.zero)', false],
    ['bool(properties.empty)', false],
    ['bool(properties.features)', true],
    ['bool(properties.gone) = false', true],
    ['string(properties.none) = null', true],
    ['string(properties.paid) = "true"', true],
    ['string(properties.products.0) = "{\\"sku\\":\\"s1\\"}"', true],
    ['number(properties.plan) = null', true],
    ['number(properties.empty) = null', true],
    ['number(properties.paid) = null', true],
    ['properties.big = 1e21', true],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  it('keeps the meaning of conditions that it evaluates together', () => {
    expect(matches('event != "a" and type = "track" and event != "b"')).toBe(true);
    expect(matches('event != "a" and event != "Button Clicked" and event != "b"')).toBe(false);
    expect(matches('event = "a" or event = "b" or event = "Button Clicked"')).toBe(true);
    expect(matches('userId = "x" or userId = "y" or properties.plan = "pro"')).toBe(true);
  });
});

describe('the default triggers of a Customer.io destination', () => {
  const { event: _, ...unnamed } = event;
  const taking = (fields: Partial<CanonicalEvent>): readonly string[] =>
    defaultActions.filter(({ trigger }) => matches(trigger, { ...unnamed, ...fields })).map(({ kind }) => kind);

  it.each<[Partial<CanonicalEvent>, readonly string[]]>([
    [{ type: 'identify' }, ['upsert_person']],
    [{ type: 'track', event: 'Order Completed' }, ['track_event']],
    [{ type: 'page' }, ['track_page']],
    [{ type: 'screen' }, ['track_screen']],
    [{ type: 'group' }, ['upsert_object']],
    [{ type: 'alias' }, ['merge_people']],
    [{ type: 'track', event: 'Application Opened' }, ['track_event', 'upsert_device']],
    [{ type: 'track', event: 'Device Created or Updated' }, ['track_event', 'upsert_device']],
    [{ type: 'track', event: 'Device Deleted' }, ['track_event', 'delete_device']],
    [{ type: 'track', event: 'User Deleted' }, ['delete_person']],
    [{ type: 'track', event: 'Delete Person' }, ['delete_person']],
    [{ type: 'track', event: 'User Suppressed' }, ['suppress_person']],
    [{ type: 'track', event: 'User Unsuppressed' }, ['unsuppress_person']],
    [{ type: 'track', event: 'Relationship Deleted' }, ['delete_relationship']],
    [{ type: 'track', event: 'Group Deleted' }, ['delete_object']],
    [{ type: 'track', event: 'Report Delivery Event' }, ['report_delivery']],
    [{ type: 'track', event: 'Report Content Event' }, ['report_content']],
  ])('take %o by %o', (fields, kinds) => {
    expect(taking(fields)).toEqual(kinds);
  });
});

describe('adaptPackagedTrigger', () => {
  it.each([
    ['type = track or type = page', 'type = "track" or type = "page"'],
    ['type=track and event="Trigger Survey"', 'type = "track" and event = "Trigger Survey"'],
    ['type = "track" and event == "Cart Updated"', 'type = "track" and event = "Cart Updated"'],
    ['type = "track", event = "Transaction Created"', 'type = "track" and event = "Transaction Created"'],
    ['type = "track" AND event = "a == b, type = c"', 'type = "track" and event = "a == b, type = c"'],
    ['properties.paid = true and userId != null', 'properties.paid = true and userId != null'],
    ['\n type = "track"\n and event != "A"\n', 'type = "track" and event != "A"'],
  ])('reads %s', (text, printed) => {
    expect(printTrigger(adaptPackagedTrigger(text))).toBe(printed);
  });

  it('refuses what is no trigger even so', () => {
    expect(() => adaptPackagedTrigger('type === "track"')).toThrow('expected an operator');
  });
});
