import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecordingUpstream } from '../../test/support/recording-upstream.ts';
import type { RecordingUpstream } from '../../test/support/recording-upstream.ts';
import { systemClock } from '../lib/clock.ts';
import { startingActions } from './destination.ts';
import { slack } from './slack.ts';

let upstream: RecordingUpstream;
beforeEach(async () => {
  upstream = await openRecordingUpstream();
});
afterEach(() => upstream.close());

const context = () => ({
  settings: { webhookUrl: 'https://hooks.slack.com/services/T/B/x' },
  signal: new AbortController().signal,
  clock: systemClock,
  request: (request: Parameters<RecordingUpstream['request']>[0]) => upstream.request(request),
});

describe('the Slack destination', () => {
  it('posts nothing until an action says when', () => {
    expect(startingActions(slack)).toEqual([]);
  });

  it.each([
    [400, 'invalid_payload', { result: 'failed', reason: 'Slack refused the message (400, invalid_payload).' }],
    [
      404,
      'no_service',
      { result: 'retry', scope: 'destination', reason: expect.stringContaining('(404, no_service)') },
    ],
    [410, 'channel_is_archived', { result: 'retry', scope: 'destination', reason: expect.stringContaining('channel') }],
    [404, '<html>', { result: 'retry', scope: 'destination', reason: expect.stringContaining('(404)') }],
  ])('says what %i %s means', async (status, body, outcome) => {
    upstream.answer(() => ({ status, body }));
    const item = { payload: { text: 'Hello' }, event: slack.examples[0]!.event };
    expect(await slack.actions[0]!.send([item], context())).toMatchObject([outcome]);
  });

  it('tests the webhook without a message appearing in the channel', async () => {
    upstream.answer(() => ({ status: 400, body: 'no_text' }));
    expect(await slack.test?.(context())).toEqual({ ok: true, message: 'Slack knows the webhook.' });
    expect(upstream.requests[0]?.body).toBe('{}');
    upstream.answer(() => ({ status: 404, body: 'no_service' }));
    expect(await slack.test?.(context())).toMatchObject({ ok: false, message: expect.stringContaining('no_service') });
  });
});
