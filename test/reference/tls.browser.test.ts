// A client that insists on https: Segment's script, loaded by its snippet address from a server with TLS, in Chromium,
// which speaks HTTP/2 with it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { settled } from '../support/journey.ts';
import { openPageServer } from '../support/page-server.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

describeInChromium('Segment’s snippet, which insists on https', () => {
  let folder: string;
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    const { cert, key } = selfSigned();
    folder = await mkdtemp(path.join(tmpdir(), 'leat-tls-'));
    const [certFile, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
    await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)]);
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), cert]);
    browser = await launchChromium();
    server = await startServer({ settings: { LEAT_TLS_CERT: certFile, LEAT_TLS_KEY: keyFile } });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('loads from Leat and has its calls taken, over HTTP/2', async () => {
    const source = await server.control.createSource({ name: 'https', kind: 'javascript', family: 'segment' });
    const site = await openPageServer({
      '/': `<!doctype html><title>A shop</title><script>
        var analytics = (window.analytics = []);
        analytics._writeKey = '${source.key}';
        analytics.push(['identify', 'https-u1', { plan: 'pro' }], ['track', 'Insisted']);
        </script><script async src="${server.url}/analytics.js/v1/${source.key}/analytics.min.js"></script>`,
    });
    // The certificate is nobody's; Chromium has its own list of whom to trust.
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    try {
      const page = await context.newPage();
      const protocols = new Set<string>();
      const network = await context.newCDPSession(page);
      network.on('Network.responseReceived', ({ response }) => {
        if (response.url.startsWith(`${server.url}/v1/`)) protocols.add(response.protocol ?? 'unknown');
      });
      await network.send('Network.enable');
      await page.goto(site.url);
      await settled(server, source.id, 2);
      expect([...protocols]).toEqual(['h2']);
    } finally {
      await context.close();
      await site.close();
    }
    expect((await server.control.timeline('https-u1')).map(({ name }) => name)).toContain('Insisted');
  });
});
