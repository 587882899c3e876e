// What every kind of destination that speaks HTTP must do, tried on real servers on loopback: its examples send exactly
// what they say, answers are classified, an abort is obeyed, and a batch that fails in part loses and doubles nothing.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRecordingUpstream } from '../../test/support/recording-upstream.ts';
import type { RecordedRequest, RecordingUpstream, UpstreamAnswer } from '../../test/support/recording-upstream.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { JsonObject } from '../lib/json.ts';
import { parseTrigger } from '../routing/fql/parse-trigger.ts';
import { compileMapping } from '../routing/mapping/compile-mapping.ts';
import { compileRouter } from '../routing/router.ts';
import { startingActions } from './destination.ts';
import type { ActionKind, DestinationKind, Example, SendContext, SendItem } from './destination.ts';
import { SendFailure } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { parseSettings, settingsJsonSchema, toJsonSchema } from './settings.ts';

export interface ContractOptions {
  /** How a receiver of this kind answers when it takes some items of a request. Without it a receiver takes all or nothing. */
  readonly answerInPart?: (
    request: RecordedRequest,
    isPoisoned: (text: string) => boolean,
  ) => { readonly answer: UpstreamAnswer; readonly taken: readonly string[] };
  /** What answers of these statuses mean when it is not what {@link toOutcome} makes of them. */
  readonly meaning?: Readonly<Record<number, Outcome['result']>>;
}

/** Time that the examples' clock shows. */
const now = Date.parse('2026-03-01T12:00:01.000Z');

interface Prepared {
  readonly action: ActionKind;
  readonly settings: JsonObject;
  readonly item: SendItem<Record<string, unknown>>;
}

/** The event through the example's actions: one prepared send for each that matches. */
function prepare(kind: DestinationKind, { settings: raw, actions, event }: Example): readonly Prepared[] {
  const { settings } = parseSettings(kind, raw);
  const router = compileRouter({
    id: 'dst_example',
    name: kind.name,
    kind: kind.slug,
    enabled: true,
    settings,
    sourceIds: null,
    actions: (actions ?? startingActions(kind)).map(({ action, ...rest }, index) => ({
      id: String(index),
      kind: action,
      enabled: true,
      ...rest,
    })),
    version: 1,
    createdAt: 0,
    startFrom: 'now',
  });
  const route = router.route(event, 'src');
  if (route.kind === 'filtered') return [];
  return route.actions.map(({ action: { kind: slug }, payload }) => {
    const action = kind.actions.find((each) => each.slug === slug)!;
    return { action, settings, item: { payload: action.fields.parse(payload), event } };
  });
}

export function destinationContract(kind: DestinationKind, options: ContractOptions = {}): void {
  let upstream: RecordingUpstream;
  beforeEach(async () => {
    upstream = await openRecordingUpstream();
  });
  afterEach(() => upstream.close());

  const contextOf = (settings: JsonObject, signal = new AbortController().signal, timeoutMs?: number) => ({
    // The settings' type is the kind's own business.
    settings: settings as never,
    signal,
    clock: { now: () => now, monotonic: () => performance.now() },
    request: ((request) => upstream.request(request, signal, timeoutMs)) as SendContext<never>['request'],
  });
  /** Outcomes of a send, as delivery sees them. */
  const send = async (
    { action, settings }: Prepared,
    items: readonly SendItem[],
    timeoutMs?: number,
  ): Promise<readonly Outcome[]> => {
    try {
      return await action.send(items as never, contextOf(settings, undefined, timeoutMs));
    } catch (error) {
      if (error instanceof SendFailure) return items.map(() => error.outcome);
      throw error;
    }
  };
  const first = (): Prepared => prepare(kind, kind.examples[0]!)[0]!;

  it('describes every setting, action and field, and its default triggers and mappings can be read', () => {
    expect(kind.slug).toMatch(/^[a-z0-9-]+$/);
    expect(Object.keys(kind.settings.shape)).not.toContain('delivery');
    const schemas = [settingsJsonSchema(kind), ...kind.actions.map(({ fields }) => toJsonSchema(fields))];
    for (const schema of schemas)
      for (const field of Object.values(schema['properties'] as JsonObject))
        expect(field).toMatchObject({ title: expect.stringMatching(/./), description: expect.stringMatching(/./) });
    for (const action of kind.actions) {
      expect(action.description).not.toBe('');
      compileMapping(action.defaultMapping);
      if (action.defaultTrigger !== null) parseTrigger(action.defaultTrigger);
      expect(Object.keys(action.fields.shape)).toEqual(expect.arrayContaining(Object.keys(action.defaultMapping)));
    }
    expect(kind.examples.length).toBeGreaterThan(0);
  });

  it.each(kind.examples.map((example) => [example.title, example] as const))(
    'sends exactly what its example says: %s',
    async (_, example) => {
      for (const prepared of prepare(kind, example))
        expect(await send(prepared, [prepared.item])).toEqual([{ result: 'delivered' }]);
      expect(upstream.requests.map(({ method, url, body }) => ({ method, url, body: asJson(body) }))).toEqual(
        example.requests.map(({ method, url, body }) => ({ method, url, body })),
      );
      for (const [index, { headers }] of example.requests.entries())
        expect(upstream.requests[index]?.headers).toMatchObject(headers);
    },
  );

  it.each<[number, Record<string, string>, Partial<Outcome>]>([
    [204, {}, { result: 'delivered' }],
    [429, { 'retry-after': '7' }, { result: 'retry', scope: 'destination', status: 429, retryAfterMs: 7000 }],
    [503, {}, { result: 'retry', status: 503 }],
    [503, { 'retry-after': '7' }, { result: 'retry', scope: 'destination', retryAfterMs: 7000 }],
    [401, {}, { result: 'retry', scope: 'destination', status: 401 }],
    [403, {}, { result: 'retry', scope: 'destination', status: 403 }],
    [301, { location: 'https://elsewhere.example.com/' }, { result: 'retry', scope: 'destination', status: 301 }],
    [400, {}, { result: 'failed', status: 400 }],
    [404, {}, { result: 'failed', status: 404 }],
  ])('takes an answer of %i %j for what it is', async (status, headers, expected) => {
    upstream.answer(() => ({ status, headers }));
    const prepared = first();
    const result = options.meaning?.[status] ?? expected.result;
    const [outcome] = await send(prepared, [prepared.item]);
    expect(outcome).toMatchObject(result === expected.result ? expected : { result });
    if (outcome?.result !== 'delivered') expect(outcome?.reason).toMatch(/^\S.*[.!]$/s);
  });

  it.each([
    ['cuts the connection', 0],
    ['never answers', -1],
  ])('tries again later when the receiver %s', async (_, status) => {
    upstream.answer(() => ({ status }));
    const prepared = first();
    expect(await send(prepared, [prepared.item], 100)).toMatchObject([{ result: 'retry' }]);
  });

  it('stops at once when it is called off, and leaves nothing running', async () => {
    upstream.answer(() => ({ status: -1 }));
    const { action, settings, item } = first();
    const controller = new AbortController();
    const sending = action.send([item] as never, contextOf(settings, controller.signal));
    await waitFor('the request', () => upstream.requests.length === 1);
    controller.abort(new Error('called off'));
    await expect(sending).rejects.toThrow('called off');
    await waitFor('the connection to be closed', () => upstream.abandoned() === 1);
    expect(upstream.requests).toHaveLength(1);
  });

  if (kind.test) {
    it('shows by its test whether the settings work', async () => {
      const { settings } = first();
      expect(await kind.test?.(contextOf(settings))).toMatchObject({ ok: true, message: expect.stringMatching(/\.$/) });
      upstream.answer(() => ({ status: 403 }));
      expect(await kind.test?.(contextOf(settings))).toMatchObject({
        ok: false,
        message: expect.stringMatching(/\.$/),
      });
      upstream.answer(() => ({ status: 0 }));
      expect(await kind.test?.(contextOf(settings))).toMatchObject({ ok: false });
    });
  }

  const batching = kind.examples.flatMap((example) =>
    prepare(kind, example).filter(({ action, settings }) => action.mode(settings).mode === 'batch')[0] ? [example] : [],
  );
  it.each(batching.slice(0, 8).map((example) => [example.title, example] as const))(
    'loses and doubles nothing when a part of a batch is refused: %s',
    async (_, example) => {
      const people = ['person-a', 'person-b', 'person-c', 'person-d', 'person-e'];
      const isPoisoned = (text: string): boolean => /person-[bd]/.test(text);
      const taken: string[] = [];
      upstream.answer((request) => {
        const inPart = options.answerInPart?.(request, isPoisoned) ?? {
          answer: { status: isPoisoned(request.body) ? 400 : 200 },
          taken: isPoisoned(request.body) ? [] : [request.body],
        };
        taken.push(...inPart.taken);
        return inPart.answer;
      });
      const sends = people.map(
        (person) => prepare(kind, { ...example, event: addressedTo(example.event, person) })[0]!,
      );
      const [prepared] = sends as [Prepared];
      const outcomes = await send(
        prepared,
        sends.map(({ item }) => item),
      );
      for (const [index, person] of people.entries()) {
        const times = taken.filter((text) => text.includes(person)).length;
        expect([person, outcomes[index]?.result, times]).toEqual(
          outcomes[index]?.result === 'delivered' ? [person, 'delivered', 1] : [person, 'failed', 0],
        );
      }
      const mode = prepared.action.mode(prepared.settings);
      if (mode.mode === 'batch' && !mode.atomic)
        expect(outcomes.map(({ result }) => result === 'delivered')).toEqual(
          people.map((person) => !isPoisoned(person)),
        );
    },
  );
}

const asJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

/** The event as if it were about somebody else; ids that the event has are replaced. */
function addressedTo(event: CanonicalEvent, person: string): CanonicalEvent {
  const { userId, anonymousId, traits } = event;
  return {
    ...event,
    messageId: `message-of-${person}`,
    ...(userId !== undefined && { userId: person }),
    ...(anonymousId !== undefined && { anonymousId: person }),
    ...(traits?.['email'] !== undefined && { traits: { ...traits, email: `${person}@example.com` } }),
  };
}
