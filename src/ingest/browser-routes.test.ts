import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIngestServer } from '../../test/support/ingest-server.ts';
import type { IngestServer } from '../../test/support/ingest-server.ts';
import { rawRequest } from '../../test/support/raw-request.ts';

let server: IngestServer;
beforeAll(async () => {
  server = await openIngestServer({ settings: { regionHosts: { eu: 'cdp-eu.example.com' } } });
});
afterAll(() => server.close());

const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Response> =>
  fetch(server.url + path, { method, headers });

describe('the settings document', () => {
  it("has one integration, and names this server to Customer.io's clients", async () => {
    const { key } = await server.addSource({ kind: 'javascript' });
    const response = await get(`/v1/projects/${key}/settings`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('public, max-age=120');
    const apiHost = `127.0.0.1:${server.port}/v1`;
    expect(await response.json()).toEqual({
      integrations: {
        'Customer.io Data Pipelines': { apiKey: key, apiHost, protocol: 'http', addBundledMetadata: false },
      },
      plan: {},
      edgeFunction: {},
      middlewareSettings: {},
      metrics: { sampleRate: 0 },
      remotePlugins: [],
    });
  });

  it("names itself Segment.io, and only that, to a source of Segment's family", async () => {
    const { key } = await server.addSource({ family: 'segment' });
    const { integrations } = (await (await get(`/v1/projects/${key}/settings`)).json()) as {
      readonly integrations: object;
    };
    expect(Object.keys(integrations)).toEqual(['Segment.io']);
  });

  it("names the host of the key's own region", async () => {
    const { key } = await server.addSource({ key: 'eu_copied_from_there' });
    for (const one of [key, 'eu_unknown_here'])
      expect(await (await get(`/v1/projects/${one}/settings`)).json()).toMatchObject({
        integrations: { 'Customer.io Data Pipelines': { apiHost: 'cdp-eu.example.com/v1', protocol: 'https' } },
      });
  });

  it('is there for keys that open nothing, so that their calls show up as unrecognised', async () => {
    const { key } = await server.addSource({ enabled: false });
    for (const one of [key, 'us_unknown_key'])
      expect(await (await get(`/v1/projects/${one}/settings`)).json()).toMatchObject({
        integrations: { 'Customer.io Data Pipelines': { apiKey: one } },
      });
  });

  it('is never there for secret keys, whose owner gets to see that they are out', async () => {
    const { key, id } = await server.addSource({ key: 'ak_us_in_a_web_page' });
    for (const path of [`/v1/projects/${key}/settings`, `/v1/analytics-js/snippet/${key}/analytics.min.js`]) {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain(key);
    }
    expect((await get('/v1/projects/ak_us_nobodys/settings')).status).toBe(404);
    const [rejection] = await server.rejections(id);
    expect(rejection).toMatchObject({ reason: 'secret_key_exposed', sourceId: id });
    expect(JSON.stringify(rejection)).not.toContain('in_a_web_page');
  });

  it('answers HEAD, and 400 when the Host cannot be used', async () => {
    const { key } = await server.addSource();
    const head = await get(`/v1/projects/${key}/settings`, {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100);
    const poisoned = `GET /v1/projects/${key}/settings HTTP/1.1\r\nHost: evil.example/x\r\nConnection: close\r\n\r\n`;
    expect(await rawRequest(server.port, poisoned)).toMatchObject({ status: 400 });
  });
});

describe('the browser client', () => {
  it('is served with its key written in, compressed for those who take it', async () => {
    const { key } = await server.addSource();
    const path = `/v1/analytics-js/snippet/${key}/analytics.min.js`;
    const plain = await rawRequest(server.port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(plain?.body).toContain(`window.analyticsWriteKey="${key}"`);
    expect(plain?.body).not.toContain('"__WRITE_KEY__"');
    expect(plain?.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
    const compressed = await get(path, { 'accept-encoding': 'gzip' });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(await compressed.text()).toBe(plain?.body);
  });

  it('is not sent again to those who have it', async () => {
    const { key } = await server.addSource();
    for (const path of [`/v1/analytics-js/snippet/${key}/analytics.min.js`, '/v1/analytics-js/407.js']) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
      expect((await get(path, { 'if-none-match': `"other", ${etag.slice(2)}` })).status).toBe(304);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it.each(['us_unknown', '%22%3Balert(1)%3B%22', '</script>'.replaceAll('/', '%2F')])(
    'is served as it is for %s, which is no key of harmless characters or nobody knows',
    async (key) => {
      const response = await get(`/v1/analytics-js/snippet/${key}/analytics.min.js`);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('window.analyticsWriteKey="__WRITE_KEY__"');
    },
  );

  it("is Segment's for a source of that family", async () => {
    const segment = await server.addSource({ family: 'segment' });
    const customerio = await server.addSource();
    const text = async ({ key }: { readonly key: string }) =>
      (await get(`/analytics.js/v1/${key}/analytics.min.js`)).text();
    expect(await text(segment)).toContain('/analytics-next/bundles/');
    expect(await text(customerio)).toContain('/v1/analytics-js/');
  });

  it('finds its chunks, and nothing else of the package', async () => {
    for (const file of ['407.js', '573.js', 'ajs-destination.js', 'inAppPlugin.js', 'schemaFilter.js'])
      expect((await get(`/v1/analytics-js/${file}`)).status).toBe(200);
    for (const file of ['..%2F..%2Fpackage.json', 'package.json', 'standalone.js.gz', '__proto__', 'nothing.js'])
      expect((await get(`/v1/analytics-js/${file}`)).status).toBe(404);
  });

  it("finds Segment's chunks under their hashed names, to be kept for good", async () => {
    const { key } = await server.addSource({ family: 'segment' });
    const script = await (await get(`/analytics.js/v1/${key}/analytics.min.js`)).text();
    const hash = /\b50:"([\da-f]{20})"/.exec(script)?.[1];
    const chunk = await get(`/analytics-next/bundles/ajs-destination.bundle.${hash}.js`);
    expect(chunk.status).toBe(200);
    expect(chunk.headers.get('cache-control')).toContain('immutable');
  });

  it('is the same compressed and not', async () => {
    const raw = await fetch(`${server.url}/v1/analytics-js/573.js`, { headers: { 'accept-encoding': 'identity' } });
    const answer = await rawGzip('/v1/analytics-js/573.js');
    expect(gunzipSync(answer).toString()).toBe(await raw.text());
  });
});

/** The body as it comes over the wire to a client that takes gzip. */
async function rawGzip(path: string): Promise<Buffer> {
  const { get: httpGet } = await import('node:http');
  return new Promise((resolve, reject) => {
    httpGet(server.url + path, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    }).on('error', reject);
  });
}
