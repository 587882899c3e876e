// What all destinations that write files have in common: settings, and the one action.
import { z } from 'zod';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { eventVersion } from '../../event/canonical-event.ts';
import type { ActionKind, SendContext } from '../destination.ts';
import { fileFormats } from './encode-file.ts';
import type { FileFormat } from './encode-file.ts';
import type { ObjectStore } from './object-store.ts';
import { writeRange } from './write-range.ts';

export const fileSettings = {
  format: z.enum(fileFormats).default('ndjson').meta({
    title: 'Format',
    description: 'ndjson: one JSON object a line, gzip-compressed. parquet: columns, for query engines.',
  }),
  fileEvents: z
    .int()
    .min(1)
    .max(100_000)
    .default(20_000)
    .meta({ title: 'Events in a file', description: 'At most this many, and at most 8 MB of JSON.' }),
  fileWaitMs: z
    .int()
    .min(100)
    .max(60 * 60 * 1000)
    .default(60_000)
    .meta({ title: 'Wait for a file', description: 'How long the first event of a file waits for others, ms.' }),
};

interface FileSettings {
  readonly format: FileFormat;
  readonly fileEvents: number;
  readonly fileWaitMs: number;
}

const fields = z.object({
  // Any JSON: the mapping made it, and looking through all of it again would cost more than writing it.
  data: z
    .unknown()
    .refine((data) => data !== undefined, { error: 'is missing, since the mapping makes nothing of this event' })
    .meta({ title: 'Data', description: 'What is written: by default the whole event.' }),
});

const mostBytes = 8 * 1024 * 1024;

/** The action that writes events to where `open` says. */
export function writeAction<Settings extends FileSettings>(
  open: (context: SendContext<Settings>) => ObjectStore,
): ActionKind<Settings, typeof fields> {
  return {
    slug: 'write',
    name: 'Write',
    description: 'Writes the event, or what the mapping makes of it, to files.',
    fields,
    defaultTrigger:
      'type = "identify" or type = "track" or type = "page" or type = "screen" or type = "group" or type = "alias"',
    defaultMapping: { data: { '@path': '$.' } },
    mode: ({ fileEvents, fileWaitMs }) => ({
      mode: 'range',
      maxEvents: fileEvents,
      maxBytes: mostBytes,
      maxWaitMs: fileWaitMs,
    }),
    send: (items, context) => writeRange(items, context.range, context.settings.format, open(context)),
  };
}

export const layoutDescription =
  'Files lie in `date=YYYY-MM-DD` (UTC date of receipt), one or more for each range of the log. A range’s manifest ' +
  'in `_manifests` is written last and names its files: once it is there, nothing of the range is written again, so ' +
  'each event is in the files that manifests name exactly once, whatever crashes. Dead letters that are retried come ' +
  'as files of their own, ending in `-again`. A replay writes its events once more, as files whose names end in the ' +
  'replay’s id (`-rpl_…`), each exactly once as well: leave them out, or read them instead. An event sent as a test ' +
  'lies in `_tests`, in no manifest.\n\n' +
  'NDJSON has one event a line, compressed with gzip. Parquet files all have the same columns: `message_id`, `type`, ' +
  '`event`, `name`, `user_id`, `anonymous_id`, `previous_id`, `group_id`, `timestamp`, `received_at`, and as JSON ' +
  '`properties`, `traits`, `context` and, for whatever else there is, `rest`.';

export const exampleEvent: CanonicalEvent = {
  type: 'track',
  event: 'Order Completed',
  messageId: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
  userId: 'u1',
  timestamp: '2026-03-01T12:00:00.000Z',
  receivedAt: '2026-03-01T12:00:00.250Z',
  properties: { orderId: 'o1', total: 42.5 },
  context: { ip: '203.0.113.7' },
  integrations: {},
  version: eventVersion,
};
