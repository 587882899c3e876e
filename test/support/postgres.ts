// A private PostgreSQL server on loopback, in a temporary folder, as an unprivileged user. It syncs nothing: its data
// is gone with the test.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePorts } from './free-ports.ts';
import { waitFor } from './wait-for.ts';

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends it at once, as a crash would. `start` brings it back with its data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const debianFolder = '/usr/lib/postgresql';
const user = 'leat';
const password = 'leat-password';

/** Where initdb and postgres are, newest first; null when PostgreSQL is not installed. */
export function findPostgres(): string | null {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder) : [];
  const folders = [
    ...versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => path.join(debianFolder, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
  return folders.find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export async function openPostgres(): Promise<PostgresServer> {
  const bin = findPostgres();
  if (bin === null) throw new Error('PostgreSQL is not installed.');
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-postgres-'));
  const as = unprivileged();
  if (as.uid !== undefined) await chown(folder, as.uid, as.gid);
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  await writeFile(passwordFile, password);
  await promisify(execFile)(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', user, '-A', 'scram-sha-256', '--pwfile', passwordFile, '--no-sync', '-E', 'UTF8', '--no-locale'],
    { ...as, cwd: folder },
  );
  const [port = 0] = await freePorts(1);
  const options = ['-D', data, '-p', String(port), '-k', folder, '-F', '-c', 'listen_addresses=127.0.0.1'];
  let child: ReturnType<typeof spawn> | null = null;
  let ended: Promise<void> = Promise.resolve();

  const query = async (text: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
    await client.connect();
    try {
      const result = await client.query<Record<string, unknown>>(text);
      return result.rows;
    } finally {
      await client.end();
    }
  };
  const start = async (): Promise<void> => {
    const starting = spawn(path.join(bin, 'postgres'), options, { ...as, cwd: folder, stdio: 'ignore' });
    child = starting;
    ended = new Promise((resolve) => starting.on('close', () => resolve()));
    await waitFor('PostgreSQL to answer', () => query('SELECT 1'), { withinMs: 30_000 });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child?.kill(signal);
    await ended;
  };
  await start();
  return {
    host: '127.0.0.1',
    port,
    user,
    password,
    database: 'postgres',
    query,
    start,
    kill: () => end('SIGQUIT'),
    async close() {
      await end('SIGQUIT');
      await waitFor('its files to be let go', async () => !(await readdir(data)).includes('postmaster.pid'));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
