// The reference as it is served, over a real HTTP server.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReference } from './create-reference.ts';
import { pageAddress, sections } from './page-list.ts';

const docsFolder = path.resolve(import.meta.dirname, '../../../docs');
const key = 'us_a_key_of_a_reader_001';

describe('the served reference', () => {
  let server: Server;
  let url: string;
  const faults: unknown[] = [];

  beforeAll(async () => {
    const reference = createReference({
      docsFolder,
      region: 'us',
      regionHosts: { us: 'cdp.mill.example', eu: 'cdp-eu.mill.example' },
      origin: (_, region) => ({
        protocol: 'https',
        host: region === 'us' ? 'cdp.mill.example' : 'cdp-eu.mill.example',
      }),
      onFault: (error) => faults.push(error),
    });
    server = createServer((req, res) => {
      if (!reference.handle(req, res)) res.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const get = async (address: string): Promise<{ status: number; text: string; headers: Headers }> => {
    const response = await fetch(url + address);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  it('lists every page that there is', () => {
    const there = ['api', 'clients'].flatMap((folder) =>
      readdirSync(path.join(docsFolder, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${folder}/${name.slice(0, -3)}`),
    );
    expect(sections.flatMap(({ files }) => files).toSorted()).toEqual(there.toSorted());
  });

  it.each(sections.flatMap(({ files }) => files))('serves %s, and every link in it leads somewhere', async (file) => {
    const { status, text, headers } = await get(pageAddress(file));
    expect(faults).toEqual([]);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(text).not.toMatch(/\u{e000}|https?:\/\/[^"]*\.(?:js|css)"/u);
    const ids = new Map<string, Set<string>>();
    for (const [, link = ''] of text.matchAll(/href="([^"]*)"/g)) {
      if (link.startsWith('http') || link === '/docs/control') continue;
      const [address = '', anchor] = link.split('#', 2);
      const target = address === '' ? pageAddress(file) : address;
      if (!ids.has(target)) {
        const page = await get(target);
        expect(page.status, `${file} → ${link}`).toBe(200);
        ids.set(target, new Set([...page.text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '')));
      }
      if (anchor !== undefined) expect(ids.get(target), `${file} → ${link}`).toContain(anchor);
    }
  });

  it('fills in the host, and the key that the reader gives', async () => {
    const plain = await get('/docs/api/track');
    expect(plain.text).toContain('curl -u &quot;$KEY:&quot; &quot;https://cdp.mill.example/v1/track&quot;');
    const filled = await get(`/docs/api/track?key=${key}`);
    expect(filled.text).toContain(`curl -u &quot;${key}:&quot; &quot;https://cdp.mill.example/v1/track&quot;`);
    expect(filled.text).toContain(`href="/docs/api/batch?key=${key}"`);
    const client = await get(`/docs/clients/node?key=${key}`);
    expect(client.text).toContain(`writeKey: '${key}', host: 'https://cdp.mill.example'`);
    expect(client.text).toContain('<td><code>https://cdp-eu.mill.example</code></td>');
    expect(client.text).toContain('<td><code>http://localhost:8080</code></td>');
  });

  it('directs a key of the other region to its own host', async () => {
    const { text } = await get('/docs/snippet?key=eu_a_key_of_a_reader_001');
    expect(text).toContain("'https://cdp-eu.mill.example'");
  });

  it('serves the snippet ready to paste', async () => {
    const { status, text, headers } = await get(`/docs/snippet?key=${key}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text).toMatch(/^<script>[^]*<\/script>\n$/);
    expect(text).toContain(`('cioanalytics', '${key}', 'https://cdp.mill.example')`);
  });

  it.each([
    ['a secret key', 'ak_us_a_secret_key_0001'],
    ['a key that is too short', 'us_short'],
    ['a key that would end a script', "us_</script>'aaaaaaaaa"],
  ])('does not fill in %s', async (_, bad) => {
    const query = encodeURIComponent(bad);
    expect((await get(`/docs/snippet?key=${query}`)).status).toBe(400);
    expect((await get(`/docs/postman/environment.json?key=${query}`)).status).toBe(400);
    const page = await get(`/docs/clients/javascript?key=${query}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(bad);
    expect(page.text).toContain('role="alert"');
  });

  it('serves the OpenAPI document and the Postman files with the reader’s host and key', async () => {
    expect(JSON.parse((await get('/docs/openapi.json')).text)).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: 'https://cdp.mill.example' }],
    });
    const collection = JSON.parse((await get('/docs/postman/collection.json')).text) as { variable: unknown };
    expect(collection.variable).toContainEqual({ key: 'host', value: 'https://cdp.mill.example', type: 'string' });
    const environment = await get(`/docs/postman/environment.json?key=${key}`);
    expect(environment.headers.get('content-disposition')).toContain('leat.postman_environment.json');
    expect(JSON.parse(environment.text)).toMatchObject({
      values: [
        { key: 'host', value: 'https://cdp.mill.example' },
        { key: 'key', value: key },
      ],
    });
  });

  it('answers 404 with the navigation, 405 to other methods, and leaves other addresses alone', async () => {
    const missing = await get('/docs/api/nothing');
    expect(missing.status).toBe(404);
    expect(missing.text).toContain('href="/docs/api/track"');
    expect((await fetch(`${url}/docs`, { method: 'POST' })).status).toBe(405);
    for (const address of ['/', '/v1/track', '/docsy', '/docs/control', '/docs/control.css'])
      expect((await get(address)).status, address).toBe(418);
  });
});
