// Ingest without the rest of the server: real HTTP, real look-ups, real canonical events. With `durable` as its argument
// the embedded log is behind it; else an appender that stores nothing, to see what ingest itself costs.
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SourceDirectory } from '../../src/control/source-directory.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openSqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import type { Appended, LogEntry, LogIntake } from '../../src/log/event-log.ts';
import { createHttpServer } from '../../src/server/http/http-server.ts';

/** Answers what came in one turn of the event loop together, as a group commit does. */
class TurnAppender implements LogIntake {
  readonly hasRoom = true;
  #offset = 0;
  #waiting: (() => void)[] = [];

  whenRoom(go: () => void): void {
    go();
  }

  append(entries: readonly LogEntry[]): Promise<readonly Appended[]> {
    return new Promise((resolve) => {
      this.#waiting.push(() =>
        resolve(entries.map(() => ({ offset: ++this.#offset, partition: 0, duplicate: false }))),
      );
      if (this.#waiting.length === 1) setImmediate(() => this.#answer());
    });
  }

  #answer(): void {
    const answers = this.#waiting;
    this.#waiting = [];
    for (const answer of answers) answer();
  }
}

const directory = new SourceDirectory();
directory.update({
  version: 1,
  sources: [{ id: 's', name: 's', kind: 'http', family: 'customerio', enabled: true, strict: false, createdAt: 0 }],
  keys: [
    {
      id: 'k',
      sourceId: 's',
      key: 'us_benchbenchbenchbench',
      class: 'public',
      region: 'us',
      createdAt: 0,
      revokedAt: null,
    },
  ],
  destinations: [],
});
const folder = mkdtempSync(path.join(tmpdir(), 'leat-ingest-bench-'));
const log = process.argv[2] === 'durable' ? await openSqliteLog({ folder }) : new TurnAppender();
const ingest = createIngest({
  log,
  directory,
  intake: {
    reject: async () => undefined,
    recordActivity: async () => undefined,
    recordRepeats: async () => undefined,
  },
  settings: { region: 'us', regionHosts: {}, publicUrl: null, trustedProxies: [], hardRateLimit: 0 },
  clock: systemClock,
  onFault: (error) => console.error(error),
});
const { server } = createHttpServer(
  {},
  (request, response) => ingest.handle(request, response),
  (request, response) => ingest.takeWhole(request, response),
);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => {
  rmSync(folder, { recursive: true });
  process.exit();
});
