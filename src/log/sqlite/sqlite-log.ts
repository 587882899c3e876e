// The embedded log as one object: a writer on its own thread and a reader on this one. Used where a whole log is wanted
// in one place (tests, benches, command line tools); the server gives each thread its own part.
import type { EventLog } from '../event-log.ts';
import { startLogWriter } from './log-writer.ts';
import type { LogWriterOptions } from './log-writer.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';

/** Opens the log of a folder, or makes it. */
export async function openSqliteLog(options: LogWriterOptions): Promise<EventLog> {
  const writer = await startLogWriter(options);
  const { client, cells } = writer;
  const reader = new SqliteLogReader({ folder: options.folder, cells });
  return {
    append: (entries) => client.append(entries),
    get hasRoom() {
      return client.hasRoom;
    },
    whenRoom: (go) => client.whenRoom(go),
    retain: (policy) => client.retain(policy),
    partitions: () => reader.partitions(),
    range: () => reader.range(),
    read: (partition, from, maxEvents, maxBytes) => reader.read(partition, from, maxEvents, maxBytes),
    waitFor: (partition, offset, signal) => reader.waitFor(partition, offset, signal),
    offsetAt: (partition, timeMs) => reader.offsetAt(partition, timeMs),
    find: (messageId, sourceId) => reader.find(messageId, sourceId),
    counts: (fromMinute, toMinute, stepMinutes) => reader.counts(fromMinute, toMinute, stepMinutes),
    countBetween: (partition, from, to) => reader.countBetween(partition, from, to),
    countMinutes: (partition, from, to) => reader.countMinutes(partition, from, to),
    status: () => reader.status(),
    close: async () => {
      await reader.close();
      await writer.close();
    },
  };
}
