import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConsole } from './create-console.ts';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the console over HTTP', () => {
  let folder: string;
  let server: Server;
  let url: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leat-console-'));
    const faults: unknown[] = [];
    const console = createConsole({
      folder: path.join(folder, 'dist'),
      stateFile: path.join(folder, 'build.json'),
      onFault: (error) => faults.push(error),
    });
    server = createServer((req, res) => {
      if (!console.handle(req, res)) res.writeHead(404).end('not mine');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const build = async (stamp = 'one', page = '<h1>console</h1>'): Promise<void> => {
    const assets = path.join(folder, 'dist', 'assets');
    await mkdir(assets, { recursive: true });
    await writeFile(path.join(folder, 'dist', 'index.html'), page);
    await writeFile(path.join(assets, 'index-1.js'), 'run()');
    await writeFile(path.join(assets, 'index-1.js.br'), brotliCompressSync('run()'));
    await writeFile(path.join(folder, 'dist', '.built'), stamp);
  };

  it('gives browsers its page at every address that nobody else owns', async () => {
    await build();
    for (const address of ['/', '/people/ann@example.com', '/first-run?token=x']) {
      const answer = await fetch(`${url}${address}`, { headers: browser });
      expect([address, answer.status, await answer.text()]).toEqual([address, 200, '<h1>console</h1>']);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('leaves the API, changes, and clients that take no HTML alone', async () => {
    await build();
    expect(await (await fetch(`${url}/api/v1/nothing`, { headers: browser })).text()).toBe('not mine');
    expect(await (await fetch(`${url}/sources`, { method: 'POST', headers: browser })).text()).toBe('not mine');
    expect(await (await fetch(`${url}/favicon.ico`, { headers: { accept: 'image/*' } })).text()).toBe('not mine');
  });

  it('lets files be kept for ever, compressed for who takes that', async () => {
    await build();
    const answer = await fetch(`${url}/assets/index-1.js`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(await answer.text()).toBe('run()');
    const plain = await fetch(`${url}/assets/index-1.js`, { headers: { 'accept-encoding': 'br;q=0' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe('run()');
  });

  it('answers 304 to who has the page as it is', async () => {
    await build();
    const etag = (await fetch(`${url}/`)).headers.get('etag') ?? '';
    // `no-store` keeps fetch from answering by itself.
    const again = await fetch(`${url}/`, { headers: { 'if-none-match': etag }, cache: 'no-store' });
    expect(again.status).toBe(304);
  });

  it('says 404 for a file that is not there, also outside its folder', async () => {
    await build();
    expect((await fetch(`${url}/assets/gone-2.js`)).status).toBe(404);
    expect((await fetch(`${url}/assets/%2e%2e/.built`)).status).not.toBe(200);
    expect((await fetch(`${url}/assets/..%2f.built`)).status).toBe(404);
  });

  it('allows scripts from itself only, and no frame around it', async () => {
    await build();
    const { headers } = await fetch(`${url}/`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('waits for the build with a page that looks again by itself, and then shows the console', async () => {
    await writeFile(path.join(folder, 'build.json'), JSON.stringify({ state: 'building', pid: process.pid }));
    const waiting = await fetch(`${url}/sources`, { headers: browser });
    expect(waiting.status).toBe(503);
    const page = await waiting.text();
    expect(page).toContain('<h1>The console is being built</h1>');
    expect(page).toContain('<meta http-equiv="refresh" content="2">');
    await build();
    expect(await (await fetch(`${url}/sources`, { headers: browser })).text()).toBe('<h1>console</h1>');
  });

  it('says why the build failed and how to mend it', async () => {
    await writeFile(path.join(folder, 'build.json'), JSON.stringify({ state: 'failed', message: 'npm <b> ended' }));
    const page = await (await fetch(`${url}/`, { headers: browser })).text();
    expect(page).toContain('<h1>The console could not be built</h1>');
    expect(page).toContain('npm &lt;b&gt; ended');
    expect(page).toContain('scripts/build-console.mjs');
  });

  it('shows a newer build without a restart', async () => {
    await build();
    await fetch(`${url}/`);
    await build('two', '<h1>newer</h1>');
    expect(await (await fetch(`${url}/`, { headers: browser })).text()).toBe('<h1>newer</h1>');
  });
});
