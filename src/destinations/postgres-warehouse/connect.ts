// A connection to the warehouse for one load; and what its errors mean. The driver is loaded when it is first needed.
import type { Client, ClientConfig } from 'pg';
import type { SendContext } from '../destination.ts';
import { SendFailure } from '../outcome.ts';
import { resolveHost } from '../resolve-host.ts';

export interface WarehouseConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string | undefined;
  readonly tls: 'off' | 'required' | 'verified';
}

const connectTimeoutMs = 10_000;
/** Of one statement. A load of thousands of rows takes seconds on a slow server. */
const statementTimeoutMs = 120_000;
/** New columns wait no longer than this for a reader that is at the table; meanwhile other readers wait behind them. */
const lockTimeoutMs = 15_000;

/** Runs `work` with a connection of its own. Rejects with SendFailure, or with the signal's reason. */
export async function withWarehouse<T>(
  { settings, signal, allowPrivateAddresses }: SendContext<WarehouseConnection>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { Client: OpenClient } = (await import('pg')).default;
  const client = new OpenClient(await configOf(settings, allowPrivateAddresses === true));
  // A connection that breaks between two statements says so here; the next statement rejects.
  let broken: Error | null = null;
  client.on('error', (error) => {
    broken = error;
  });
  const stop = (): void => {
    // There is no polite way to leave a statement; without its commit nothing of the load stays.
    client.connection.stream.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    const result = await work(client);
    await client.end();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw toSendFailure(broken ?? error, settings);
  } finally {
    signal.removeEventListener('abort', stop);
    client.connection.stream.destroy();
  }
}

async function configOf(settings: WarehouseConnection, allowPrivate: boolean): Promise<ClientConfig> {
  const { host, port, database, user, password, tls } = settings;
  return {
    host: await resolveHost(host, allowPrivate),
    port,
    database,
    user,
    password: password ?? '',
    ssl: tls === 'off' ? false : { servername: host, rejectUnauthorized: tls === 'verified' },
    application_name: 'leat',
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // For a server that is gone without a word.
    query_timeout: statementTimeoutMs + connectTimeoutMs,
    lock_timeout: lockTimeoutMs,
    keepAlive: true,
  };
}

/** By SQLSTATE or system error; what is not here is told as the server said it. */
const sentences: Readonly<Record<string, (to: WarehouseConnection) => string>> = {
  '28P01': ({ user }) => `The database refused the password of ${user}.`,
  '28000': ({ user }) => `The database does not let ${user} in from here. Check user, password, TLS and pg_hba.conf.`,
  '3D000': ({ database }) => `There is no database "${database}". Create it, or set another one.`,
  '42501': ({ user }) => `${user} lacks a privilege: it has to own the schema, or be allowed to create it.`,
  '53100': () => 'The database’s disk is full.',
  '53300': () => 'The database has no connection to spare.',
  '55P03': () => 'Another session holds a table that needs a new column. It is tried again.',
  ECONNREFUSED: ({ host, port }) =>
    `${host}:${port} refused the connection. Check host and port, and that the database runs.`,
  ETIMEDOUT: ({ host, port }) => `${host}:${port} does not accept connections in time.`,
};

function toSendFailure(error: unknown, settings: WarehouseConnection): unknown {
  if (!(error instanceof Error) || error instanceof SendFailure) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Faults of this code, such as a TypeError, have no code and stay what they are.
  if (code === '' && error.name !== 'Error') return error;
  const reason =
    sentences[code]?.(settings) ?? `The database did not take the load${code && ` (${code})`}: ${error.message}.`;
  return new SendFailure(
    'destination_unavailable',
    { result: 'retry', scope: 'destination', reason },
    { cause: error },
  );
}
