// What the command line reads from its environment. It is a client, so none of the server's settings count except
// where the server's token may lie.
import path from 'node:path';

export interface CliEnvironment {
  /** LEAT_URL; null when unset. */
  readonly url: string | null;
  /** LEAT_PORT, where a server on this machine listens; null when unset, or no port. */
  readonly port: number | null;
  /** LEAT_ADMIN_TOKEN; null when unset. */
  readonly token: string | null;
  /** LEAT_WRITE_KEY; null when unset. */
  readonly writeKey: string | null;
  /** LEAT_DATA_DIR, as an absolute path. */
  readonly dataDir: string;
  /** Whether NO_COLOR (https://no-color.org) or a dumb terminal forbids colours; null leaves it to the terminal. */
  readonly color: boolean | null;
}

/** Reads an environment; empty values count as unset. */
export function parseCliEnvironment(environment: Readonly<Record<string, string | undefined>>): CliEnvironment {
  const value = (name: string): string | null => environment[name] || null;
  // Kubernetes injects an address under this name for a service called leat.
  const port = /^\d{1,5}$/.test(value('LEAT_PORT') ?? '') ? Number(value('LEAT_PORT')) : 0;
  const forced = value('FORCE_COLOR');
  return {
    url: value('LEAT_URL'),
    port: port > 0 ? port : null,
    token: value('LEAT_ADMIN_TOKEN'),
    writeKey: value('LEAT_WRITE_KEY'),
    dataDir: path.resolve(value('LEAT_DATA_DIR') ?? 'data'),
    color:
      value('NO_COLOR') !== null || environment['TERM'] === 'dumb' ? false : forced === null ? null : forced !== '0',
  };
}

/** The environment of this process. */
export const readCliEnvironment = (): CliEnvironment => parseCliEnvironment(process.env);
