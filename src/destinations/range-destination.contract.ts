// What every kind that is written to in ranges must describe, and that it takes nothing but ranges.
import { expect, it } from 'vitest';
import type { JsonObject } from '../lib/json.ts';
import { parseTrigger } from '../routing/fql/parse-trigger.ts';
import { compileMapping } from '../routing/mapping/compile-mapping.ts';
import { startingActions } from './destination.ts';
import type { DestinationKind } from './destination.ts';
import { parseSettings, settingsJsonSchema, toJsonSchema } from './settings.ts';

export function rangeDestinationContract(kind: DestinationKind): void {
  it('describes every setting, action and field, and its default triggers and mappings can be read', () => {
    expect(kind.slug).toMatch(/^[a-z0-9-]+$/);
    expect(Object.keys(kind.settings.shape)).not.toContain('delivery');
    const schemas = [settingsJsonSchema(kind), ...kind.actions.map(({ fields }) => toJsonSchema(fields))];
    for (const schema of schemas)
      for (const field of Object.values(schema['properties'] as JsonObject))
        expect(field).toMatchObject({ title: expect.stringMatching(/./), description: expect.stringMatching(/./) });
    for (const { defaultTrigger, defaultMapping, fields } of kind.actions) {
      compileMapping(defaultMapping);
      if (defaultTrigger !== null) parseTrigger(defaultTrigger);
      expect(Object.keys(fields.shape)).toEqual(expect.arrayContaining(Object.keys(defaultMapping)));
    }
    expect(startingActions(kind).length).toBeGreaterThan(0);
    expect(Object.keys(kind)).toContain('test');
  });

  it('takes ranges under the settings of all its examples, bounded in every way', () => {
    expect(kind.examples.length).toBeGreaterThan(0);
    for (const example of kind.examples) {
      const { settings } = parseSettings(kind, example.settings);
      for (const action of kind.actions) {
        const mode = action.mode(settings);
        if (mode.mode !== 'range') throw new Error(`${action.slug} takes ${mode.mode}`);
        for (const bound of [mode.maxEvents, mode.maxBytes, mode.maxWaitMs]) expect(bound).toBeGreaterThan(0);
      }
    }
  });

  it('writes nothing outside a range', async () => {
    const [{ settings: raw, event } = { settings: {}, event: null }] = kind.examples;
    const { settings } = parseSettings(kind, raw);
    const context = {
      settings: settings as never,
      signal: new AbortController().signal,
      clock: { now: () => 0, monotonic: () => 0 },
      request: () => Promise.reject(new Error('no request was expected')),
    };
    for (const action of kind.actions)
      await expect(action.send([{ payload: { data: {} }, event: event as never }], context)).rejects.toThrow(
        /in ranges only/,
      );
  });
}
