// A Leat in this process, on real engines in a folder of its own: for tests of the control API that want to reach
// behind it. The log writes on its thread; everything else is on this one.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAdmin } from '../../src/admin/create-admin.ts';
import { parseSettings } from '../../src/config/parse-settings.ts';
import { ensureFirstSource, workspaceDestinationId } from '../../src/control/first-source.ts';
import type { AccountStore } from '../../src/control/account-store.ts';
import type { ControlStore } from '../../src/control/control-store.ts';
import type { IntakeStore } from '../../src/control/intake-store.ts';
import type { Destination } from '../../src/control/model.ts';
import { SourceDirectory } from '../../src/control/source-directory.ts';
import { openControlDatabase } from '../../src/control/sqlite/open-control-database.ts';
import type { ControlDatabase } from '../../src/control/sqlite/open-control-database.ts';
import { DeliveryService } from '../../src/delivery/delivery-service.ts';
import { openSqliteDelivery } from '../../src/delivery/sqlite/sqlite-delivery.ts';
import { registry as shipped } from '../../src/destinations/registry.ts';
import type { DestinationRegistry } from '../../src/destinations/registry.ts';
import { TrustedProxies } from '../../src/ingest/client-address.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createPressureCell } from '../../src/lib/pressure.ts';
import { connect, expose } from '../../src/lib/rpc.ts';
import type { EventLog } from '../../src/log/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import { openConfigurationFeed } from '../../src/server/configuration-feed.ts';
import { connectionFacts } from '../../src/server/connection-facts.ts';
import type { Logger } from '../../src/telemetry/logger.ts';
import { workspaceActions } from '../../src/workspace/default-actions.ts';
import { WorkspaceProcessor } from '../../src/workspace/processor.ts';
import { openSqliteWorkspace } from '../../src/workspace/sqlite/open-sqlite-workspace.ts';
import { openSqliteWorkspaceReader } from '../../src/workspace/sqlite/sqlite-workspace-reader.ts';
import { defaultWorkspaceSettings } from '../../src/workspace/workspace-settings.ts';
import { waitFor } from './wait-for.ts';

export const operatorToken = 'operator-token-for-tests-1';

export interface ControlServer {
  readonly url: string;
  readonly folder: string;
  readonly database: ControlDatabase;
  readonly log: EventLog;
  /** Key of the first source. */
  readonly writeKey: string;
  readonly sourceId: string;
  /** A call of the control API, as the operator unless another token (or null for none) is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Sends calls to the ingest API. */
  send(path: string, body: unknown, options?: { readonly key?: string; readonly strict?: boolean }): Promise<Response>;
  /** Resolves when the workspace has applied everything that is in the log now. */
  applied(): Promise<void>;
  close(): Promise<void>;
}

interface CallOptions {
  readonly body?: unknown;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined when there is none. */
  // Tests look into answers of every shape.
  readonly body: any;
}

/** Only what should not happen is printed. */
const logger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };
const dayMs = 86_400_000;

export async function startControlServer(
  settingsText: Readonly<Record<string, string>> = {},
  registry: DestinationRegistry = shipped,
): Promise<ControlServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-control-'));
  const settings = parseSettings({ LEAT_DATA_DIR: folder, LEAT_PRIVATE_DESTINATIONS: 'true', ...settingsText });
  const log = await openSqliteLog({
    folder: path.join(folder, 'log'),
    dedupWindowMs: 7 * dayMs,
    dedupMemoryBytes: 16 * 2 ** 20,
  });
  const database = openControlDatabase(path.join(folder, 'control.db'), { clock: systemClock });
  // Over a port, as the server has it: what is no plain data fails here too.
  const { port1, port2 } = new MessageChannel();
  expose(port1, { control: database.control, accounts: database.accounts, intake: database.intake });
  const rpc = connect(port2);
  const control = rpc.remote<ControlStore>('control');
  const accounts = rpc.remote<AccountStore>('accounts');
  const intake = rpc.remote<IntakeStore>('intake');
  const pressure = createPressureCell();
  const store = openSqliteDelivery(path.join(folder, 'delivery.db'));
  const workspaceFile = path.join(folder, 'workspace.db');
  const workspaceStore = openSqliteWorkspace(workspaceFile);
  const workspace = openSqliteWorkspaceReader(workspaceFile);
  const failed = (error: unknown): void => {
    throw error;
  };
  const delivery = new DeliveryService({
    log,
    store,
    registry,
    settings: { allowPrivateAddresses: true, disabledHoldDays: 7, codeVersion: 'test' },
    pressure,
    clock: systemClock,
    report: () => {},
    failed,
  });
  const first = await ensureFirstSource(control, {
    region: settings.LEAT_REGION,
    writeKey: settings.LEAT_WRITE_KEY,
    workspaceActions: workspaceActions(),
    now: systemClock.now(),
  });
  const directory = new SourceDirectory();
  const processor = new WorkspaceProcessor({
    log,
    store: workspaceStore,
    actions: await workspaceOf(control),
    settings: defaultWorkspaceSettings,
    pressure,
    clock: systemClock,
    logger,
  });
  const processing = new AbortController();
  const processed = processor.run(processing.signal);
  let started = false;
  const configuration = await openConfigurationFeed(
    control,
    async (snapshot) => {
      directory.update(snapshot);
      processor.setActions(await workspaceOf(control));
      if (started) await delivery.reconfigure(snapshot);
      else await delivery.start(snapshot);
      started = true;
    },
    logger,
  );
  const ingest = createIngest({
    log,
    directory,
    intake,
    settings: {
      region: settings.LEAT_REGION,
      regionHosts: settings.LEAT_REGION_HOSTS,
      publicUrl: null,
      trustedProxies: [],
      hardRateLimit: 0,
    },
    clock: systemClock,
    onFault: failed,
  });
  const admin = await createAdmin({
    control: configuration.store,
    accounts,
    intake,
    workspace,
    delivery: store,
    deliveryControl: delivery,
    log,
    appender: log,
    registry,
    settings,
    adminToken: operatorToken,
    connection: connectionFacts(new TrustedProxies(settings.LEAT_TRUSTED_PROXIES)),
    clock: systemClock,
    version: 'test',
    logger,
  });
  await admin.ready();
  const server = createServer((request, response) => {
    if (!ingest.handle(request, response)) admin.routing(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const writeKey = first.key?.key ?? '';

  return {
    url,
    folder,
    database,
    log,
    writeKey,
    sourceId: first.source.id,
    call: async (method, apiPath, { body, token = operatorToken, headers = {} } = {}) => {
      const response = await fetch(`${url}/api/v1/${apiPath}`, {
        method,
        headers: {
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
      const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
      return { status: response.status, headers: response.headers, text, body: parsed };
    },
    send: (ingestPath, body, { key = writeKey, strict = false } = {}) =>
      fetch(url + ingestPath, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${key}:`)}`, ...(strict && { 'x-strict-mode': '1' }) },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    applied: async () => {
      const { end } = await log.range(0);
      await waitFor('the workspace to catch up', async () => ((await workspace.cursors())[0]?.offset ?? 0) >= end, {
        everyMs: 5,
      });
    },
    close: async () => {
      await admin.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await ingest.close();
      await configuration.close();
      processing.abort();
      await processed;
      await workspace.close();
      await workspaceStore.close();
      await delivery.stop();
      await store.close();
      rpc.close();
      await database.close();
      await log.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function workspaceOf(control: Pick<ControlStore, 'snapshot'>): Promise<Destination> {
  const { destinations } = await control.snapshot();
  const workspace = destinations.find(({ id }) => id === workspaceDestinationId);
  if (!workspace) throw new Error('There is no workspace among the destinations.');
  return workspace;
}
