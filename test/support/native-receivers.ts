// One server that stands for every HTTP destination that ships with Leat, and says which events came, in which life of
// the sender. Each takes its time, and now and then refuses for a moment.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from './seeded-random.ts';

/** An event that was answered 200. Its id is `<person>.<seq>`. */
export interface Arrival {
  readonly id: string;
  /** How often the sender had been killed when it opened the connection that this came on. */
  readonly life: number;
  readonly replayId: string | null;
}

export interface NativeReceivers {
  readonly url: string;
  /** In order of arrival. */
  arrivals(destination: string): readonly Arrival[];
  /** The sender was killed: what comes on connections made before still counts as sent by the one that is gone. */
  nextLife(): void;
  close(): Promise<void>;
}

interface Call {
  readonly messageId: string;
}

/** How each destination's requests name their events. */
const readers: Readonly<Record<string, (body: string) => readonly string[]>> = {
  webhook: (body) => [(JSON.parse(body) as Call).messageId],
  batches: (body) => (JSON.parse(body) as readonly Call[]).map(({ messageId }) => messageId),
  segment: (body) => (JSON.parse(body) as { readonly batch: readonly Call[] }).batch.map(({ messageId }) => messageId),
  customerio: (body) => {
    const parsed = JSON.parse(body) as { readonly id: string; readonly batch?: readonly { readonly id: string }[] };
    return (parsed.batch ?? [parsed]).map(({ id }) => id);
  },
  slack: (body) => [(JSON.parse(body) as { readonly text: string }).text],
  ga4: (body) => {
    const { user_id, events } = JSON.parse(body) as {
      readonly user_id: string;
      readonly events: readonly { readonly params: { readonly seq: number } }[];
    };
    return events.map(({ params }) => `${user_id}.${params.seq}`);
  },
};

const answerAfterMs = 8;
/** One request in so many is answered 503. */
const refusedShare = 60;

/** The first part of a request's path says for which destination it is. */
export async function openNativeReceivers(random: SeededRandom): Promise<NativeReceivers> {
  const arrived = new Map<string, Arrival[]>(Object.keys(readers).map((name) => [name, []]));
  const lives = new WeakMap<Socket, number>();
  let life = 0;
  const take = async (name: string, body: string, headers: IncomingHttpHeaders, socket: Socket): Promise<number> => {
    const replay = headers['x-leat-replay'];
    const replayId = typeof replay === 'string' ? replay : null;
    const ids = readers[name]?.(body) ?? [];
    await delay(answerAfterMs);
    if (random.integer(refusedShare) === 0) return 503;
    for (const id of ids) arrived.get(name)?.push({ id, life: lives.get(socket) ?? life, replayId });
    return 200;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [, first = ''] = request.url?.split(/[/?]/) ?? [];
      // Google's requests begin with a path of its own, whatever the endpoint.
      const name = first === 'mp' ? 'ga4' : first;
      void take(name, Buffer.concat(chunks).toString(), request.headers, request.socket).then((status) =>
        response.writeHead(status).end('{}'),
      );
    });
  });
  server.on('connection', (socket) => lives.set(socket, life));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals: (destination) => arrived.get(destination) ?? [],
    nextLife: () => life++,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
