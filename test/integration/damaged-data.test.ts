// A data folder that is not whole: the start says what is wrong in one sentence, and ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, rmSync, writeSync, closeSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, repositoryRoot, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  for (let n = 0; n < 5; n++) {
    const answer = await fetch(`${server.url}/v1/identify`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${server.writeKey}:`).toString('base64')}` },
      body: JSON.stringify({ userId: `u${n}` }),
    });
    expect(answer.status).toBe(200);
  }
  await waitFor('the workspace to be up to date', async () => {
    const status = await fetch(`${server.url}/api/v1/status`, { headers: { authorization: `Bearer ${adminToken}` } });
    const { workspace } = (await status.json()) as { workspace: { cursors: { offset: number }[] } };
    return workspace.cursors[0]?.offset === 6;
  });
  await server.stop();
});
afterAll(() => server.dispose());

/** Starts on the folder and waits for the end that must come. */
async function failedStart(): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, [path.join(repositoryRoot, 'src/main.ts'), 'start'], {
    env: { PATH: process.env['PATH'], LEAT_DATA_DIR: server.dataDir, LEAT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  try {
    const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(20_000) })) as [number | null];
    return { code, printed };
  } finally {
    child.kill('SIGKILL');
  }
}

describe('a start on a damaged data folder', () => {
  it('is refused when the log was lost under the workspace', async () => {
    const log = path.join(server.dataDir, 'log');
    for (const file of readdirSync(log)) rmSync(path.join(log, file), { recursive: true });
    const { code, printed } = await failedStart();
    expect(printed).toMatch(/workspace\.db has come to offset 6, but the event log ends at 1/);
    expect(printed).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });

  it('is refused when a store is no database any more', async () => {
    const file = openSync(path.join(server.dataDir, 'workspace.db'), 'r+');
    writeSync(file, Buffer.alloc(200, 7), 0, 200, 0);
    closeSync(file);
    const { code, printed } = await failedStart();
    expect(printed).toMatch(/workspace\.db: file is not a database/);
    expect(code).toBe(1);
  });
});
