// Which server a command talks to, and by which token.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CliEnvironment } from '../config/cli-environment.ts';
import { CliError, exitCodes } from './cli-error.ts';

export interface Access {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly token: string | null;
  /** Where the token was found, or why there is none. */
  readonly tokenFrom: string;
  /** What to do when the server does not take it. */
  readonly tokenRemedy: string;
}

/**
 * The server: `--url`, LEAT_URL, the one that runs on the data folder, or localhost at LEAT_PORT or 8080. The token: LEAT_ADMIN_TOKEN, or
 * the data folder's; that one only for a server on this machine, since it belongs to no other.
 */
export async function findAccess(environment: CliEnvironment, urlOption: string | undefined): Promise<Access> {
  const given = urlOption ?? environment.url;
  const url = parseUrl(
    given ?? (await runningServer(environment.dataDir)) ?? `http://localhost:${environment.port ?? 8080}`,
  );
  if (environment.token !== null)
    return {
      url,
      token: environment.token,
      tokenFrom: 'LEAT_ADMIN_TOKEN',
      tokenRemedy: 'Set it to a token of that server, or unset it to use the one in the data folder.',
    };
  const file = path.join(environment.dataDir, 'admin-token');
  if (!isLocal(url))
    return {
      url,
      token: null,
      tokenFrom: `LEAT_ADMIN_TOKEN is not set, and ${file} is only used for a server on this machine`,
      tokenRemedy: 'Set LEAT_ADMIN_TOKEN to a token of that server.',
    };
  const token = await readOptional(file);
  return {
    url,
    token: token?.trim() ?? null,
    tokenFrom: token === null ? `LEAT_ADMIN_TOKEN is not set, and there is no ${file}` : file,
    tokenRemedy:
      'Run it where the server was started, or set LEAT_DATA_DIR to the server’s data folder, or LEAT_ADMIN_TOKEN to a token of it.',
  };
}

/** Address that the server on this folder wrote when it began to listen; it may have stopped since. */
async function runningServer(dataDir: string): Promise<string | null> {
  const text = await readOptional(path.join(dataDir, 'server.json'));
  if (text === null) return null;
  try {
    const { url } = JSON.parse(text) as { readonly url?: unknown };
    return typeof url === 'string' ? url : null;
  } catch (cause) {
    // Read while it is being written: the default address is as good a guess.
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CliError(`"${text}" is no address of a server.`, {
      hint: 'Give --url or LEAT_URL as http://host:port or https://host.',
      exitCode: exitCodes.usage,
    });
  return url.origin + url.pathname.replace(/\/+$/, '');
}

const isLocal = (url: string): boolean => {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
};

async function readOptional(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'EACCES')
      throw new CliError(`${file} cannot be read by this user.`, {
        hint: 'Run as the user that runs the server, or set LEAT_ADMIN_TOKEN.',
        cause: error,
      });
    throw error;
  }
}
