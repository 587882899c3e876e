// Two servers, us and eu, side by side: each key works in its own region and is diagnosed in the other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedSource } from '../support/control-client.ts';
import { settled } from '../support/journey.ts';
import type { TestServer } from '../support/server.ts';
import { startRegions } from './start-regions.ts';
import type { Regions } from './start-regions.ts';

const regions = ['us', 'eu'] as const;
const other = { us: 'eu', eu: 'us' } as const;

interface UnrecognisedKey {
  readonly keyPrefix: string;
  readonly reason: string;
  readonly count: number;
  readonly message: string;
}

describe('two regions side by side', () => {
  let servers: Regions;
  let sources: Readonly<Record<'us' | 'eu', CreatedSource>>;
  beforeAll(async () => {
    servers = await startRegions();
    sources = {
      us: await servers.us.control.createSource({ name: 'a us source' }),
      eu: await servers.eu.control.createSource({ name: 'a eu source' }),
    };
  });
  afterAll(() => servers?.dispose());

  describe.each(regions)('a key of %s', (region) => {
    it('carries its region and works there', async () => {
      const { id, key } = sources[region];
      expect(key).toMatch(new RegExp(`^${region}_`));
      const answer = await track(servers[region], key, { userId: `${region}-u1`, event: 'At home' }, true);
      expect(answer).toEqual({ status: 200, body: {} });
      await settled(servers[region], id, 1);
    });

    it('is refused in the other region in strict mode, and told where it belongs', async () => {
      const away = servers[other[region]];
      const { status, body } = await track(away, sources[region].key, { userId: 'u1', event: 'Away' }, true);
      expect(status).toBe(401);
      const { host } = new URL(servers[region].url);
      expect(body).toMatchObject({ code: 'unauthorized', message: expect.stringContaining(host) as unknown });
    });

    it('is answered 200 there in permissive mode, taken by nobody, and listed under unrecognised keys', async () => {
      const away = servers[other[region]];
      const call = { userId: 'u1', event: 'Away', messageId: `away-${region}` };
      expect(await track(away, sources[region].key, call, false)).toEqual({ status: 200, body: {} });
      expect(await away.control.events(call.messageId)).toEqual([]);
      expect(await servers[region].control.events(call.messageId)).toEqual([]);
      const listed = (await away.control.all<UnrecognisedKey>('unrecognised-keys')).filter(
        ({ reason }) => reason === 'wrong_region',
      );
      const { host } = new URL(servers[region].url);
      // The strict one of the test before counts too.
      expect(listed).toEqual([
        expect.objectContaining({ count: 2, message: expect.stringContaining(host) as unknown }),
      ]);
      expect(sources[region].key.startsWith(listed[0]!.keyPrefix.replace('…', ''))).toBe(true);
    });

    it('has settings that name its own region’s host, whichever server is asked', async () => {
      const { host } = new URL(servers[region].url);
      for (const asked of regions) {
        const response = await fetch(`${servers[asked].url}/v1/projects/${sources[region].key}/settings`);
        expect(await response.json()).toMatchObject({
          integrations: { 'Customer.io Data Pipelines': { apiHost: `${host}/v1`, protocol: 'http' } },
        });
      }
    });
  });

  it('lets a key that was brought along work where it was added', async () => {
    const key = 'brought_along_key_0001';
    for (const region of regions) {
      const { control } = servers[region];
      const source = await control.send<{ readonly id: string }>('POST', 'sources', { name: 'brought', key });
      const call = { userId: `${region}-brought`, event: 'Moved' };
      expect(await track(servers[region], key, call, true)).toEqual({ status: 200, body: {} });
      await settled(servers[region], source.id, 1);
    }
  });
});

async function track(
  server: TestServer,
  key: string,
  call: object,
  strict: boolean,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${server.url}/v1/track`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      ...(strict && { 'x-strict-mode': '1' }),
    },
    body: JSON.stringify(call),
  });
  return { status: response.status, body: await response.json() };
}
