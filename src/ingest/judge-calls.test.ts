import { describe, expect, it } from 'vitest';
import { judgeCalls } from './judge-calls.ts';
import type { BodyFacts, Judgement } from './judge-calls.ts';
import { maxBatchBytes, maxCallBytes } from './limits.ts';

const facts: BodyFacts = {
  sourceId: 's1',
  type: null,
  receivedAt: 1000,
  receivedAtText: '1970-01-01T00:00:01.000Z',
  ip: '192.0.2.7',
  strict: false,
  newId: () => 'made',
  notes: [],
};
const call = { type: 'track', userId: 'u1', event: 'E', messageId: 'm1' };

function judge(body: unknown, change: Partial<BodyFacts> = {}, text = JSON.stringify(body)): Judgement {
  return judgeCalls(JSON.parse(text), Buffer.from(text), { ...facts, ...change });
}
const stored = ({ entries }: Judgement): unknown[] => entries.map(({ body }) => JSON.parse(body) as unknown);
/** A track call of exactly this many bytes. */
const callOf = (bytes: number) => {
  const empty = JSON.stringify({ ...call, pad: '' }).length;
  return { ...call, pad: 'x'.repeat(bytes - empty) };
};

describe('judgeCalls of a single call', () => {
  it('makes it an entry of the log', () => {
    const { entries, last, bad } = judge(call, { type: 'track' });
    expect(entries).toMatchObject([{ sourceId: 's1', messageId: 'm1', receivedAt: 1000, personKey: 'u1' }]);
    expect(last).toMatchObject({ userId: 'u1' });
    expect(bad).toEqual([]);
  });

  it('measures it as it stands in the body', () => {
    expect(judge(callOf(maxCallBytes), { type: 'track' }).bad).toEqual([]);
    const { entries, bad } = judge(callOf(maxCallBytes + 1), { type: 'track' });
    expect(entries).toEqual([]);
    expect(bad).toMatchObject([{ index: null, faults: [{ reason: 'too_large' }] }]);
    // Blanks count: nothing is written anew to be measured.
    expect(judge(call, { type: 'track' }, JSON.stringify(call) + ' '.repeat(maxCallBytes)).bad).toHaveLength(1);
  });
});

describe('judgeCalls of a batch', () => {
  it('takes the good calls and names the bad ones by their place', () => {
    const { entries, last, bad } = judge({ batch: [call, { userId: 'u' }, 5, { ...call, messageId: 'm2' }] });
    expect(entries.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
    expect(last).toMatchObject({ messageId: 'm2' });
    expect(bad).toMatchObject([
      { index: 1, faults: [{ reason: 'missing_field', field: 'type' }] },
      { index: 2, faults: [{ reason: 'wrong_type', field: null }] },
    ]);
  });

  it('takes an empty batch', () => {
    expect(judge({ batch: [] })).toEqual({ entries: [], last: null, bad: [] });
  });

  it.each([
    [[call], null],
    ['text', null],
    [null, null],
    [{}, 'batch'],
    [{ batch: null }, 'batch'],
    [{ batch: { 0: call } }, 'batch'],
    [call, 'batch'],
  ])('refuses %j as a whole', (body, field) => {
    expect(judge(body).bad).toMatchObject([{ index: null, faults: [{ field }] }]);
  });

  it('measures each call by its own bytes, and the batch as a whole', () => {
    const { entries, bad } = judge({ batch: [callOf(maxCallBytes), callOf(maxCallBytes + 1), call] });
    expect(entries).toHaveLength(2);
    expect(bad).toMatchObject([{ index: 1, faults: [{ reason: 'too_large' }] }]);
    const whole = judge({ batch: [call] }, {}, JSON.stringify({ batch: [call] }) + ' '.repeat(maxBatchBytes));
    expect(whole.bad).toMatchObject([{ index: null, faults: [{ reason: 'too_large' }] }]);
  });

  it('gives each call the defaults of the envelope', () => {
    const envelope = {
      context: { library: { name: 'go' } },
      integrations: { A: false },
      sentAt: '2001-01-01T00:00:00Z',
    };
    expect(stored(judge({ ...envelope, batch: [call, { ...call, context: { locale: 'de' } }] }))).toMatchObject([
      { context: { library: { name: 'go' }, ip: '192.0.2.7' }, integrations: { A: false }, sentAt: envelope.sentAt },
      { context: { library: { name: 'go' }, locale: 'de' } },
    ]);
  });

  it('does without a default of a wrong kind, and says so', () => {
    const body = { context: 'text', batch: [call] };
    expect(stored(judge(body))).toMatchObject([{ _leat: { notes: [{ reason: 'wrong_type', field: 'context' }] } }]);
    expect(judge(body, { strict: true })).toMatchObject({
      entries: [],
      bad: [{ index: null, faults: [{ field: 'context' }] }],
    });
  });

  it('refuses an envelope whose copies would fill the memory', () => {
    const batch = Array.from({ length: 5000 }, () => ({ type: 'page', userId: 'u' }));
    const { entries, bad } = judge({ context: { pad: 'x'.repeat(20_000) }, batch });
    expect(entries).toEqual([]);
    expect(bad).toMatchObject([{ index: null, faults: [{ reason: 'too_large' }] }]);
    expect(judge({ context: { pad: 'x'.repeat(20_000) }, batch: batch.slice(0, 100) }).bad).toEqual([]);
  });
});
