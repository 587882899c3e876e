// What the control API needs of the rest. Everything asynchronous may live on another thread.
import type { IncomingMessage } from 'node:http';
import type { Settings } from '../config/settings-table.ts';
import type { AccountStore } from '../control/account-store.ts';
import type { ControlStore } from '../control/control-store.ts';
import type { IntakeStore } from '../control/intake-store.ts';
import type { DeliveryControl, DeliveryReader } from '../delivery/delivery-reader.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import type { Clock } from '../lib/clock.ts';
import type { LogAppender, LogReader } from '../log/event-log.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';

/** What is known of a request's connection, forwarded headers of trusted proxies included. */
export interface ConnectionFacts {
  clientAddress(request: IncomingMessage): string;
  /** `host[:port]` that the client asked for. */
  host(request: IncomingMessage): string;
  /** Whether the client speaks TLS, with Leat or with a proxy before it. */
  encrypted(request: IncomingMessage): boolean;
}

export interface AdminDeps {
  readonly control: ControlStore;
  readonly accounts: AccountStore;
  readonly intake: IntakeStore;
  readonly workspace: WorkspaceReader;
  readonly delivery: DeliveryReader;
  readonly deliveryControl: DeliveryControl;
  readonly log: LogReader;
  /** Where what the API does to people is appended. */
  readonly appender: LogAppender;
  readonly registry: DestinationRegistry;
  readonly settings: Pick<
    Settings,
    | 'LEAT_REGION'
    | 'LEAT_REGION_HOSTS'
    | 'LEAT_PUBLIC_URL'
    | 'LEAT_DATA_DIR'
    | 'LEAT_RETENTION_DAYS'
    | 'LEAT_RETENTION_GB'
    | 'LEAT_DISABLED_HOLD_DAYS'
    | 'LEAT_PRIVATE_DESTINATIONS'
  >;
  /** Token of the operator, an owner: LEAT_ADMIN_TOKEN or the one kept in the data folder. */
  readonly adminToken: string;
  readonly connection: ConnectionFacts;
  readonly clock: Clock;
  /** Of Leat. */
  readonly version: string;
  readonly logger: Logger;
}
