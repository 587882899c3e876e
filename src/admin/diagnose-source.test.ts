import { describe, expect, it } from 'vitest';
import { sampleRejection } from '../control/intake-store.contract.ts';
import type { SourceActivity } from '../control/intake-store.ts';
import { diagnoseSource } from './diagnose-source.ts';
import type { SourceFacts } from './diagnose-source.ts';

const now = 1_800_000_000_000;
const activity: SourceActivity = {
  sourceId: 'src_1',
  lastAcceptedAt: now - 1000,
  lastLibrary: 'node 1.0',
  lastMessageId: 'm1',
  lastRejectedAt: null,
  accepted: 1,
  rejected: 0,
  overRateAt: null,
  peakRate: 3,
};
const facts: SourceFacts = {
  source: { id: 'src_1', name: 'S', kind: 'http', family: 'customerio', enabled: true, strict: false, createdAt: 1 },
  keys: [
    { id: 'k', sourceId: 'src_1', key: 'us_0123456789', class: 'public', region: 'us', createdAt: 1, revokedAt: null },
  ],
  activity,
  lastRejection: null,
  unknownKeys: [],
  region: 'us',
  regionHosts: {},
  now,
};
const unknownKey = {
  keyPrefix: 'us_zzz…',
  reason: 'unknown_key',
  ip: '10.1.1.1',
  client: 'curl',
  count: 2,
  firstAt: now - 5000,
  lastAt: now - 5000,
  message: '',
};
const codes = (change: Partial<SourceFacts>): string[] =>
  diagnoseSource({ ...facts, ...change }).problems.map(({ code }) => code);

describe('the diagnosis of a source', () => {
  it('finds nothing wrong with one that receives', () => {
    expect(diagnoseSource(facts)).toMatchObject({ ok: true, state: 'receiving', library: 'node 1.0', problems: [] });
  });

  it('says that the last call was rejected, and why, until one is accepted', () => {
    const lastRejection = { ...sampleRejection, id: 1, at: now - 500 };
    const diagnosis = diagnoseSource({ ...facts, lastRejection });
    expect(diagnosis).toMatchObject({ ok: false, state: 'rejecting' });
    expect(diagnosis.problems[0]?.message).toContain('event');
    expect(codes({ lastRejection: { ...lastRejection, at: now - 5000 } })).toEqual([]);
  });

  it('looks for the cause of silence among unknown keys of the last day', () => {
    expect(codes({ activity: null })).toEqual(['nothing_seen']);
    expect(codes({ activity: null, unknownKeys: [unknownKey] })).toEqual(['unknown_key_seen']);
    expect(codes({ activity: null, unknownKeys: [{ ...unknownKey, keyPrefix: 'ak_eu_1' }] })).toEqual([
      'key_of_other_region',
    ]);
    expect(codes({ activity: null, unknownKeys: [{ ...unknownKey, lastAt: now - 2 * 86_400_000 }] })).toEqual([
      'nothing_seen',
    ]);
    expect(codes({ unknownKeys: [unknownKey] })).toEqual([]);
  });

  it('sends a key of another region to its host when that is known', () => {
    const [problem] = diagnoseSource({
      ...facts,
      activity: null,
      unknownKeys: [{ ...unknownKey, keyPrefix: 'eu_1' }],
      regionHosts: { eu: 'eu.example.test' },
    }).problems;
    expect(problem?.remedy).toContain('eu.example.test');
  });

  it('says what is wrong with the source itself', () => {
    const source = { ...facts.source, enabled: false };
    const keys = facts.keys.map((key) => ({ ...key, revokedAt: 5 }));
    expect(codes({ source, keys })).toEqual(['source_disabled', 'no_key']);
    expect(diagnoseSource({ ...facts, keys }).ok).toBe(false);
  });

  it('reports a recent excess of the soft rate limit without calling it a failure', () => {
    const diagnosis = diagnoseSource({ ...facts, activity: { ...activity, overRateAt: now - 1000, peakRate: 9000 } });
    expect(diagnosis).toMatchObject({ ok: true, problems: [{ code: 'over_rate' }] });
  });

  it('never shows a key', () => {
    expect(JSON.stringify(diagnoseSource({ ...facts, activity: null }))).not.toContain('us_0123456789');
  });
});
