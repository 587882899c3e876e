import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecordingUpstream } from '../../../test/support/recording-upstream.ts';
import type { RecordingUpstream } from '../../../test/support/recording-upstream.ts';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { systemClock } from '../../lib/clock.ts';
import { compileTrigger } from '../../routing/fql/compile-trigger.ts';
import { parseTrigger } from '../../routing/fql/parse-trigger.ts';
import { customerio } from './customerio.ts';
import { personIdentifiers } from './identifiers.ts';
import { sendOperations } from './send-operations.ts';
import { withUnixTimes } from './unix-times.ts';

const settings = customerio.settings.parse({ siteId: 's', apiKey: 'k' });
let upstream: RecordingUpstream;
beforeEach(async () => {
  upstream = await openRecordingUpstream();
});
afterEach(() => upstream.close());
const context = () => ({
  settings,
  signal: new AbortController().signal,
  clock: systemClock,
  request: (request: Parameters<RecordingUpstream['request']>[0]) => upstream.request(request),
});
const event = (fields: Partial<CanonicalEvent>): CanonicalEvent => ({
  type: 'track',
  messageId: 'm',
  timestamp: '2026-03-01T12:00:00.000Z',
  receivedAt: '2026-03-01T12:00:00.000Z',
  context: {},
  integrations: {},
  version: 1,
  ...fields,
});

describe('the actions of Customer.io', () => {
  const device = { device: { token: 't' } };
  it.each<[Partial<CanonicalEvent>, string[]]>([
    [{ type: 'identify', userId: 'u' }, ['upsert_person']],
    [{ type: 'identify', traits: { email: 'a@b.co' } }, ['upsert_person']],
    [{ type: 'identify', anonymousId: 'a', traits: { plan: 'x' } }, []],
    [{ event: 'Looked', anonymousId: 'a' }, ['track_event']],
    [{ event: 'Looked', groupId: 'g' }, []],
    [{ type: 'page', userId: 'u' }, ['track_page']],
    [{ type: 'screen', userId: 'u', name: 'Home' }, ['track_screen']],
    [{ type: 'group', groupId: 'g' }, ['upsert_object']],
    [{ type: 'alias', userId: 'u', previousId: 'p' }, ['merge_people']],
    [{ event: 'Application Opened', userId: 'u', context: device }, ['track_event', 'upsert_device']],
    [{ event: 'Application Opened', userId: 'u' }, ['track_event']],
    [{ event: 'Application Installed', anonymousId: 'a', context: device }, ['track_event']],
    [{ event: 'Device Created or Updated', userId: 'u', properties: { token: 't' } }, ['track_event', 'upsert_device']],
    [{ event: 'Device Deleted', userId: 'u', context: device }, ['track_event', 'delete_device']],
    [{ event: 'Application Uninstalled', userId: 'u', context: device }, ['track_event', 'delete_device']],
    [{ event: 'User Deleted', userId: 'u' }, ['delete_person']],
    [{ event: 'Delete Person', userId: 'u' }, ['delete_person']],
    [{ event: 'User Suppressed', userId: 'u' }, ['suppress_person']],
    [{ event: 'User Unsuppressed', userId: 'u' }, ['unsuppress_person']],
    [{ event: 'Relationship Deleted', userId: 'u' }, ['delete_relationship']],
    [{ event: 'Object Deleted', anonymousId: 'a' }, ['delete_object']],
    [{ event: 'Group Deleted', anonymousId: 'a' }, ['delete_object']],
    [{ event: 'Report Delivery Event', anonymousId: 'a' }, ['report_delivery']],
    [{ event: 'Report Content Event', anonymousId: 'a' }, ['report_content']],
  ])('take %j by %j', (fields, slugs) => {
    const matching = customerio.actions.filter(({ defaultTrigger }) =>
      compileTrigger(parseTrigger(defaultTrigger ?? ''))(event(fields)),
    );
    expect(matching.map(({ slug }) => slug).sort()).toEqual([...slugs].sort());
  });

  it('refuse a payload that says nothing of whom or what it is about', () => {
    for (const { fields, slug } of customerio.actions)
      expect([slug, fields.safeParse({}).success]).toEqual([slug, false]);
  });
});

describe('the identifier of a person', () => {
  it.each([
    [{ id: 'cio_a3000001', email: 'a@b.co' }, { cio_id: 'a3000001' }],
    [{ id: 'Ada@Example.com', anonymousId: 'x' }, { email: 'Ada@Example.com' }],
    [{ id: 'u@1', email: 'a@b.co' }, { id: 'u@1' }],
    [{ email: 'a@b.co', anonymousId: 'x' }, { email: 'a@b.co' }],
    [{ anonymousId: 'x' }, { anonymous_id: 'x' }],
    [{}, undefined],
  ])('of %j is %j', (ids, identifiers) => {
    expect(personIdentifiers(ids)).toEqual(identifiers);
  });
});

describe('dates in attributes', () => {
  it('become Unix seconds in objects, and stay in lists, numbers and other text', () => {
    expect(
      withUnixTimes({
        day: '1970-01-02',
        time: '1970-01-01T00:01:00Z',
        offset: '1970-01-01T01:00:30.999999999+01:00',
        nested: { deep: { at: '1970-01-01T00:00:07+0000' } },
        list: ['1970-01-02'],
        number: '1970',
        impossible: '1970-13-45',
        text: 'on 1970-01-02',
        nothing: null,
      }),
    ).toEqual({
      day: 86_400,
      time: 60,
      offset: 30,
      nested: { deep: { at: 7 } },
      list: ['1970-01-02'],
      number: '1970',
      impossible: '1970-13-45',
      text: 'on 1970-01-02',
      nothing: null,
    });
  });

  it('are whole seconds of the same moment, whatever the date', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        expect(withUnixTimes({ at: date.toISOString() })).toEqual({ at: Math.floor(date.getTime() / 1000) });
      }),
    );
  });
});

describe('operations', () => {
  const operation = (id: string, size = 0) => ({ type: 'person', identifiers: { id }, filler: 'x'.repeat(size) });

  it('travel alone to /entity and together to /batch', async () => {
    await sendOperations([operation('a')], context());
    await sendOperations([operation('a'), operation('b')], context());
    expect(upstream.requests.map(({ url }) => url)).toEqual([
      'https://track.customer.io/api/v2/entity',
      'https://track.customer.io/api/v2/batch',
    ]);
    expect(JSON.parse(upstream.requests[1]!.body)).toEqual({ batch: [operation('a'), operation('b')] });
  });

  it('that are refused by index fail with the reason that was given, the others are delivered', async () => {
    upstream.answer(() => ({
      status: 207,
      body: '{"errors":[{"batch_index":1,"field":"identifiers.id","reason":"invalid","message":"too long"}]}',
    }));
    expect(await sendOperations([operation('a'), operation('b')], context())).toEqual([
      { result: 'delivered' },
      { result: 'failed', reason: 'Customer.io refused the event: identifiers.id: too long.', status: 207 },
    ]);
  });

  it('are sent again in halves when the whole is refused without saying which is at fault', async () => {
    upstream.answer(({ body }) => ({ status: body.includes('"bad"') ? 400 : 200 }));
    const outcomes = await sendOperations(
      ['a', 'b', 'bad', 'c'].map((id) => operation(id)),
      context(),
    );
    expect(outcomes.map(({ result }) => result)).toEqual(['delivered', 'delivered', 'failed', 'delivered']);
    expect(upstream.requests).toHaveLength(5);
  });

  it.each(['{}', '{"errors":[]}', '{"errors":[{"batch_index":9}]}', '{"errors":[{}]}', '<html>'])(
    'are tried again when it cannot be read which were refused: %s',
    async (body) => {
      upstream.answer(() => ({ status: 207, body }));
      const outcomes = await sendOperations([operation('a'), operation('b')], context());
      expect(outcomes.map(({ result }) => result)).toEqual(['retry', 'retry']);
    },
  );

  it('keep every request below 500 KB and in order', async () => {
    const operations = Array.from({ length: 40 }, (_, index) => operation(`p${index}`, 30_000));
    const outcomes = await sendOperations(operations, context());
    expect(outcomes).toHaveLength(40);
    expect(Math.max(...upstream.requests.map(({ body }) => Buffer.byteLength(body)))).toBeLessThanOrEqual(500_000);
    const sent = upstream.requests.flatMap(({ body }) => (JSON.parse(body) as { batch: unknown[] }).batch);
    expect(sent).toEqual(operations);
  });

  it('name the region when the credentials are refused', async () => {
    upstream.answer(() => ({ status: 401 }));
    expect(await sendOperations([operation('a')], context())).toMatchObject([
      { result: 'retry', scope: 'destination', reason: expect.stringContaining('US or the EU') },
    ]);
  });
});
