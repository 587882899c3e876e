import { describe, expect, it } from 'vitest';
import type { Region, Source } from '../control/model.ts';
import { SourceDirectory } from '../control/source-directory.ts';
import { WriteKeys, isServable } from './write-key.ts';

const source = (id: string, enabled = true): Source => ({
  id,
  name: id,
  kind: 'http',
  family: 'customerio',
  enabled,
  strict: false,
  createdAt: 0,
});
const key = (sourceId: string, text: string, region: Region | null = 'us', revokedAt: number | null = null) => ({
  id: text,
  sourceId,
  key: text,
  class: text.startsWith('ak_') ? ('secret' as const) : ('public' as const),
  region,
  createdAt: 0,
  revokedAt,
});

const directory = new SourceDirectory();
directory.update({
  version: 1,
  sources: [source('s1'), source('off', false)],
  keys: [
    key('s1', 'us_public'),
    key('s1', 'ak_us_secret'),
    key('s1', 'brought-along-1234', null),
    key('s1', 'us_revoked', 'us', 5),
    key('s1', 'eu_copied', 'eu'),
    key('off', 'us_disabled'),
  ],
  destinations: [],
});
const keys = new WriteKeys(directory, 'us', { eu: 'cdp-eu.example.com' });
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('fromHeader', () => {
  it.each([
    [basic('k:'), 'k'],
    [basic('k'), 'k'],
    [basic('k:password'), 'k'],
    [`basic   ${Buffer.from('k:').toString('base64')}`, 'k'],
    [basic(':'), null],
    [basic(''), null],
    ['Basic', null],
    ['Basic !!!', null],
    ['Digest x', null],
    ['', null],
    [undefined, null],
    ['Bearer us_public', 'us_public'],
    ['Bearer some.oauth.token', null],
  ])('reads %j as %j', (header, expected) => {
    expect(keys.fromHeader(header)).toBe(expected);
    expect(keys.fromHeader(header)).toBe(expected);
  });

  it('stays small under many different headers', () => {
    for (let n = 0; n < 5000; n++) expect(keys.fromHeader(basic(`k${n}:`))).toBe(`k${n}`);
  });
});

describe('unknownBearer', () => {
  it('reads a token that no key is, so that it can be diagnosed as the key it was meant to be', () => {
    const token = keys.unknownBearer('Bearer eu_not_of_this_server');
    expect(token).toBe('eu_not_of_this_server');
    expect(keys.open({ key: token ?? '', inHeader: true })).toMatchObject({
      ok: false,
      refusal: { reason: 'wrong_region', message: expect.stringContaining('cdp-eu.example.com') },
    });
    expect(keys.unknownBearer(basic('k:'))).toBeNull();
    expect(keys.unknownBearer(undefined)).toBeNull();
  });
});

describe('fromBody', () => {
  const url = '/v1/track?writeKey=q';
  it.each([
    [{ writeKey: 'e', batch: [{ writeKey: 'i' }] }, 'e'],
    [{ writeKey: '', batch: [{ writeKey: 'i' }, { writeKey: 'j' }] }, 'i'],
    [{ batch: [] }, 'q'],
    [{ batch: [null, { writeKey: 'j' }] }, 'q'],
    [{ writeKey: 5 }, 'q'],
    [[{ writeKey: 'i' }], 'q'],
    [null, 'q'],
    ['text', 'q'],
  ])('finds the key in %j', (body, expected) => {
    expect(keys.fromBody(body, url)).toBe(expected);
  });

  it('answers null when there is none', () => {
    expect(keys.fromBody({}, '/v1/track?writeKey=')).toBeNull();
  });
});

describe('open', () => {
  const open = (text: string | null, inHeader = true) => keys.open(text === null ? null : { key: text, inHeader });
  const refusal = (text: string | null, inHeader = true) => {
    const access = open(text, inHeader);
    return access.ok ? null : access.refusal;
  };

  it('opens the source of a key', () => {
    for (const text of ['us_public', 'ak_us_secret', 'brought-along-1234'])
      expect(open(text)).toMatchObject({ ok: true, source: { id: 's1' } });
    expect(open('us_public', false).ok).toBe(true);
  });

  it('takes secret keys in the header only', () => {
    expect(refusal('ak_us_secret', false)).toMatchObject({ reason: 'secret_key_exposed', source: { id: 's1' } });
  });

  it('says what is wrong with a key', () => {
    expect(refusal(null)).toMatchObject({ reason: 'missing_key', source: null, keyPrefix: '' });
    expect(refusal('us_unknown')).toMatchObject({ reason: 'unknown_key', source: null });
    expect(refusal('us_revoked')).toMatchObject({ reason: 'key_revoked', source: { id: 's1' }, keyPrefix: null });
    expect(refusal('us_disabled')).toMatchObject({ reason: 'source_disabled', source: { id: 'off' } });
  });

  it("names the other region's host for its keys", () => {
    expect(refusal('eu_unknown')).toMatchObject({ reason: 'wrong_region', source: null });
    expect(refusal('ak_eu_unknown')?.message).toContain('cdp-eu.example.com');
    expect(refusal('eu_copied')).toMatchObject({ reason: 'wrong_region', source: { id: 's1' } });
  });

  it('never puts a whole key into a refusal', () => {
    expect(JSON.stringify(refusal('ak_us_somebody-elses-secret'))).not.toContain('somebody-elses');
  });
});

describe('isServable', () => {
  it('is not for secret keys, known or not', () => {
    expect(isServable('us_x', null)).toBe(true);
    expect(isServable('ak_us_x', null)).toBe(false);
    expect(isServable('x', key('s1', 'ak_x'))).toBe(false);
  });
});
