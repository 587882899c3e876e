// A delivery service on a log in memory and a store in a temporary folder, for tests that watch what receivers get.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { balanceLedger } from '../../src/admin/ledger.ts';
import type { BalanceLine } from '../../src/admin/ledger.ts';
import type { Action, ControlSnapshot, Destination } from '../../src/control/model.ts';
import { DeliveryService } from '../../src/delivery/delivery-service.ts';
import type { DeliverySettings } from '../../src/delivery/delivery-service.ts';
import type { DeliveryStore } from '../../src/delivery/delivery-store.ts';
import type { DeliveryReport } from '../../src/delivery/report.ts';
import { openSqliteDelivery } from '../../src/delivery/sqlite/sqlite-delivery.ts';
import { registry } from '../../src/destinations/registry.ts';
import type { DestinationRegistry } from '../../src/destinations/registry.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { createPressureCell } from '../../src/lib/pressure.ts';
import { createMemoryLog } from './memory-log.ts';
import type { MemoryLog } from './memory-log.ts';
import { waitFor } from './wait-for.ts';

export interface DeliveryBed {
  readonly log: MemoryLog;
  readonly store: DeliveryStore;
  readonly service: DeliveryService;
  readonly reports: readonly DeliveryReport[];
  /** Replaces the destinations and waits until the service has taken them on. */
  configure(...destinations: readonly Destination[]): Promise<void>;
  /** The ledger's two-sided check, per destination and source. */
  balance(): Promise<readonly BalanceLine[]>;
  /** Waits until nothing is pending, and that the ledger balances; answers it. */
  settled(): Promise<readonly BalanceLine[]>;
  /** Stops, and starts again on the same store, from now on with these settings over those it had. */
  restart(settings?: Partial<DeliverySettings>): Promise<void>;
  /** From now on nothing that is committed is stored. */
  loseCommits(): void;
  /** Goes on as after a kill: what is not stored is lost. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export interface BedOptions {
  readonly settings?: Partial<DeliverySettings>;
  readonly registry?: DestinationRegistry;
  readonly random?: () => number;
  /** @default the system's */
  readonly clock?: Clock;
  readonly log?: MemoryLog;
  /** Wraps the store before it is handed to the service. */
  readonly wrap?: (store: DeliveryStore) => DeliveryStore;
}

/** Retries that a test can wait for. */
export const quickRetries = { firstRetryMs: 10, longestRetryMs: 80 };

const everything = 'type = "track" or type = "identify" or type = "alias" or type = "group" or type = "page"';

export const sendAction = (change: Partial<Action> = {}): Action => ({
  id: 'send',
  kind: 'send',
  name: 'Send',
  enabled: true,
  trigger: everything,
  mapping: { data: { '@path': '$.' } },
  ...change,
});

export function webhookTo(
  url: string,
  change: Partial<Omit<Destination, 'settings'>> & { readonly settings?: JsonObject } = {},
): Destination {
  const { settings, ...rest } = change;
  return {
    id: 'd1',
    name: 'Receiver',
    kind: 'webhook',
    enabled: true,
    sourceIds: null,
    actions: [sendAction()],
    version: 1,
    createdAt: 0,
    startFrom: 'beginning',
    ...rest,
    settings: { url, delivery: quickRetries, ...settings },
  };
}

export async function openDeliveryBed(options: BedOptions = {}): Promise<DeliveryBed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-delivery-'));
  const file = path.join(folder, 'delivery.db');
  const log = options.log ?? createMemoryLog();
  const reports: DeliveryReport[] = [];
  let destinations: readonly Destination[] = [];
  let version = 0;
  let lost = false;
  let fault: unknown;
  let settings = { allowPrivateAddresses: true, disabledHoldDays: 7, codeVersion: 'test', ...options.settings };

  const snapshot = (): ControlSnapshot => ({ version: ++version, sources: [], keys: [], destinations });
  const open = (): { store: DeliveryStore; service: DeliveryService } => {
    const opened = openSqliteDelivery(file);
    const store = losing(options.wrap?.(opened) ?? opened, () => lost);
    const service = new DeliveryService({
      log,
      store,
      registry: options.registry ?? registry,
      settings,
      pressure: createPressureCell(),
      clock: options.clock ?? systemClock,
      report: (report) => reports.push(report),
      failed: (error) => (fault ??= error),
      ...(options.random && { random: options.random }),
    });
    return { store, service };
  };
  let { store, service } = open();
  await service.start(snapshot());

  const reopen = async (): Promise<void> => {
    await service.stop();
    await store.close();
    lost = false;
    ({ store, service } = open());
    await service.start(snapshot());
  };
  const noWorkspace = { balanceSheet: async () => ({ cursors: [], sources: [] }) };
  const balance = (): Promise<readonly BalanceLine[]> =>
    balanceLedger({ log, delivery: store, workspace: noWorkspace }).then((lines) =>
      lines.filter(({ destinationId }) => destinations.some(({ id }) => id === destinationId)),
    );
  return {
    log,
    get store() {
      return store;
    },
    get service() {
      return service;
    },
    reports,
    async configure(...next) {
      destinations = next;
      await service.reconfigure(snapshot());
    },
    balance,
    settled: () =>
      waitFor('everything to be delivered', async () => {
        if (fault) throw fault;
        const lines = await balance();
        for (const line of lines) {
          if (!line.balanced) throw new Error(`The ledger does not balance: ${JSON.stringify(line)}`);
        }
        return lines.every(({ pending }) => pending === 0) ? lines : null;
      }),
    async restart(changed = {}) {
      settings = { ...settings, ...changed };
      await reopen();
    },
    loseCommits() {
      lost = true;
    },
    async crash() {
      lost = true;
      await reopen();
    },
    async close() {
      await service.stop();
      await store.close();
      await rm(folder, { recursive: true });
      if (fault) throw fault;
    },
  };
}

/** A store whose commits go nowhere once `lost`, like those of a process that was killed. */
function losing(store: DeliveryStore, lost: () => boolean): DeliveryStore {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name === 'commit') {
        return async (...args: Parameters<DeliveryStore['commit']>) => (lost() ? undefined : target.commit(...args));
      }
      if (name === 'saveReplay') {
        return async (...args: Parameters<DeliveryStore['saveReplay']>) =>
          lost() ? undefined : target.saveReplay(...args);
      }
      return (value as (...args: unknown[]) => unknown).bind(target);
    },
  });
}
