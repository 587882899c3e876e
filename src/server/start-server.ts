// The composition root: opens the engines on their threads, joins the parts, listens, and takes it all down again in order.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { createAdmin } from '../admin/create-admin.ts';
import type { Settings } from '../config/settings-table.ts';
import { createConsole } from '../console/create-console.ts';
import type { AccountStore } from '../control/account-store.ts';
import type { ControlStore } from '../control/control-store.ts';
import type { IntakeStore } from '../control/intake-store.ts';
import type { DeliveryControl, DeliveryReader } from '../delivery/delivery-reader.ts';
import { TrustedProxies } from '../ingest/client-address.ts';
import { publicOrigin } from '../ingest/public-origin.ts';
import type { Clock } from '../lib/clock.ts';
import { closeInTurn } from '../lib/close-in-turn.ts';
import { createPressureCell } from '../lib/pressure.ts';
import { lockFolder } from '../lib/process-lock.ts';
import type { LogReader } from '../log/event-log.ts';
import { startLogWriter } from '../log/sqlite/log-writer.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { createReference } from '../reference/site/create-reference.ts';
import type { ControlThreadData, ControlThreadPorts } from '../threads/control.thread.ts';
import type { DeliveryThreadData } from '../threads/delivery.thread.ts';
import type { HttpThreadData, HttpThreadPorts } from '../threads/http.thread.ts';
import type { QueryThreadData } from '../threads/query.thread.ts';
import { spawnThread } from '../threads/spawn-thread.ts';
import type { Thread } from '../threads/spawn-thread.ts';
import type { Configurable, HttpPort, RetentionHolder } from '../threads/thread-roles.ts';
import type { WorkspaceThreadData } from '../threads/workspace.thread.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';
import { bindStores } from './bind-stores.ts';
import { checkStores } from './check-stores.ts';
import { controlLost } from './control-lost.ts';
import { connectionFacts } from './connection-facts.ts';
import { openConfigurationFeed } from './configuration-feed.ts';
import { adminTokenOf, openDataFolder, servingProcess } from './data-folder.ts';
import { openDestinationKinds } from './destination-kinds.ts';
import { createFront } from './http/front.ts';
import { answerHandedOver } from './http/hand-over.ts';
import { firstRunLink } from './first-run-link.ts';
import { beginFirstStart } from './first-start.ts';
import type { FirstKey } from './first-start.ts';
import { createReadiness } from './readiness.ts';
import { recountSources } from './recount-sources.ts';
import { keepRetention } from './retention.ts';
import { serverMetrics } from './server-metrics.ts';

export interface RunningServer {
  readonly url: string;
  readonly dataDir: string;
  /** To be shown by the first start that listens; null at every later one. */
  readonly firstKey: FirstKey | null;
  /** What whoever starts it must know, or null. */
  readonly warning: string | null;
  /** One-time link by which the owner is made; null when somebody has a password. */
  readonly firstRunLink: string | null;
  /** Resolves with the error of a thread that ended by itself: the process should end too, a restart recovers everything. */
  readonly lost: Promise<Error>;
  /** Stops in order: no new calls, what was accepted is committed, every file is closed. */
  stop(): Promise<void>;
}

export interface ServerParts {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly version: string;
}

const dayMs = 86_400_000;
const fromRoot = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const threadFile = (name: string): URL => new URL(`../threads/${name}.thread.ts`, import.meta.url);

/** Starts everything; resolves once the port listens. What was opened is closed again when a later step fails. */
export async function startServer({ settings, logger, clock, version }: ServerParts): Promise<RunningServer> {
  const closers: (() => Promise<void> | void)[] = [];
  const stop = (): Promise<void> => closeInTurn(closers.splice(0).reverse());
  const onFault = (error: unknown): void =>
    logger.error(
      { reason: error instanceof Error ? error.message : String(error) },
      'A part of the server cannot do its work.',
    );
  try {
    const folder = openDataFolder(settings.LEAT_DATA_DIR);
    closers.push(lockFolder(folder.root, () => servingProcess(folder)));
    // A server that was killed left its own: clients, and whoever finds the folder locked, must not be told of it.
    rmSync(folder.serverFile, { force: true });
    const adminToken = adminTokenOf(folder, settings.LEAT_ADMIN_TOKEN);
    const hadControl = existsSync(folder.control);
    const pressure = createPressureCell();
    const intakeChannel = new MessageChannel();

    const [logWriter, controlThread] = await Promise.all([
      startLogWriter({
        folder: folder.log,
        // Retention removes whole segments, so a small log is kept in small ones.
        segmentBytes: Math.min(2 ** 30, (settings.LEAT_RETENTION_GB * 2 ** 30) / 8),
        dedupWindowMs: settings.LEAT_DEDUP_WINDOW_DAYS * dayMs,
        dedupMemoryBytes: settings.LEAT_DEDUP_MEMORY_MB * 2 ** 20,
      }),
      spawnThread(
        'control',
        threadFile('control'),
        { file: folder.control } satisfies ControlThreadData,
        {
          intake: intakeChannel.port1,
        } satisfies ControlThreadPorts,
      ),
    ]);
    closers.push(
      () => logWriter.close(),
      () => controlThread.stop(),
    );
    const control = controlThread.rpc.remote<ControlStore>('control');
    const accounts = controlThread.rpc.remote<AccountStore>('accounts');
    const intake = controlThread.rpc.remote<IntakeStore>('intake');

    const readsLog = { logFolder: folder.log, logCells: logWriter.cells };
    const works = { ...readsLog, pressure, logLevel: settings.LEAT_LOG_LEVEL };
    const others = new MessageChannel();
    const [workspaceThread, deliveryThread, httpThread] = await Promise.all([
      spawnThread('workspace', threadFile('workspace'), {
        ...works,
        file: folder.workspace,
        phoneIdentifier: settings.LEAT_PHONE_IDENTIFIER,
      } satisfies WorkspaceThreadData),
      spawnThread('delivery', threadFile('delivery'), {
        ...works,
        file: folder.delivery,
        allowPrivateAddresses: settings.LEAT_PRIVATE_DESTINATIONS,
        disabledHoldDays: settings.LEAT_DISABLED_HOLD_DAYS,
        codeVersion: version,
      } satisfies DeliveryThreadData),
      spawnThread('http', threadFile('http'), httpThreadData(settings, works), {
        log: logWriter.port(),
        intake: intakeChannel.port2,
        others: others.port1,
      } satisfies HttpThreadPorts),
    ]);
    const readers = [workspaceThread, deliveryThread];
    closers.push(
      () => stopAll(readers),
      () => httpThread.stop(),
    );
    const queryThread = await spawnThread('query', threadFile('query'), {
      ...readsLog,
      workspaceFile: folder.workspace,
      deliveryFile: folder.delivery,
    } satisfies QueryThreadData);
    closers.push(() => queryThread.stop());
    const log = queryThread.rpc.remote<LogReader>('log');
    const workspace = queryThread.rpc.remote<WorkspaceReader>('workspace');
    const delivery = queryThread.rpc.remote<DeliveryReader>('delivery');
    await checkStores({ log, workspace, delivery });
    bindStores(folder.log, [
      { file: folder.workspace, cursors: await workspace.cursors() },
      { file: folder.delivery, cursors: (await delivery.states()).flatMap(({ cursors }) => cursors) },
    ]);

    const firstStart = await beginFirstStart(control, settings, { file: folder.firstStartFile, now: clock.now() });
    const warning = hadControl ? null : await controlLost(log, folder.control);
    if (warning !== null) logger.error({}, warning);
    await recountSources({ log, intake, sourceIds: (await control.snapshot()).sources.map(({ id }) => id) });
    const configurables = [httpThread, ...readers].map(({ rpc }) => rpc.remote<Configurable>('configurable'));
    const configuration = await openConfigurationFeed(
      control,
      async (snapshot) => {
        await Promise.all(configurables.map((one) => one.configure(snapshot)));
      },
      logger,
    );
    closers.push(() => configuration.close());

    const retaining = new AbortController();
    const retention = keepRetention(
      {
        keeper: logWriter.client,
        holders: readers.map(({ rpc }) => rpc.remote<RetentionHolder>('holder')),
        maxAgeMs: settings.LEAT_RETENTION_DAYS * dayMs,
        maxBytes: settings.LEAT_RETENTION_GB * 2 ** 30,
        logger,
      },
      retaining.signal,
    );
    closers.push(() => {
      retaining.abort();
      return retention;
    });

    const kinds = await openDestinationKinds(folder.root);
    closers.push(() => kinds.close());
    const proxies = new TrustedProxies(settings.LEAT_TRUSTED_PROXIES);
    const admin = await createAdmin({
      control: configuration.store,
      accounts,
      intake,
      workspace,
      delivery,
      deliveryControl: deliveryThread.rpc.remote<DeliveryControl>('control'),
      log,
      appender: logWriter.client,
      registry: kinds.registry,
      settings,
      adminToken,
      connection: connectionFacts(proxies),
      clock,
      version,
      logger,
    });
    await admin.ready();
    const origins = { regionHosts: settings.LEAT_REGION_HOSTS, publicUrl: settings.LEAT_PUBLIC_URL };
    const reference = createReference({
      docsFolder: fromRoot('docs'),
      region: settings.LEAT_REGION,
      regionHosts: settings.LEAT_REGION_HOSTS,
      origin: (request, region) => publicOrigin(request, region, origins, proxies),
      onFault,
    });

    const http = httpThread.rpc.remote<HttpPort>('http');
    const front = createFront({
      reference,
      readiness: createReadiness(log),
      metrics: createMetrics(serverMetrics({ ingest: () => http.usage(), log, workspace, delivery })),
      adminToken,
      console: createConsole({
        folder: fromRoot('console/dist'),
        stateFile: fromRoot('.cache/console-build.json'),
        onFault,
      }),
      fallback: (request, response) => admin.routing(request, response),
    });
    answerHandedOver(others.port2, front);
    // Live streams first, or the listener would wait for them.
    closers.push(
      () => httpThread.stop(),
      () => admin.close(),
    );
    const url = await http.listen();
    writeFileSync(folder.serverFile, `${JSON.stringify({ url, pid: process.pid })}\n`);
    closers.push(() => rmSync(folder.serverFile, { force: true }));
    const setUpLink = await firstRunLink(accounts, settings.LEAT_PUBLIC_URL ?? url, clock);
    firstStart.listened();

    const threads = [controlThread, ...readers, queryThread, httpThread];
    return {
      url,
      dataDir: folder.root,
      firstKey: firstStart.firstKey,
      warning,
      firstRunLink: setUpLink,
      lost: firstLoss(threads, logWriter.lost),
      stop,
    };
  } catch (error) {
    // What kept it from starting is the news, whatever that then keeps from closing.
    await stop().catch(onFault);
    throw error;
  }
}

const stopAll = async (threads: readonly Thread[]): Promise<void> => {
  await Promise.all(threads.map((thread) => thread.stop()));
};

/** The first thread that ends without having been asked to. */
function firstLoss(threads: readonly Thread[], logLost: Promise<never>): Promise<Error> {
  return new Promise((resolve) => {
    for (const { ended } of threads) void ended.then((error) => error && resolve(error));
    logLost.catch((error: unknown) => resolve(error instanceof Error ? error : new Error(String(error))));
  });
}

const httpThreadData = (
  settings: Settings,
  { logCells, pressure, logLevel }: Omit<HttpThreadData, 'ingest' | 'listener'>,
): HttpThreadData => ({
  logCells,
  pressure,
  logLevel,
  ingest: {
    region: settings.LEAT_REGION,
    regionHosts: settings.LEAT_REGION_HOSTS,
    publicUrl: settings.LEAT_PUBLIC_URL,
    trustedProxies: settings.LEAT_TRUSTED_PROXIES,
    hardRateLimit: settings.LEAT_HARD_RATE_LIMIT,
  },
  listener: { host: settings.LEAT_HOST, port: settings.LEAT_PORT, tls: tlsOf(settings) },
});

function tlsOf({
  LEAT_TLS_CERT: certFile,
  LEAT_TLS_KEY: keyFile,
}: Settings): { certFile: string; keyFile: string } | null {
  return certFile !== null && keyFile !== null ? { certFile, keyFile } : null;
}
