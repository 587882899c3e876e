// A real Leat server in a process of its own, on a data folder that outlives it.
//
// It is found through `<data folder>/server.json` and counts as started when /readyz says so. `kill` is kill -9: nothing
// in the server gets a chance to tidy up. Whatever a test leaves running dies with the test's process.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledFolder } from '../../src/config/compile-cache.ts';
import { serverNodeEnvironment, serverNodeFlags } from '../../src/config/node-flags.ts';
import { controlClient } from './control-client.ts';
import type { ControlClient } from './control-client.ts';
import { GiveUp, waitFor } from './wait-for.ts';

export const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const mainFile = path.join(repositoryRoot, 'src', 'main.ts');

export const adminToken = 'admin-token-for-tests-0001';
const writeKey = 'us_write_key_for_tests_0001';

export interface ServerOptions {
  /** A folder to reuse; a new one under the system's temporary folder by default. */
  readonly dataDir?: string;
  /** Settings as environment, over the ones every test server gets. */
  readonly settings?: Readonly<Record<string, string>>;
  /** More environment that is no setting of Leat, such as NODE_OPTIONS. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 20000 */
  readonly readyWithinMs?: number;
}

export interface TestServer {
  /** Stays the same over restarts. */
  readonly url: string;
  /** Of the running process; changes with a restart. */
  readonly pid: number;
  readonly dataDir: string;
  readonly control: ControlClient;
  /** Key of the first source. */
  readonly writeKey: string;
  /** What the processes printed so far, both streams. */
  output(): string;
  /** Whether the process is alive. */
  running(): boolean;
  /** Asks it to end (SIGTERM) and waits; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts again on the same folder and settings. Resolves with the milliseconds until it was ready. */
  start(): Promise<number>;
  /** Stops what runs and removes the folder when this server made it. */
  dispose(): Promise<void>;
}

const started = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts a server and waits until it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'leat-test-')));
  let child: ChildProcess | undefined;
  let url = '';
  let printed = '';
  const note = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-200_000);
  };
  const running = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    if (!child || !running()) return child?.exitCode ?? null;
    const ended = child;
    const gone = new Promise<void>((resolve) => ended.once('exit', () => resolve()));
    ended.kill(signal);
    await gone;
    return ended.exitCode;
  };

  const start = async (): Promise<number> => {
    if (running()) throw new Error('The server is already running.');
    const began = performance.now();
    const spawned = spawn(process.execPath, [...serverNodeFlags, mainFile, 'start'], {
      cwd: repositoryRoot,
      env: { ...serverEnvironment(dataDir, options), ...(url && { LEAT_PORT: new URL(url).port }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = spawned;
    started.add(spawned);
    spawned.once('exit', () => started.delete(spawned));
    spawned.stdout.on('data', note);
    spawned.stderr.on('data', note);
    try {
      url = await waitFor('the server to be ready', () => readyUrl(dataDir, spawned), {
        withinMs: options.readyWithinMs ?? 20_000,
      });
    } catch (error) {
      const state = running() ? 'still running' : `ended with ${spawned.exitCode ?? spawned.signalCode}`;
      await end('SIGKILL');
      throw new Error(`The server did not become ready (${state}). It printed:\n${printed.slice(-4000)}`, {
        cause: error,
      });
    }
    return performance.now() - began;
  };

  await start();
  return {
    get url() {
      return url;
    },
    get pid() {
      return child?.pid ?? -1;
    },
    dataDir,
    control: controlClient(() => url, adminToken),
    writeKey: options.settings?.['LEAT_WRITE_KEY'] ?? writeKey,
    output: () => printed,
    running,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
    start,
    dispose: async () => {
      await end('SIGKILL');
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a server that a test starts gets: nothing of the caller's shell that is a setting. */
export function serverEnvironment(dataDir: string, options: ServerOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      // Settings and test switches of the caller's shell must not leak in; vitest's variables change how Node runs.
      !/^(LEAT_|VITEST|NODE_OPTIONS$|NODE_ENV$|TEST$)/.test(entry[0]),
  );
  return {
    ...serverNodeEnvironment,
    NODE_COMPILE_CACHE: compiledFolder,
    ...Object.fromEntries(inherited),
    LEAT_PORT: '0',
    LEAT_HOST: '127.0.0.1',
    LEAT_DATA_DIR: dataDir,
    LEAT_ADMIN_TOKEN: adminToken,
    LEAT_WRITE_KEY: writeKey,
    LEAT_PRIVATE_DESTINATIONS: 'true',
    LEAT_LOG_LEVEL: 'warn',
    ...options.settings,
    ...options.environment,
  };
}

/** Address of the ready server, or null while it is not; throws when the process has ended. */
async function readyUrl(dataDir: string, child: ChildProcess): Promise<string | null> {
  const text = await readFile(path.join(dataDir, 'server.json'), 'utf8').catch(() => null);
  if (child.exitCode !== null || child.signalCode !== null) throw new GiveUp('The process has ended.');
  if (text === null || text === '') return null;
  const { url, pid } = JSON.parse(text) as { readonly url: string; readonly pid: number };
  // The file of an earlier, killed process may still lie there.
  if (pid !== child.pid) return null;
  const answer = await fetch(`${url}/readyz`);
  await answer.arrayBuffer();
  return answer.status === 200 ? url : null;
}
