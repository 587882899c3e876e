// The document is valid OpenAPI, its examples are what it says they are, and its schemas take exactly the calls that the
// rules of src/event take: both are asked about the same calls.
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalise } from '../../event/canonicalise.ts';
import { eventTypes } from '../../event/canonical-event.ts';
import type { EventType } from '../../event/canonical-event.ts';
import {
  contentActions,
  deliveryMetrics,
  deviceTypes,
  geofenceTransitions,
  semanticAliases,
  semanticEvents,
} from '../../event/semantic-events.ts';
import type { JsonObject } from '../../lib/json.ts';
import { openApiDocument } from './document.ts';
import { operations } from './operations.ts';

const document = openApiDocument();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'document', ...document });
const schemaOf = (name: string): ValidateFunction => {
  const validate = ajv.getSchema(`document#/components/schemas/${name}`);
  if (!validate) throw new Error(`There is no schema ${name}.`);
  return validate;
};

const taken = (call: JsonObject, type: EventType | null): boolean =>
  canonicalise(call, {
    type,
    receivedAt: Date.UTC(2026, 10, 1),
    receivedAtText: '2026-11-01T00:00:00.000Z',
    ip: null,
    strict: true,
    envelope: null,
    notes: [],
    newId: () => 'made',
  }).ok;

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(structuredClone(document) as Record<string, unknown>)).toEqual({
      valid: true,
    });
  });

  it('gives each example a name of its own', () => {
    const names = operations.flatMap(({ examples }) => examples.map(({ name }) => name));
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    'has examples of %s that its own schema and the rules take',
    (name, { schemaName, examples }) => {
      for (const { name: example, body } of examples) {
        expect(schemaOf(schemaName)(body), example).toBe(true);
        const calls = name === 'batch' ? (body['batch'] as readonly JsonObject[]) : [body];
        for (const call of calls)
          expect(taken(call, name === 'batch' ? null : (name as EventType)), example).toBe(true);
      }
    },
  );

  const id = fc.constantFrom(undefined, null, '', 'u1', 7, 'ann@example.com');
  const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
  const eventName = fc.constantFrom(undefined, null, '', 'Looked', ...semanticEvents, ...semanticAliases.keys());
  const properties = fc.record(
    {
      token: fc.constantFrom('t', ''),
      device: fc.record(
        { token: fc.constantFrom('t', ''), type: fc.constantFrom(...deviceTypes, 'fridge') },
        { requiredKeys: [] },
      ),
      objectId: fc.constantFrom('acme', 7, ''),
      objectTypeId: fc.constantFrom('1', 2, true),
      deliveryId: fc.constantFrom('d1', '', 7),
      metric: fc.constantFrom(...deliveryMetrics, 'lost', ''),
      actionType: fc.constantFrom(...contentActions, 'smelled', ''),
      activityType: fc.constantFrom(...contentActions, 'smelled'),
      geofenceId: fc.constantFrom('g1', ''),
      transition: fc.constantFrom(...geofenceTransitions, 'stay'),
    },
    { requiredKeys: [] },
  );
  const context = fc.record(
    {
      groupId: fc.constantFrom('acme', ''),
      device: fc.record(
        { token: fc.constantFrom('t', ''), type: fc.constantFrom(...deviceTypes, 'fridge', '', null) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  const traits = fc.record(
    {
      email: fc.constantFrom('ann@example.com', '', null),
      objectTypeId: fc.constantFrom('1', 2, null),
      object_type_id: fc.constantFrom('1', 2),
    },
    { requiredKeys: [] },
  );
  const call = fc.record({
    userId: id,
    anonymousId: id,
    groupId: id,
    previousId: id,
    messageId: fc.constantFrom(undefined, 'm1', 'x'.repeat(256), 'x'.repeat(257)),
    event: eventName,
    name: fc.constantFrom(undefined, null, 'Home'),
    type: fc.constantFrom(undefined, ...eventTypes),
    properties: optional(properties),
    traits: optional(traits),
    context: optional(context),
    timestamp: fc.constantFrom(undefined, null, '', '2026-01-31T12:00:00Z', 1_700_000_000),
  });

  it.each(eventTypes)('takes exactly the %s calls that the rules take', (type) => {
    const validate = schemaOf(`${type.charAt(0).toUpperCase()}${type.slice(1)}`);
    fc.assert(
      fc.property(call, (made) => {
        const body = JSON.parse(JSON.stringify(made)) as JsonObject;
        expect(validate(body), JSON.stringify(validate.errors)).toBe(taken(body, type));
      }),
      { numRuns: 1500 },
    );
  });

  it.each([...semanticEvents, ...semanticAliases.keys()])('takes exactly the %s calls that the rules take', (event) => {
    const validate = schemaOf('Track');
    fc.assert(
      fc.property(call, (made) => {
        const body = JSON.parse(JSON.stringify({ ...made, event })) as JsonObject;
        expect(validate(body), JSON.stringify(validate.errors)).toBe(taken(body, 'track'));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes exactly the batched calls that the rules take', () => {
    const validate = schemaOf('Batch');
    fc.assert(
      fc.property(call, (made) => {
        const body = JSON.parse(JSON.stringify(made)) as JsonObject;
        expect(validate({ batch: [body] })).toBe(taken(body, null));
      }),
      { numRuns: 1500 },
    );
  });
});
