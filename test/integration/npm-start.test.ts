// `npm start` under a process manager, which knows the process of npm only.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { repositoryRoot, serverEnvironment } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'leat-npm-start-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Signals as a process manager sends them, and as a terminal does: to every process of the group. */
it.each([
  ['SIGTERM to npm', 'SIGTERM', 'one'],
  ['SIGINT to npm', 'SIGINT', 'one'],
  ['Ctrl-C in a terminal', 'SIGINT', 'group'],
] as const)('ends the server in order on %s', async (_, signal, whom) => {
  const npm = spawn('npm', ['start', '--ignore-scripts'], {
    cwd: repositoryRoot,
    detached: true,
    env: serverEnvironment(dataDir, { settings: { LEAT_LOG_LEVEL: 'info' } }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended = new Promise<void>((resolve) => npm.once('close', () => resolve()));
  try {
    await waitFor('the greeting', async () => out.includes('Leat listens at'), { withinMs: 20_000 });
    const url = /Leat listens at (\S+)/.exec(out)?.[1] ?? '';
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    process.kill(whom === 'group' ? -(npm.pid ?? 0) : (npm.pid ?? 0), signal);
    // Its pipes close when the server itself has ended, whatever became of npm.
    await ended;
    expect(out).toMatch(/Stopped\./);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  } finally {
    if (npm.exitCode === null && npm.signalCode === null) process.kill(-(npm.pid ?? 0), 'SIGKILL');
  }
});
