import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../test/support/browser-client.ts';
import { commandLine, mainFile } from '../../test/support/command-line.ts';
import { startServer } from '../../test/support/server.ts';
import { waitFor } from '../../test/support/wait-for.ts';

describe('leat demo', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'leat-demo-test-'));
  const folder = path.join(root, 'demo');
  const cli = commandLine({ url: 'http://127.0.0.1:9' }, path.join(root, 'none'));
  const once = (...more: string[]) => cli.spawned(['demo', '--once', '--json', '--data-dir', folder, ...more]);
  let first: any;
  beforeAll(async () => {
    const run = await once('--seed', '7', '--days', '3');
    expect(run).toMatchObject({ code: 0, err: '' });
    first = run.json;
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('leaves people, companies, rejections and dead letters, and a ledger that balances', () => {
    expect(first).toMatchObject({ balanced: true, pending: 0 });
    for (const name of ['people', 'objects', 'rejections', 'deadLetters', 'accepted'])
      expect(first[name], name).toBeGreaterThan(0);
    expect(readdirSync(path.join(folder, 'archive')).some((name) => name.startsWith('date='))).toBe(true);
  });

  it('goes on with a folder that it made, sends nothing twice and lets the owner in', async () => {
    const { json, code } = await once('--seed', '8', '--days', '9');
    expect(code).toBe(0);
    const { owner: _, url: __, ...counts } = first;
    expect(json).toMatchObject(counts);
    const server = await startServer({ dataDir: json.dataDir });
    try {
      const browser = openBrowser(server.url);
      expect(await browser.call('POST', 'session', json.owner)).toMatchObject({ status: 200 });
      const types = (await browser.call('GET', 'objects')).body.items;
      expect(types).toMatchObject([{ name: 'Companies' }]);
    } finally {
      await server.dispose();
    }
  });

  it('keeps away from a folder with something else in it', async () => {
    writeFileSync(path.join(root, 'precious.txt'), 'mine');
    const run = await cli.spawned(['demo', '--once', '--data-dir', root]);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('Give --data-dir an empty') as string });
  });

  it('sends live calls until Ctrl-C, then ends in order and leaves no temporary folder', async () => {
    const child = spawn(process.execPath, [mainFile, 'demo', '--days', '1', '--rate', '50', '--no-color'], {
      env: cli.environment(),
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await waitFor('live traffic', () => Promise.resolve(out.includes('Ctrl-C ends it')), {
      withinMs: 45_000,
    });
    const made = /folder +(\S+)/.exec(out)?.[1] ?? '';
    expect(existsSync(made)).toBe(true);
    child.kill('SIGINT');
    expect(await ended, out).toBe(0);
    expect(out).toContain('the ledger balances.\n');
    expect(out).toMatch(/Ended after [\d,]+ events/);
    expect(existsSync(made)).toBe(false);
  }, 60_000);
});
