// Behind a proxy: what it forwards counts when it is trusted, and only then. The reference, the snippet and the settings
// of clients then name the public address.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../support/journey.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const forwarded = {
  'x-forwarded-host': 'cdp.example.org',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '203.0.113.7, 127.0.0.1',
};

describe.each([
  { kind: 'a trusted proxy', settings: { LEAT_TRUSTED_PROXIES: '127.0.0.1' }, origin: 'https://cdp.example.org' },
  { kind: 'anyone else', settings: {}, origin: null },
  {
    kind: 'anyone, with LEAT_PUBLIC_URL',
    settings: { LEAT_PUBLIC_URL: 'https://leat.example.net' },
    origin: 'https://leat.example.net',
  },
])('what $kind forwards', ({ settings, origin }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ settings });
  });
  afterAll(() => server?.dispose());

  const get = async (address: string): Promise<string> => {
    const response = await fetch(server.url + address, { headers: forwarded });
    expect(response.status, address).toBe(200);
    return response.text();
  };

  it('decides the address in pages, snippet, Postman files and settings', async () => {
    const expected = origin ?? server.url;
    const { host, protocol } = new URL(expected);
    const { writeKey: key } = server;
    expect(await get('/docs')).toContain(`&quot;${expected}/v1/identify&quot;`);
    expect(await get(`/docs/snippet?key=${key}`)).toContain(`'${expected}'`);
    expect(JSON.parse(await get('/docs/postman/environment.json'))).toMatchObject({
      values: [{ key: 'host', value: expected }, {}],
    });
    expect(JSON.parse(await get('/docs/openapi.json'))).toMatchObject({ servers: [{ url: expected }] });
    expect(JSON.parse(await get(`/v1/projects/${key}/settings`))).toMatchObject({
      integrations: {
        'Customer.io Data Pipelines': { apiHost: `${host}/v1`, protocol: protocol.replace(':', '') },
      },
    });
    expect(await get('/docs/control')).toContain('/api/v1/sources');
  });

  it('decides the address that events carry', async () => {
    const source = await server.control.createSource({ name: 'behind a proxy', kind: 'javascript' });
    await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      headers: { ...forwarded, authorization: `Basic ${Buffer.from(`${source.key}:`).toString('base64')}` },
      body: JSON.stringify({ userId: 'u1', event: 'Looked', messageId: 'proxied-1' }),
    });
    await settled(server, source.id, 1);
    const [found] = await server.control.events('proxied-1');
    const trusted = 'LEAT_TRUSTED_PROXIES' in settings;
    expect(found?.event.context['ip']).toBe(trusted ? '203.0.113.7' : '127.0.0.1');
  });
});
