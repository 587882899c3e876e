// A place for every destination kind that ships with Leat to write to, and the destinations that do, as the control API
// takes them: two webhooks (single and batches), and one of each other kind.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openKafka } from './kafka.ts';
import type { KafkaBroker } from './kafka.ts';
import { openNativeReceivers } from './native-receivers.ts';
import type { NativeReceivers } from './native-receivers.ts';
import { openPostgres } from './postgres.ts';
import type { PostgresServer } from './postgres.ts';
import { openS3Server } from './s3-server.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface NativePlaces {
  readonly receivers: NativeReceivers;
  /** What Files wrote, by path. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
  /** What S3 holds, by key. */
  objects(): Promise<ReadonlyMap<string, Buffer>>;
  readonly database: PostgresServer | null;
  /** Has the topic "events" with three partitions. */
  readonly broker: KafkaBroker | null;
  readonly destinations: readonly NativeDestination[];
  close(): Promise<void>;
}

interface NativeDestination {
  readonly name: string;
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly actions?: readonly unknown[];
}

/** Requests, or ranges, a second: slow enough that a kill finds work under way. */
const rates = { single: 250, batch: 16, range: 10 };
const delivery = (mode: keyof typeof rates) => ({
  delivery: { firstRetryMs: 10, longestRetryMs: 80, maxConcurrency: 6, ratePerSecond: rates[mode] },
});

export async function openNativePlaces(
  random: SeededRandom,
  without: { readonly postgres: boolean; readonly kafka: boolean },
): Promise<NativePlaces> {
  const opened = new AsyncDisposableStack();
  const receivers = opened.adopt(await openNativeReceivers(random), (one) => one.close());
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-places-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const bucket = opened.adopt(await openS3Server(), (one) => one.close());
  const database = without.postgres ? null : opened.adopt(await openPostgres(), (one) => one.close());
  const broker = without.kafka ? null : opened.adopt(await openKafka(), (one) => one.close());
  await broker?.createTopic('events', 3);

  const { url } = receivers;
  const { endpoint, accessKeyId, secretAccessKey } = bucket;
  const inBatches = { batchEvents: 15, batchWaitMs: 20, ...delivery('batch') };
  const inBucket = { endpoint, bucket: bucket.bucket, accessKeyId, secretAccessKey, pathStyle: true };
  const message = { text: { '@path': '$.messageId' } };
  const post = { kind: 'post_message', name: 'Post', enabled: true, trigger: 'type = "track"', mapping: message };
  const destinations: NativeDestination[] = [
    { name: 'webhook', kind: 'webhook', settings: { url: `${url}/webhook`, ...delivery('single') } },
    { name: 'batches', kind: 'webhook', settings: { url: `${url}/batches`, batch: true, ...inBatches } },
    { name: 'segment', kind: 'segment', settings: { writeKey: 'k', endpoint: `${url}/segment`, ...inBatches } },
    {
      name: 'customerio',
      kind: 'customerio',
      settings: { siteId: 's', apiKey: 'k', endpoint: `${url}/customerio`, ...inBatches },
    },
    { name: 'slack', kind: 'slack', settings: { webhookUrl: `${url}/slack`, ...delivery('single') }, actions: [post] },
    {
      name: 'ga4',
      kind: 'google-analytics',
      settings: { streamId: 'G-ABCDEF1234', apiSecret: 's', endpoint: url, ...delivery('single') },
    },
    { name: 'files', kind: 'files', settings: { folder, fileEvents: 25, fileWaitMs: 100, ...delivery('range') } },
    { name: 's3', kind: 's3', settings: { ...inBucket, fileEvents: 30, fileWaitMs: 100, ...delivery('range') } },
  ];
  if (database) {
    const { host, port, user, password } = database;
    const at = { host, port, user, password, database: database.database, tls: 'off' };
    const settings = { ...at, loadEvents: 20, loadWaitMs: 100, ...delivery('range') };
    destinations.push({ name: 'postgres', kind: 'postgres', settings });
  }
  if (broker) {
    const at = { brokers: [broker.address], topic: 'events', tls: 'off' };
    const settings = { ...at, sendEvents: 20, sendWaitMs: 50, ...delivery('range') };
    destinations.push({ name: 'kafka', kind: 'kafka', settings });
  }
  return {
    receivers,
    async files() {
      const names = (await readdir(folder, { recursive: true })).filter((name) => path.extname(name) !== '');
      const read = names.map(async (name) => [name, await readFile(path.join(folder, name))] as const);
      return new Map(await Promise.all(read));
    },
    objects: () => bucket.objects(),
    database,
    broker,
    destinations,
    close: () => opened.disposeAsync(),
  };
}
