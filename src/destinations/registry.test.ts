import { describe, expect, it } from 'vitest';
import { isObject } from '../lib/json.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { destinationContract } from './destination.contract.ts';
import type { ContractOptions } from './destination.contract.ts';
import { rangeDestinationContract } from './range-destination.contract.ts';
import { registry, withKinds } from './registry.ts';
import { webhook } from './webhook.ts';

/** Where a kind's receiver answers in a way of its own. */
const options: Readonly<Record<string, ContractOptions>> = {
  slack: { meaning: { 404: 'retry' } },
  customerio: {
    answerInPart: ({ url, body }, isPoisoned) => {
      const parsed = JSON.parse(body) as JsonObject;
      const operations = url.endsWith('/batch') ? (parsed['batch'] as readonly Json[]).filter(isObject) : [parsed];
      const texts = operations.map((operation) => JSON.stringify(operation));
      const errors = texts.flatMap((text, index) =>
        isPoisoned(text) ? [{ batch_index: index, field: 'identifiers', reason: 'invalid', message: 'no' }] : [],
      );
      const status = errors.length === 0 ? 200 : errors.length === texts.length ? 400 : 207;
      return {
        answer: { status, body: JSON.stringify(errors.length === 0 ? {} : { errors }) },
        taken: texts.filter((text) => !isPoisoned(text)),
      };
    },
  },
};

const kinds = [...registry.values()];

describe.each(kinds.filter(({ inRanges }) => !inRanges))('the $slug destination', (kind) => {
  destinationContract(kind, options[kind.slug]);
});

// What they write is tried on real servers, in test/destinations.
describe.each(kinds.filter(({ inRanges }) => inRanges))('the $slug destination', (kind) => {
  rangeDestinationContract(kind);
});

describe('the registry', () => {
  it('takes more kinds, but none in the place of one of its own', () => {
    const more = withKinds([
      { ...webhook, slug: 'other' },
      { ...webhook, name: 'Not the webhook' },
    ] as never);
    expect([...more.keys()]).toEqual([...registry.keys(), 'other']);
    expect(more.get('webhook')?.name).toBe('Webhook');
  });
});
