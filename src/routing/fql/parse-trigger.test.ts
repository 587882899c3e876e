import { describe, expect, it } from 'vitest';
import { parseTrigger } from './parse-trigger.ts';
import { printTrigger } from './print-trigger.ts';
import type { Trigger } from './trigger.ts';

const path = (...path: string[]) => ({ kind: 'path' as const, path });

describe('parseTrigger', () => {
  it.each<[string, Trigger]>([
    ['type = "track"', { kind: 'equality', operand: path('type'), operator: '=', value: 'track' }],
    ["event!='Signed Up'", { kind: 'equality', operand: path('event'), operator: '!=', value: 'Signed Up' }],
    [
      'properties.total >= -1.5e2',
      { kind: 'order', operand: path('properties', 'total'), operator: '>=', value: -150 },
    ],
    ['userId = null', { kind: 'equality', operand: path('userId'), operator: '=', value: null }],
    ['event in ["a", 1, true]', { kind: 'in', operand: path('event'), values: ['a', 1, true] }],
    ['"x" in properties.tags', { kind: 'has', value: 'x', operand: path('properties', 'tags') }],
    ['contains( event, "x" )', { kind: 'text', test: 'contains', operand: path('event'), text: 'x' }],
    ['exists(properties.a)', { kind: 'exists', operand: path('properties', 'a') }],
    ['properties.paid', { kind: 'true', operand: path('properties', 'paid') }],
    [
      'lowercase(string(properties.id)) = "x"',
      {
        kind: 'equality',
        operand: {
          kind: 'call',
          name: 'lowercase',
          argument: { kind: 'call', name: 'string', argument: path('properties', 'id') },
        },
        operator: '=',
        value: 'x',
      },
    ],
    ['!!a', { kind: 'not', clause: { kind: 'not', clause: { kind: 'true', operand: path('a') } } }],
  ])('reads %s', (text, trigger) => {
    expect(parseTrigger(text)).toEqual(trigger);
  });

  it.each([
    ['properties.my\\ key.x', ['properties', 'my key', 'x']],
    ['properties."my key".x', ['properties', 'my key', 'x']],
    ['properties.a\\.b', ['properties', 'a.b']],
    ["properties.'it\\'s'", ['properties', "it's"]],
    ['properties.products.0.sku', ['properties', 'products', '0', 'sku']],
    ['context.campaign.utm-source', ['context', 'campaign', 'utm-source']],
    ['properties.größe', ['properties', 'größe']],
    ['properties.in.and', ['properties', 'in', 'and']],
    ['\\in', ['in']],
  ])('reads the path %s', (text, parts) => {
    expect(parseTrigger(text)).toEqual({ kind: 'true', operand: path(...parts) });
  });

  it.each([
    [String.raw`"\"quoted\" \\ back"`, '"quoted" \\ back'],
    [String.raw`'it\'s "so"'`, 'it\'s "so"'],
    [String.raw`"\u00e9\n\t"`, 'é\n\t'],
    ['"a = b and c"', 'a = b and c'],
  ])('reads the string %s', (text, value) => {
    expect(parseTrigger(`event = ${text}`)).toMatchObject({ value });
  });

  it.each([
    ['a and b or c and d', '(a and b) or (c and d)'],
    ['a or b and c', 'a or (b and c)'],
    ['!a and b', '(!a) and b'],
  ])('binds "and" tighter than "or" and "!" tightest: %s', (text, same) => {
    expect(parseTrigger(text)).toEqual(parseTrigger(same));
  });

  it('takes AND and OR in capitals and any white space', () => {
    expect(printTrigger(parseTrigger('\n a AND\tb\n  OR c '))).toBe('a and b or c');
  });

  it.each([
    ['type === "track"', 5, 'an operator of this language', 'Equality is written ='],
    ['type == "track"', 5, 'an operator of this language', 'Equality is written ='],
    ['type !== "track"', 5, 'an operator of this language', 'Inequality is written !='],
    ['type <> "track"', 5, 'an operator of this language', 'Inequality is written !='],
    ['a && b', 2, 'an operator of this language', 'Write and.'],
    ['a || b', 2, 'an operator of this language', 'Write or.'],
    ['type = track', 7, 'a quoted string, a number, true, false or null', 'Text needs quotes: "track".'],
    ['type = "track", event = "x"', 14, '"and", "or" or the end', 'Join conditions with and.'],
    ['!type = "track"', 1, '"("', '!(type = "track")'],
    ['!"a" in tags', 1, '"("', 'put it in parentheses'],
    ['!!lowercase(event) = "a"', 2, '"("', 'put it in parentheses'],
    ['not type = "track"', 4, '"and", "or" or the end', 'Negation is written !'],
    ['type = "track" not', 15, '"and", "or" or the end', 'Negation is written !'],
    ['event contains "x"', 6, '"and", "or" or the end', 'contains(event'],
    ['', 0, 'a field such as event', undefined],
    ['   ', 3, 'a field such as event', undefined],
    ['type =', 6, 'a quoted string', undefined],
    ['(type = "a"', 11, '"and", "or" or ")"', undefined],
    ['type = "a")', 10, '"and", "or" or the end', undefined],
    ['type = "a" and', 14, 'a field such as event', undefined],
    ['event = "a', 10, 'a closing "', undefined],
    [String.raw`event = "a\*"`, 10, 'an escape of JSON', 'written \\\\'],
    ['properties. = 1', 11, 'the next part of the path', undefined],
    ['properties.a[0] = 1', 12, 'a path with dots', '.0'],
    ['event\\', 5, 'a character after \\', undefined],
    ['foo(event) = 1', 0, 'a known function', 'Functions: contains'],
    ['lowercase(contains(event, "x")) = "y"', 10, 'a field or a function that gives a value', 'Functions:'],
    ['length(event)', 13, '=, !=', 'length() gives a value to compare.'],
    ['contains(event "x")', 15, '","', undefined],
    ['contains(event, x)', 16, 'a quoted string', 'Text needs quotes: "x".'],
    ['match(event, "[a")', 13, 'a pattern', 'A [ has no ]'],
    ['event in []', 10, 'a quoted string', undefined],
    ['event in "a"', 9, '"[" and the values', undefined],
    ['event in ["a" "b"]', 14, '"," or "]"', undefined],
    ['"a" = event', 4, '"in" after a value', 'begins with the field'],
    ['properties.total > "5"', 19, 'a number', 'number(properties.total) > 10'],
    ['properties.id = 12345678901234567890', 16, 'a number of at most', 'quoted text'],
    ['properties.id = 12a', 16, 'a number such as', 'Text needs quotes.'],
    ['properties.id = 1.', 16, 'a number such as', undefined],
    ['properties.id = 01', 16, 'a number such as', undefined],
    ['and = 1', 0, 'a field such as event', '\\and'],
    ['event starts_with "x"', 6, '"and", "or" or the end', 'starts_with(event'],
    ['event not_contains "x"', 6, '"and", "or" or the end', '!contains(event'],
    ['userId exists', 7, '"and", "or" or the end', 'exists(userId)'],
    ['event is null', 6, '"and", "or" or the end', 'event = null'],
    ['event like "x%"', 6, '"and", "or" or the end', 'match(event'],
    ['event IN ["a"]', 6, '"and", "or" or the end', 'small letters'],
    ['a And b', 2, '"and", "or" or the end', 'and, AND'],
    ['event = NULL', 8, 'a quoted string', 'small letters: null.'],
    ['event = “a”', 8, 'a field, a value or an operator', 'straight'],
    ['properties.id = 9007199254740993.0', 16, 'a number of at most', 'quoted text'],
    ['properties.rate = 1e-400', 18, 'not so close to 0', 'taken for 0'],
    ['event = "a" # comment', 12, 'a field, a value or an operator', undefined],
  ])('refuses %s at its place', (text, position, expected, hint) => {
    expect(() => parseTrigger(text)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        code: 'invalid_request',
        field: 'trigger',
        position,
        expected: expect.stringContaining(expected),
        message: expect.stringContaining(hint ?? expected),
      }),
    );
  });

  it('says line and column in a text of several lines', () => {
    expect(() => parseTrigger('type = "track"\n  and event = x')).toThrow('line 2, column 15: expected');
  });

  it('refuses what nests too deep instead of exhausting the stack', () => {
    expect(() => parseTrigger(`${'('.repeat(5000)}a${')'.repeat(5000)}`)).toThrow('at most 200 levels');
    expect(() => parseTrigger(`${'!'.repeat(5000)}a`)).toThrow('at most 200 levels');
    expect(() => parseTrigger(`${'string('.repeat(2000)}a`)).toThrow('at most 200 levels');
  });
});

describe('printTrigger', () => {
  it.each([
    ["event='x'", 'event = "x"'],
    ['((a and (b or c)))', 'a and (b or c)'],
    ['a and (b and c)', 'a and (b and c)'],
    ['!(a or b)', '!(a or b)'],
    ['!(event in [1,"b"])', '!(event in [1, "b"])'],
    ['! ( contains(event,"x") )', '!contains(event, "x")'],
    ['properties.my\\ key = null', 'properties."my key" = null'],
    ['my\\ field = 1', 'my\\ field = 1'],
    ['\\2nd = 1', '\\2nd = 1'],
    ['\\in = 1', '\\in = 1'],
  ])('writes %s as %s', (text, printed) => {
    expect(printTrigger(parseTrigger(text))).toBe(printed);
  });
});
