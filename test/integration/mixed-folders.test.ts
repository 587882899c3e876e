// Data folders whose parts do not belong together, or that a killed server left behind: what the next start makes of them.
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { repositoryRoot, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
let other: TestServer;
let folder: string;
beforeAll(async () => {
  [server, other] = await Promise.all([startServer({ settings: { LEAT_LOG_LEVEL: 'info' } }), startServer()]);
  folder = mkdtempSync(path.join(tmpdir(), 'leat-mixed-'));
  await send(server, 5);
  await send(other, 20);
});
afterAll(async () => {
  await Promise.all([server.dispose(), other.dispose()]);
  rmSync(folder, { recursive: true });
});

async function send({ url, writeKey }: TestServer, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const answer = await fetch(`${url}/v1/identify`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
      body: JSON.stringify({ userId: `u${n}` }),
    });
    expect(answer.status).toBe(200);
  }
}

interface SourcePage {
  readonly items: readonly { readonly activity: { readonly accepted: number } }[];
}
const accepted = async (): Promise<number | undefined> =>
  (await server.control.get<SourcePage>('sources')).items[0]?.activity.accepted;

describe('a source’s counter', () => {
  it('has what was stored right before a kill', async () => {
    await waitFor('the first calls to be counted', async () => (await accepted()) === 5);
    await send(server, 3);
    await server.kill();
    await server.start();
    expect(await accepted()).toBe(8);
  });
});

describe('a start', () => {
  it('is refused beside another log, also when that one is longer', async () => {
    await Promise.all([server.stop(), other.stop()]);
    const [log, kept] = [path.join(server.dataDir, 'log'), path.join(folder, 'log')];
    cpSync(log, kept, { recursive: true });
    rmSync(log, { recursive: true });
    cpSync(path.join(other.dataDir, 'log'), log, { recursive: true });
    const child = spawn(process.execPath, [path.join(repositoryRoot, 'src/main.ts'), 'start'], {
      env: { PATH: process.env['PATH'], LEAT_DATA_DIR: server.dataDir, LEAT_PORT: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    try {
      await once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
    } finally {
      child.kill('SIGKILL');
    }
    expect(printed).toMatch(/workspace\.db belongs to another event log .* Restore the whole data folder/);
    rmSync(log, { recursive: true });
    renameSync(kept, log);
  });

  it('says when control.db is gone, and so does the doctor', async () => {
    const control = path.join(server.dataDir, 'control.db');
    for (const file of ['', '-wal', '-shm']) rmSync(control + file, { force: true });
    await server.start();
    // It is ready a moment before it has printed so.
    await waitFor('the greeting', () => server.output().includes('Warning: '));
    expect(server.output()).toMatch(
      /Warning: \S+control\.db was missing, although the event log holds events up to offset 8/,
    );
    const { out } = await commandLine(server, folder).leat(['doctor']);
    expect(out).toMatch(/! The log holds events of 1 source not configured, and no deletion is on record/);
    await server.stop();
  });

  it('is short from the second on', async () => {
    const before = server.output().length;
    await server.start();
    // It is ready a moment before it has printed so.
    await waitFor('the greeting', () => server.output().slice(before).includes('listens at'));
    const printed = server.output().slice(before);
    expect(printed).not.toContain('Send a first call');
    expect(printed).not.toContain('was missing');
    await server.stop();
    expect(server.output()).toMatch(/"msg":"Stopped\."\}\s*$/);
  });
});
