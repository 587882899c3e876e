// A private Kafka 4 broker (KRaft, one node) on loopback, from the jars that scripts/fetch-kafka.mjs fetches into .cache.
import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Admin, Consumer, stringDeserializers } from '@platformatic/kafka';
import { freePorts } from './free-ports.ts';
import { waitFor } from './wait-for.ts';

export interface KafkaBroker {
  readonly address: string;
  /** Takes SASL PLAIN only. */
  readonly saslAddress: string;
  readonly username: string;
  readonly password: string;
  createTopic(topic: string, partitions: number, configs?: Readonly<Record<string, string>>): Promise<void>;
  /** Waits until the topic holds at least so many messages, and answers all it holds. */
  read(topic: string, atLeast: number): Promise<readonly KafkaRead[]>;
  /** Ends it at once, as a crash would. `start` brings it back with its data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface KafkaRead {
  readonly key: string | undefined;
  readonly value: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly headers: ReadonlyMap<string, string>;
}

const jars = path.resolve(import.meta.dirname, '../../.cache/kafka');
const username = 'leat';
const password = 'leat-secret';

/** What is missing to run a broker; null when nothing is. */
export function missingForKafka(): string | null {
  if (!existsSync(jars)) return 'there is no Kafka broker in .cache/kafka. To fetch it: node scripts/fetch-kafka.mjs';
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'there is no Java. On Debian: apt-get install openjdk-17-jre-headless';
  }
}

export async function openKafka(): Promise<KafkaBroker> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-kafka-'));
  const [port, controller, sasl] = await freePorts(3);
  const properties = path.join(folder, 'server.properties');
  await writeFile(properties, configuration(folder, port!, controller!, sasl!));
  const classpath = ['-cp', path.join(jars, '*')];
  const format = [
    'kafka.tools.StorageTool',
    'format',
    '--standalone',
    '-t',
    'bGVhdC10ZXN0LWNsdXN0ZQ',
    '-c',
    properties,
  ];
  await promisify(execFile)('java', [...classpath, ...format]);
  const address = `127.0.0.1:${port}`;
  const client = { clientId: 'test', bootstrapBrokers: [address], retries: 0 };
  const small = ['-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  let child: ChildProcess | null = null;
  let ended: Promise<void> = Promise.resolve();

  const withAdmin = async <T>(work: (admin: Admin) => Promise<T>): Promise<T> => {
    const admin = new Admin(client);
    try {
      return await work(admin);
    } finally {
      await admin.close();
    }
  };
  const start = async (): Promise<void> => {
    const starting = spawn('java', [...small, ...classpath, 'kafka.Kafka', properties], { stdio: 'ignore' });
    child = starting;
    ended = new Promise((resolve) => starting.on('close', () => resolve()));
    await waitFor('Kafka to answer', () => withAdmin((admin) => admin.listTopics()), {
      withinMs: 60_000,
      everyMs: 200,
    });
  };
  const kill = async (): Promise<void> => {
    child?.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    address,
    saslAddress: `127.0.0.1:${sasl}`,
    username,
    password,
    start,
    kill,
    async createTopic(topic, partitions, configs = {}) {
      await withAdmin((admin) =>
        admin.createTopics({
          topics: [topic],
          partitions,
          replicas: 1,
          configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
        }),
      );
    },
    async read(topic, atLeast) {
      const consumer = new Consumer({
        ...client,
        // A new broker takes a moment to name the coordinator of its first group.
        retries: 50,
        retryDelay: 200,
        groupId: `test-${topic}`,
        deserializers: stringDeserializers,
      });
      const found: KafkaRead[] = [];
      const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false, maxWaitTime: 200 });
      stream.on('data', ({ key, value, partition, offset, headers }) =>
        found.push({ key, value, partition, offset, headers }),
      );
      await waitFor(`${atLeast} messages`, () => found.length >= atLeast);
      await consumer.close(true);
      return found;
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const configuration = (folder: string, port: number, controller: number, sasl: number): string => `
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller},SASL_PLAINTEXT://127.0.0.1:${sasl}
advertised.listeners=PLAINTEXT://127.0.0.1:${port},SASL_PLAINTEXT://127.0.0.1:${sasl}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";
log.dirs=${path.join(folder, 'data')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`;
