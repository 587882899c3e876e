// The command line as tests run it: in this process, which is fast, or in one of its own, as people do.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import { parseCliEnvironment } from '../../src/config/cli-environment.ts';
import { adminToken, repositoryRoot, startServer } from './server.ts';
import type { ServerOptions, TestServer } from './server.ts';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The first line of stdout, parsed. */
  readonly json: any;
}

type Environment = Readonly<Record<string, string>>;

export interface CommandLine {
  /** What commands find in their environment, under `more`. */
  readonly environment: (more?: Environment) => Environment;
  /** Runs a command in this process. */
  readonly leat: (args: readonly string[], more?: Environment) => Promise<Run>;
  /** Runs a command in a process of its own. */
  readonly spawned: (args: readonly string[], more?: Environment, input?: string) => Promise<Run>;
}

export const mainFile = path.join(repositoryRoot, 'src', 'main.ts');

/** Commands that talk to `server` as its operator and have `folder` for their data folder. */
export function commandLine(server: Pick<TestServer, 'url'>, folder: string): CommandLine {
  const environment = (more: Environment = {}): Environment => ({
    PATH: process.env['PATH'] ?? '',
    LEAT_URL: server.url,
    LEAT_ADMIN_TOKEN: adminToken,
    LEAT_DATA_DIR: folder,
    ...more,
  });
  const toRun = (args: readonly string[], code: number, out: string, err: string): Run => {
    const json: unknown = args.includes('--json') && out !== '' ? JSON.parse(out.split('\n')[0] ?? '') : undefined;
    return { code, out, err, json };
  };
  return {
    environment,
    leat: async (args, more) => {
      const printed = { out: '', err: '' };
      const code = await runCli(['node', 'leat', ...args], {
        start: () => Promise.reject(new Error('not here')),
        openServer: () => Promise.reject(new Error('not here')),
        environment: parseCliEnvironment(environment(more)),
        streams: {
          stdout: { write: (text: string | Uint8Array) => ((printed.out += String(text)), true) },
          stderr: { write: (text: string | Uint8Array) => ((printed.err += String(text)), true) },
        },
      });
      return toRun(args, code, printed.out, printed.err);
    },
    spawned: (args, more, input = '') =>
      new Promise((resolve) => {
        const child = execFile(process.execPath, [mainFile, ...args], { env: environment(more) }, (error, out, err) =>
          resolve(toRun(args, error ? Number(error.code ?? 1) : 0, out, err)),
        );
        child.stdin?.end(input);
      }),
  };
}

export interface CommandLineSuite extends CommandLine {
  /** There while the suite's tests run, as is `folder`. */
  readonly server: TestServer;
  /** The data folder that commands look into; not the server's. */
  readonly folder: string;
}

/** A server and its command line for the suite that calls this. */
export function commandLineSuite(options?: ServerOptions): CommandLineSuite {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-cli-'));
  let server: TestServer;
  let cli: CommandLine;
  beforeAll(async () => {
    server = await startServer(options);
    cli = commandLine(server, folder);
  });
  afterAll(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    get server() {
      return server;
    },
    environment: (...args) => cli.environment(...args),
    leat: (...args) => cli.leat(...args),
    spawned: (...args) => cli.spawned(...args),
  };
}
