import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecordingUpstream } from '../../test/support/recording-upstream.ts';
import type { RecordingUpstream } from '../../test/support/recording-upstream.ts';
import { systemClock } from '../lib/clock.ts';
import { segment } from './segment.ts';

let upstream: RecordingUpstream;
beforeEach(async () => {
  upstream = await openRecordingUpstream();
});
afterEach(() => upstream.close());

const [forward] = segment.actions;
const { event } = segment.examples[0]!;
const settings = segment.settings.parse({ writeKey: 'wk' });
const context = () => ({
  settings,
  signal: new AbortController().signal,
  clock: systemClock,
  request: (request: Parameters<RecordingUpstream['request']>[0]) => upstream.request(request),
});

describe('the Segment-compatible destination', () => {
  it('leaves out what the receiver sets, at the top of the call only', () => {
    const { call } = forward!.fields.parse({
      call: { ...event, properties: { version: 3, sentAt: 'x' }, _leat: { notes: [] } },
    }) as { call: string };
    const parsed = JSON.parse(call) as Record<string, unknown>;
    expect(Object.keys(parsed)).not.toEqual(expect.arrayContaining(['sentAt']));
    expect(parsed).not.toHaveProperty('receivedAt');
    expect(parsed).not.toHaveProperty('_leat');
    expect(parsed).toMatchObject({
      messageId: event.messageId,
      timestamp: event.timestamp,
      originalTimestamp: event.originalTimestamp,
      context: event.context,
      properties: { version: 3, sentAt: 'x' },
    });
  });

  it.each([
    [{ call: { ...event, properties: { text: 'ü'.repeat(16_000) } } }, /longer than 32000 bytes/],
    [{ call: { messageId: 'x' } }, /is not a call with a type/],
    [{}, /is not a call with a type/],
  ])('refuses a call that a receiver would drop', (payload, message) => {
    const result = forward!.fields.safeParse(payload);
    expect(result.error?.issues[0]?.message).toMatch(message);
  });

  it('asks for smaller batches instead of sending one that is too long', async () => {
    const { call } = forward!.fields.parse({ call: { ...event, properties: { text: 'x'.repeat(30_000) } } }) as {
      call: string;
    };
    const items = Array.from({ length: 17 }, () => ({ payload: { call }, event }));
    const outcomes = await forward!.send(items, context());
    expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['failed']));
    expect(upstream.requests).toEqual([]);
    expect(forward!.mode(settings)).toMatchObject({ mode: 'batch', atomic: true, maxEvents: 500 });
  });
});
