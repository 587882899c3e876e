// The thread that holds the port: takes calls, and hands every other request over to the main thread. Nothing but ingest
// is loaded here: what else a server does shares neither event loop nor heap with calls.
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { IntakeStore } from '../control/intake-store.ts';
import type { ControlSnapshot } from '../control/model.ts';
import { SourceDirectory } from '../control/source-directory.ts';
import { createIngest } from '../ingest/ingest.ts';
import type { IngestSettings } from '../ingest/ingest.ts';
import { systemClock } from '../lib/clock.ts';
import { publishPressure } from '../lib/pressure.ts';
import type { Load, PressureCell } from '../lib/pressure.ts';
import { connect } from '../lib/rpc.ts';
import type { LogCells } from '../log/sqlite/log-cells.ts';
import { LogClient } from '../log/sqlite/log-client.ts';
import { handOverTo } from '../server/http/hand-over.ts';
import { listen } from '../server/http/http-listener.ts';
import type { Listener, ListenerOptions } from '../server/http/http-listener.ts';
import { createLogger } from '../telemetry/logger.ts';
import { runThread } from './run-thread.ts';
import type { Configurable, HttpPort } from './thread-roles.ts';

export interface HttpThreadData {
  readonly logCells: LogCells;
  readonly pressure: PressureCell;
  readonly ingest: IngestSettings;
  readonly listener: Omit<ListenerOptions, 'logger'>;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export interface HttpThreadPorts {
  /** Served by the log's writer. */
  readonly log: MessagePort;
  /** Serves the IntakeStore as `intake`. */
  readonly intake: MessagePort;
  /** Where the main thread answers what is handed over. */
  readonly others: MessagePort;
}

runThread(async ({ logCells, pressure, listener: where, logLevel, ...data }: HttpThreadData) => {
  const ports = workerData as HttpThreadPorts;
  const logger = createLogger('http', logLevel);
  const log = new LogClient({ port: ports.log, cells: logCells });
  const intake = connect(ports.intake);
  const directory = new SourceDirectory();
  const ingest = createIngest({
    log,
    directory,
    intake: intake.remote<IntakeStore>('intake'),
    settings: data.ingest,
    clock: systemClock,
    onFault: (error) =>
      logger.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'A part of the server cannot do its work.',
      ),
  });
  const handOver = handOverTo(ports.others);
  const total = { calls: 0, others: 0 };
  const stopPublishing = publishPressure(
    pressure,
    sinceLast(() => ({ ...total, commits: log.committed.groups, events: log.committed.events })),
  );
  let listener: Listener | null = null;

  const configurable: Configurable = { configure: async (snapshot: ControlSnapshot) => directory.update(snapshot) };
  const http: HttpPort = {
    listen: async () => {
      listener = await listen(
        { ...where, logger },
        {
          handle: (request, response) => {
            if (ingest.handle(request, response)) total.calls++;
            else {
              total.others++;
              handOver(request, response);
            }
          },
          takeCall: (request, response) => {
            const taken = ingest.takeWhole(request, response);
            if (taken) total.calls++;
            return taken;
          },
        },
      );
      return listener.url;
    },
    usage: async () => ({ counters: ingest.counters, heldBytes: ingest.heldBytes }),
  };
  return {
    objects: { configurable, http },
    close: async () => {
      await listener?.close();
      stopPublishing();
      await ingest.close();
      await log.close();
      intake.close();
    },
  };
});

/** What was added to each of the totals since the last time. */
function sinceLast(totals: () => Load): () => Load {
  let last: Load = { calls: 0, others: 0, commits: 0, events: 0 };
  return () => {
    const now = totals();
    const { calls, others, commits, events } = last;
    last = now;
    return {
      calls: now.calls - calls,
      others: now.others - others,
      commits: now.commits - commits,
      events: now.events - events,
    };
  };
}
