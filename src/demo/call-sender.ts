// Sends the shop's calls through the official clients, as its programs would: Customer.io's from the web shop and the
// app, Segment's from the order service.
import type { Analytics as CustomerioAnalytics } from '@customerio/cdp-analytics-node';
import type { Analytics as SegmentAnalytics } from '@segment/analytics-node';
import { FaultError } from '../errors/errors.ts';
import type { DemoCall, DemoSource } from './demo-call.ts';

type Client = CustomerioAnalytics | SegmentAnalytics;

export interface CallSender {
  send(call: DemoCall): void;
  /** Sends what is left. Resolves once every call is stored; rejects when one could not be handed over. */
  close(): Promise<void>;
}

export interface SenderOptions {
  readonly url: string;
  readonly keys: Readonly<Record<DemoSource, string>>;
}

const batchCalls = 100;
const flushMs = 500;
const closeWithinMs = 30_000;

/**
 * Opens one client per source. They are loaded here, because only the demo needs them.
 * @throws FaultError when the packages are not installed.
 */
export async function openCallSender({ url, keys }: SenderOptions): Promise<CallSender> {
  const { customerio, segment } = await loadClients();
  const shared = { host: url, flushInterval: flushMs, maxRetries: 10 };
  const clients = {
    web: new customerio.Analytics({ ...shared, writeKey: keys.web, maxEventsInBatch: batchCalls }),
    app: new customerio.Analytics({ ...shared, writeKey: keys.app, maxEventsInBatch: batchCalls }),
    orders: new segment.Analytics({ ...shared, writeKey: keys.orders, flushAt: batchCalls }),
  } satisfies Readonly<Record<DemoSource, Client>>;
  let failure: Error | null = null;
  const onError = (error: { readonly code: string; readonly reason?: unknown }): void => {
    const why = error.reason instanceof Error ? error.reason.message : error.code;
    failure ??= new FaultError('internal', `A client could not hand over its calls: ${why}.`);
  };
  clients.web.on('error', onError);
  clients.app.on('error', onError);
  clients.orders.on('error', onError);
  return {
    send: (call) => make(clients[call.source], call),
    close: async () => {
      await Promise.all(Object.values(clients).map((client) => client.closeAndFlush({ timeout: closeWithinMs })));
      if (failure) throw failure;
    },
  };
}

async function loadClients() {
  try {
    const [customerio, segment] = await Promise.all([
      import('@customerio/cdp-analytics-node'),
      import('@segment/analytics-node'),
    ]);
    return { customerio, segment };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new FaultError(
      'internal',
      'The demo sends through the official clients, which are development dependencies and not installed here. Install them: npm install --no-save --include=dev',
      { cause },
    );
  }
}

function make(client: Client, { messageId, at, who, what, context }: DemoCall): void {
  const common = { ...who, messageId, timestamp: new Date(at), context };
  if (what.type === 'identify') client.identify({ ...common, traits: what.traits });
  else if (what.type === 'group') client.group({ ...common, groupId: what.groupId, traits: what.traits });
  else if (what.type === 'track') client.track({ ...common, event: what.event, properties: what.properties });
  else client[what.type]({ ...common, name: what.name, properties: what.properties });
}
