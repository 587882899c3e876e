import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secret } from './destination.ts';
import type { DestinationKind } from './destination.ts';
import {
  blank,
  checkSettings,
  parseSettings,
  redactSettings,
  restoreSecrets,
  secretValues,
  settingsJsonSchema,
} from './settings.ts';

const kind: DestinationKind = {
  slug: 'example',
  name: 'Example',
  integrationName: 'Example',
  description: '',
  settings: z.object({
    url: z.url(),
    token: secret(z.string()).optional(),
    headers: z.record(z.string(), secret(z.string())).default({}),
    accounts: z.array(z.object({ name: z.string(), password: secret(z.string()) })).default([]),
  }),
  actions: [],
  examples: [],
};
const stored = {
  url: 'https://x.test/',
  token: 't0ken',
  headers: { authorization: 'Bearer abc', accept: 'json' },
  accounts: [{ name: 'a', password: 'pw-a' }],
};

describe('settings of a destination', () => {
  it('fill in defaults, their own and delivery’s', () => {
    const { settings, delivery } = parseSettings(kind, { url: 'https://x.test/', delivery: { firstRetryMs: 50 } });
    expect(settings).toEqual({ url: 'https://x.test/', headers: {}, accounts: [] });
    expect(delivery).toMatchObject({ firstRetryMs: 50, retryForMs: 86_400_000, longestRetryMs: 900_000 });
  });

  it.each([
    [{}, 'settings.url'],
    [{ url: 'nonsense' }, 'settings.url'],
    [{ url: 'https://x.test/', accounts: [{ name: 1 }] }, 'settings.accounts.0.name'],
    [{ url: 'https://x.test/', delivery: { maxConcurrency: 0 } }, 'settings.delivery.maxConcurrency'],
    [{ url: 'https://x.test/', delivery: { retries: 1 } }, 'settings.delivery'],
  ])('of %j are refused naming %s', (raw, field) => {
    expect(() => parseSettings(kind, raw)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
  });

  it.each([
    [{}, 'settings.url is missing; settings.name is missing; settings.region is missing'],
    [
      { url: 'https://x.test/', name: 5, region: 'mars', ports: ['a'] },
      'settings.name must be text; settings.region must be one of us, eu; settings.ports.0 must be a number',
    ],
    [
      { url: 'https://x.test/', name: '', region: 'us', ports: [70_000], delivery: { retries: 1 } },
      'settings.name is empty; settings.ports.0 must be at most 65535; settings.delivery has nothing called retries',
    ],
  ])('of %j are refused in words, all faults at once', (raw, message) => {
    const settings = z.object({
      url: z.url({ error: 'must be an address' }),
      name: z.string().min(1),
      region: z.enum(['us', 'eu']),
      ports: z.array(z.int().max(65_535)).default([]),
    });
    expect(() => parseSettings({ ...kind, settings }, raw)).toThrow(expect.objectContaining({ message }));
  });

  it('are refused, as a user sends them, with a name that the kind does not know', () => {
    const known = { url: 'https://x.test/', delivery: { firstRetryMs: 50 } };
    checkSettings(kind, known);
    expect(() => checkSettings(kind, { ...known, tokem: 'x' })).toThrow(
      expect.objectContaining({
        field: 'settings.tokem',
        message:
          'settings.tokem is no setting of Example; did you mean token? It has url, token, headers, accounts, delivery',
      }),
    );
    expect(() => checkSettings(kind, { tokem: 'x' })).toThrow(/^settings\.url .*; settings\.tokem is no setting/);
    // What an earlier version stored stays usable.
    expect(parseSettings(kind, { ...known, tokem: 'x' }).settings).not.toHaveProperty('tokem');
  });

  it('lose every secret before they are shown', () => {
    expect(redactSettings(kind, stored)).toEqual({
      url: 'https://x.test/',
      token: blank,
      headers: { authorization: blank, accept: blank },
      accounts: [{ name: 'a', password: blank }],
    });
  });

  it('get back the secrets that were sent blank, and only those', () => {
    const shown = redactSettings(kind, stored);
    expect(restoreSecrets(kind, shown, stored)).toEqual(stored);
    expect(restoreSecrets(kind, { ...shown, token: 'new' }, stored)).toEqual({ ...stored, token: 'new' });
    expect(restoreSecrets(kind, { ...shown, headers: { other: blank } }, stored)['headers']).toEqual({});
  });

  it('name their secrets, longest first', () => {
    expect(secretValues(kind, stored)).toEqual(['Bearer abc', 't0ken', 'json', 'pw-a']);
  });

  it('describe themselves with secrets marked and defaults optional', () => {
    const schema = settingsJsonSchema(kind);
    expect(schema).toMatchObject({
      required: ['url'],
      properties: { token: { secret: true }, delivery: { type: 'object' } },
    });
  });
});
