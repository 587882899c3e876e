// Ingest alone on a loopback port, with the real embedded log and the real control database behind it.
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IntakeStore, StoredRejection } from '../../src/control/intake-store.ts';
import { classOfKey, regionOfKey } from '../../src/control/keys.ts';
import type { Source } from '../../src/control/model.ts';
import { SourceDirectory } from '../../src/control/source-directory.ts';
import { openControlDatabase } from '../../src/control/sqlite/open-control-database.ts';
import type { ErrorBody } from '../../src/errors/error-body.ts';
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import type { Ingest, IngestParts, IngestSettings } from '../../src/ingest/ingest.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { EventLog } from '../../src/log/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import { createHttpServer } from '../../src/server/http/http-server.ts';

export interface IngestServer {
  readonly url: string;
  readonly port: number;
  readonly ingest: Ingest;
  readonly server: Server;
  readonly log: EventLog;
  readonly intake: IntakeStore;
  /** What `onFault` was told. */
  readonly faults: readonly unknown[];
  /** Adds a source with one key, a new public one unless it is given. */
  addSource(change?: SourceChange): Promise<{ readonly key: string; readonly id: string }>;
  /** Every event of a source in the log, in order. */
  events(sourceId: string): Promise<readonly CanonicalEvent[]>;
  rejections(sourceId: string | null): Promise<readonly StoredRejection[]>;
  /** Posts a body as it stands, or a value as JSON, with the key as Basic user name unless that is null. */
  post(
    route: string,
    key: string | null,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<PostAnswer>;
  close(): Promise<void>;
}

interface SourceChange extends Partial<Source> {
  readonly key?: string;
  readonly revoked?: boolean;
}

interface PostAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as an error. */
  readonly error: ErrorBody;
}

export interface IngestServerOptions {
  readonly settings?: Partial<IngestSettings>;
  /** Other parts in place of the real ones, to see what ingest does when they fail. */
  readonly parts?: (real: IngestParts) => Partial<IngestParts>;
  readonly serverOptions?: ServerOptions;
}

export async function openIngestServer(options: IngestServerOptions = {}): Promise<IngestServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-ingest-'));
  const log = await openSqliteLog({ folder: path.join(folder, 'log') });
  const control = openControlDatabase(path.join(folder, 'control.db'), { clock: systemClock });
  const directory = new SourceDirectory();
  const faults: unknown[] = [];
  let made = 0;
  const settings: IngestSettings = {
    region: 'us',
    regionHosts: {},
    publicUrl: null,
    trustedProxies: [],
    hardRateLimit: 0,
    ...options.settings,
  };
  const real: IngestParts = {
    log,
    directory,
    intake: control.intake,
    settings,
    clock: systemClock,
    onFault: (error) => faults.push(error),
  };
  const ingest = createIngest({ ...real, ...options.parts?.(real) });
  const { server, closeAll } = createHttpServer(
    options.serverOptions ?? {},
    (request, response) => {
      if (!ingest.handle(request, response)) response.writeHead(418).end('not of ingest');
    },
    (request, response) => ingest.takeWhole(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    ingest,
    server,
    log,
    intake: control.intake,
    faults,
    addSource: async ({ revoked = false, ...change } = {}) => {
      const { key = `us_test_key_${++made}`, id = `src_${++made}`, ...rest } = change;
      const actor = { name: 'test' };
      const source: Source = {
        id,
        name: key,
        kind: 'http',
        family: 'customerio',
        enabled: true,
        strict: false,
        createdAt: 0,
        ...rest,
      };
      const revokedAt = revoked ? 1 : null;
      const region = regionOfKey(key);
      await control.control.createSource(
        source,
        [{ id: `key_${key}`, sourceId: id, key, class: classOfKey(key), region, createdAt: 0, revokedAt }],
        actor,
      );
      directory.update(await control.control.snapshot());
      return { key, id };
    },
    events: async (sourceId) => {
      const { start, end } = await log.range(0);
      const { records } = await log.read(0, start, end - start + 1, 256 * 1024 * 1024);
      return records
        .filter((record) => record.sourceId === sourceId)
        .map(({ body }) => JSON.parse(body) as CanonicalEvent);
    },
    rejections: async (sourceId) => (await control.intake.listRejections({ sourceId, limit: 1000 })).items,
    post: async (route, key, body, headers = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}${route}`, {
        method: 'POST',
        headers: { ...(key === null ? {} : { authorization: basic(key) }), ...headers },
        body:
          typeof body === 'string' || Buffer.isBuffer(body) ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        get error() {
          return JSON.parse(text) as ErrorBody;
        },
      };
    },
    close: async () => {
      await ingest.close();
      closeAll();
      await new Promise((resolve) => server.close(resolve));
      await log.close();
      await control.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
