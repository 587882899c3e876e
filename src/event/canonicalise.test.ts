import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalise, maxNesting } from './canonicalise.ts';
import type { Canonicalised, Receipt } from './canonicalise.ts';
import { eventTypes } from './canonical-event.ts';
import type { CanonicalEvent } from './canonical-event.ts';
import type { Finding } from './findings.ts';

const receivedAtText = '2026-11-23T12:00:00.000Z';
const receivedAt = Date.parse(receivedAtText);
const receipt: Receipt = {
  type: null,
  receivedAt,
  receivedAtText,
  ip: '192.0.2.7',
  strict: false,
  envelope: null,
  notes: [],
  newId: () => 'made-id',
};

const read = (call: unknown, change: Partial<Receipt> = {}): Canonicalised =>
  canonicalise(call, { ...receipt, ...change });

/** The event as readers of the log see it. */
function stored(call: unknown, change: Partial<Receipt> = {}): CanonicalEvent {
  const result = read(call, change);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return JSON.parse(result.body) as CanonicalEvent;
}

function faults(call: unknown, change: Partial<Receipt> = {}): readonly Finding[] {
  const result = read(call, change);
  return result.ok ? [] : result.faults;
}

const track = { type: 'track', userId: 'u1', event: 'E' };

describe('canonicalise', () => {
  it('fills everything that a stored call has and the client left out', () => {
    expect(stored({ userId: 'u1', event: 'E' }, { type: 'track' })).toEqual({
      type: 'track',
      userId: 'u1',
      event: 'E',
      messageId: 'made-id',
      timestamp: receivedAtText,
      receivedAt: receivedAtText,
      context: { ip: '192.0.2.7' },
      integrations: { All: true },
      version: 1,
    });
  });

  it('answers the same event as object and as text', () => {
    const result = read({ ...track, nested: { a: [1, null] } });
    expect(result.ok && JSON.parse(result.body)).toEqual(result.ok && result.event);
  });

  it('keeps unknown fields and strips writeKey, _metadata and the reserved key', () => {
    const event = stored({
      ...track,
      channel: 'web',
      category: null,
      writeKey: 'k',
      _metadata: {},
      _leat: { notes: [1] },
    });
    expect(event).toMatchObject({ channel: 'web', category: null });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['writeKey']));
    expect(event).not.toHaveProperty('_metadata');
    expect(event).not.toHaveProperty('_leat');
  });

  it('overwrites what only the server may say', () => {
    expect(stored({ ...track, receivedAt: '2001-01-01T00:00:00Z', version: 1.1 })).toMatchObject({
      receivedAt: receivedAtText,
      version: 1,
    });
  });

  it('takes the type of the route and notes a conflicting one', () => {
    const event = stored({ ...track, type: 'identify' }, { type: 'track' });
    expect(event.type).toBe('track');
    expect(event._leat?.notes).toEqual([{ reason: 'type_conflict', field: 'type', message: expect.any(String) }]);
    expect(stored(track, { type: 'track' })._leat).toBeUndefined();
  });

  it('needs a known type where the route names none', () => {
    expect(faults({ userId: 'u1' })).toMatchObject([{ reason: 'missing_field', field: 'type' }]);
    expect(faults({ userId: 'u1', type: 'Track' })).toMatchObject([{ reason: 'invalid_value', field: 'type' }]);
  });

  it('leaves the call itself as it is', () => {
    const call = Object.freeze({ ...track, writeKey: 'k', context: Object.freeze({}) });
    stored(call);
    expect(call.writeKey).toBe('k');
  });

  describe('ids', () => {
    it('turns numbers into strings and drops null and empty ones', () => {
      const event = stored({ type: 'track', event: 'E', userId: 42, anonymousId: '', groupId: null, messageId: 7 });
      expect(event).toMatchObject({ userId: '42', messageId: '7' });
      expect(event).not.toHaveProperty('anonymousId');
      expect(event).not.toHaveProperty('groupId');
    });

    it.each([true, {}, ['a']])('refuses %j', (userId) => {
      expect(faults({ ...track, userId })).toContainEqual(
        expect.objectContaining({ reason: 'wrong_type', field: 'userId' }),
      );
    });

    it('refuses numbers that JSON cannot carry exactly, because two people would become one', () => {
      const call = JSON.parse('{"type":"track","event":"E","userId":9007199254740993}') as unknown;
      expect(faults(call)).toMatchObject([{ reason: 'invalid_value', field: 'userId' }]);
      expect(faults({ ...track, userId: Number.POSITIVE_INFINITY })).toHaveLength(1);
      expect(stored({ ...track, userId: 1.5 }).userId).toBe('1.5');
    });

    it.each(['a\ud800', '\udc00', 'a\0b'])('refuses %j, which no store keeps as it is', (userId) => {
      expect(faults({ ...track, userId })).toMatchObject([{ reason: 'invalid_value', field: 'userId' }]);
    });

    it('takes a messageId of up to 256 characters', () => {
      expect(stored({ ...track, messageId: 'm'.repeat(256) }).messageId).toHaveLength(256);
      expect(faults({ ...track, messageId: 'm'.repeat(257) })).toMatchObject([
        { reason: 'too_long', field: 'messageId' },
      ]);
    });

    it.each([undefined, null, ''])('makes a messageId in place of %j', (messageId) => {
      expect(stored({ ...track, messageId }).messageId).toBe('made-id');
    });
  });

  describe('objects', () => {
    it.each(['traits', 'properties', 'context', 'integrations'])('treats null, "" and [] as no %s', (field) => {
      for (const value of [null, '', []]) expect(read({ ...track, [field]: value })).toMatchObject({ ok: true });
    });

    it.each(['traits', 'properties', 'context', 'integrations'])('refuses other values as %s', (field) => {
      for (const value of ['x', 1, false, [1]])
        expect(faults({ ...track, [field]: value })).toMatchObject([{ reason: 'wrong_type', field }]);
    });

    it.each([null, 'text', 7, true, [], [[]], undefined])('refuses %j as a call', (call) => {
      expect(faults(call)).toMatchObject([{ reason: 'wrong_type', field: null }]);
    });
  });

  describe('context', () => {
    it('adds the address only where the call has none', () => {
      expect(stored({ ...track, context: { ip: '198.51.100.1' } }).context).toEqual({ ip: '198.51.100.1' });
      expect(stored({ ...track, context: { ip: '' } }).context).toEqual({ ip: '192.0.2.7' });
      expect(stored(track, { ip: null }).context).toEqual({});
    });

    it("merges the envelope's under the call's own, key by key at the first level", () => {
      const envelope = { context: { library: { name: 'go', version: '1' }, locale: 'de', ip: '198.51.100.1' } };
      const context = { library: { name: 'own' }, app: { name: 'A' } };
      expect(stored({ ...track, context }, { envelope }).context).toEqual({
        library: { name: 'own' },
        locale: 'de',
        ip: '198.51.100.1',
        app: { name: 'A' },
      });
      expect(stored(track, { envelope }).context).toEqual(envelope.context);
    });
  });

  describe('integrations', () => {
    const envelope = { integrations: { All: false, A: true } };

    it("takes the envelope's for calls without their own", () => {
      expect(stored(track, { envelope }).integrations).toEqual({ All: false, A: true });
      expect(stored({ ...track, integrations: null }, { envelope }).integrations).toEqual({ All: false, A: true });
      expect(stored({ ...track, integrations: {} }, { envelope }).integrations).toEqual({});
      expect(stored({ ...track, integrations: { B: false } }, { envelope }).integrations).toEqual({ B: false });
    });

    it('names all when nobody says anything', () => {
      expect(stored(track).integrations).toEqual({ All: true });
    });
  });

  describe('times', () => {
    it('keeps the originals word for word beside the event time', () => {
      const event = stored({
        ...track,
        timestamp: '2026-11-23T11:00:00.123456789+01:00',
        sentAt: '2026-11-23T11:00:05Z',
      });
      expect(event).toMatchObject({
        timestamp: '2026-11-23T10:00:00.123Z',
        originalTimestamp: '2026-11-23T11:00:00.123456789+01:00',
        sentAt: '2026-11-23T11:00:05Z',
      });
    });

    it('prefers timestamp over originalTimestamp over receipt', () => {
      const [earlier, later] = ['2026-11-23T10:00:00.000Z', '2026-11-23T11:00:00.000Z'];
      expect(stored({ ...track, timestamp: later, originalTimestamp: earlier })).toMatchObject({
        timestamp: later,
        originalTimestamp: earlier,
      });
      expect(stored({ ...track, timestamp: '', originalTimestamp: earlier }).timestamp).toBe(earlier);
    });

    it("corrects by the call's own sentAt, else by the envelope's", () => {
      const call = {
        ...track,
        context: { library: { name: 'analytics-python' } },
        timestamp: '2026-11-23T10:00:00.000Z',
      };
      const envelope = { sentAt: '2026-11-23T11:00:00.000Z' };
      expect(stored(call, { envelope })).toMatchObject({
        timestamp: '2026-11-23T11:00:00.000Z',
        sentAt: '2026-11-23T11:00:00.000Z',
      });
      expect(stored({ ...call, sentAt: '2026-11-23T11:30:00.000Z' }, { envelope }).timestamp).toBe(
        '2026-11-23T10:30:00.000Z',
      );
    });

    it("knows the library from the envelope's context, as Go's client sends it", () => {
      const envelope = { sentAt: '2026-11-23T11:00:00.5Z', context: { library: { name: 'cdp-analytics-go' } } };
      expect(stored({ ...track, timestamp: '2026-11-23T10:00:00Z' }, { envelope }).timestamp).toBe(
        '2026-11-23T10:59:59.500Z',
      );
    });

    it('leaves old timestamps of backfills alone', () => {
      expect(stored({ ...track, timestamp: '1999-12-31T23:59:59Z' }).timestamp).toBe('1999-12-31T23:59:59.000Z');
    });

    it('writes numbers as ISO text', () => {
      expect(stored({ ...track, timestamp: 1_700_000_000, sentAt: 1_700_000_000_500 })).toMatchObject({
        timestamp: '2023-11-14T22:13:20.000Z',
        originalTimestamp: '2023-11-14T22:13:20.000Z',
        sentAt: '2023-11-14T22:13:20.500Z',
      });
    });

    it('takes an unreadable time at receipt with a note, and refuses it in strict mode', () => {
      const event = stored({ ...track, timestamp: 'yesterday' });
      expect(event).toMatchObject({ timestamp: receivedAtText, originalTimestamp: 'yesterday' });
      expect(event._leat?.notes).toMatchObject([{ reason: 'unreadable_timestamp', field: 'timestamp' }]);
      expect(faults({ ...track, timestamp: 'yesterday' }, { strict: true })).toMatchObject([
        { reason: 'unreadable_timestamp', field: 'timestamp' },
      ]);
      expect(faults({ ...track, timestamp: {} }, { strict: true })).toHaveLength(1);
      expect(faults({ ...track, sentAt: true }, { strict: true })).toMatchObject([{ field: 'sentAt' }]);
    });

    it('takes a time more than 24 hours ahead at receipt, with a note', () => {
      const event = stored({ ...track, timestamp: '2026-11-25T00:00:00Z' }, { strict: true });
      expect(event.timestamp).toBe(receivedAtText);
      expect(event._leat?.notes).toMatchObject([{ reason: 'future_timestamp', field: 'timestamp' }]);
    });
  });

  it('reports every fault of a call', () => {
    expect(faults({ type: 'alias', userId: [], traits: 1, messageId: 'm'.repeat(300) })).toMatchObject([
      { field: 'userId' },
      { field: 'traits' },
      { field: 'messageId' },
      { field: 'userId' },
      { field: 'previousId' },
    ]);
  });

  it('carries notes about the whole request into the event', () => {
    const notes: Finding[] = [{ reason: 'invalid_utf8', field: null, message: 'm' }];
    expect(stored(track, { notes })._leat?.notes).toEqual(notes);
  });

  describe('hostile input', () => {
    it('keeps a __proto__ key as data', () => {
      const call = JSON.parse(
        '{"type":"track","userId":"u1","event":"E","__proto__":{"admin":true},"context":{"__proto__":{"ip":"x"}}}',
      ) as unknown;
      const event = stored(call, { envelope: { context: { a: 1 } } });
      expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
      expect(JSON.stringify(event)).toContain('"__proto__":{"admin":true}');
      expect(event.context['ip']).toBe('192.0.2.7');
    });

    it('keeps lone surrogates in values readable', () => {
      const event = stored({ ...track, properties: { name: 'cut \ud83d' } });
      expect(event.properties).toEqual({ name: 'cut \ud83d' });
    });

    it.each([maxNesting + 1, 100_000])('refuses %d levels of nesting', (depth) => {
      const call = JSON.parse(
        `{"type":"track","userId":"u1","event":"E","p":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      ) as unknown;
      expect(faults(call)).toMatchObject([{ reason: 'too_deep', field: null }]);
    });

    it('takes as many levels as the limit says', () => {
      const depth = maxNesting - 1;
      const call = JSON.parse(
        `{"type":"track","userId":"u1","event":"E","p":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      ) as unknown;
      expect(read(call)).toMatchObject({ ok: true });
    });

    it('never throws, names a fault or stores a whole event', () => {
      const field = fc.oneof(fc.jsonValue(), fc.string(), fc.string({ unit: 'binary' }), fc.double());
      const names = ['type', 'messageId', 'userId', 'anonymousId', 'groupId', 'previousId', 'event', 'name', 'traits'];
      const more = ['properties', 'context', 'integrations', 'timestamp', 'originalTimestamp', 'sentAt', '__proto__'];
      const call = fc.dictionary(fc.constantFrom(...names, ...more, 'x'), field);
      const typed = fc
        .tuple(call, fc.constantFrom(...eventTypes))
        .map(([rest, type]) => ({ ...rest, type, userId: 'u' }));
      fc.assert(
        fc.property(fc.oneof(call, typed, fc.jsonValue()), fc.boolean(), (value, strict) => {
          const result = read(value, { strict });
          if (!result.ok) {
            expect(result.faults.length).toBeGreaterThan(0);
            return;
          }
          const event = JSON.parse(result.body) as CanonicalEvent;
          expect(eventTypes).toContain(event.type);
          expect(event.messageId).toMatch(/./s);
          for (const text of [event.timestamp, event.receivedAt]) expect(new Date(text).toISOString()).toBe(text);
          for (const id of ['userId', 'anonymousId', 'groupId', 'previousId'])
            expect(['string', 'undefined']).toContain(typeof event[id]);
        }),
        { seed: 3, numRuns: 3000 },
      );
    });

    it('canonicalises its own output to the same event', () => {
      const call = fc.record({
        userId: fc.string({ minLength: 1 }),
        event: fc.string({ minLength: 1 }).filter((name) => name !== 'Object Deleted'),
        properties: fc.dictionary(fc.string(), fc.jsonValue()),
        timestamp: fc
          .date({ noInvalidDate: true, max: new Date(receivedAt), min: new Date(0) })
          .map((date) => date.toISOString()),
      });
      fc.assert(
        fc.property(call, (value) => {
          const once = stored(value, { type: 'track' });
          expect(stored(once, { type: 'track' })).toEqual(once);
        }),
        { seed: 4, numRuns: 500 },
      );
    });
  });
});
