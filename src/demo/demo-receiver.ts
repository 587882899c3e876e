// The services behind the demo's webhooks, on loopback: one that is well, one that refuses some orders, and one that
// goes down for a while again and again.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../lib/clock.ts';

export interface DemoReceiver {
  /** Origin; the services are {@link servicePaths}. */
  readonly url: string;
  /** From now on the loyalty service is down by turns; before, it only refuses now and then. */
  beginOutages(): void;
  /** Stops listening and cuts what is open. */
  close(): Promise<void>;
}

export const servicePaths = { insights: '/insights', orderDesk: '/order-desk', loyalty: '/loyalty' } as const;

/** Of every `outageEveryMs` the last `outageMs` are an outage. */
const outageEveryMs = 90_000;
const outageMs = 35_000;
/** Outside outages one in so many requests is answered 503. */
const hiccupEvery = 17;

export async function openDemoReceiver(clock: Clock): Promise<DemoReceiver> {
  let outagesSince: number | null = null;
  let loyaltyRequests = 0;
  const isOut = (): boolean =>
    outagesSince !== null && (clock.monotonic() - outagesSince) % outageEveryMs > outageEveryMs - outageMs;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = (status: number, message: string): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
      };
      if (request.url === servicePaths.orderDesk && lacksCountry(Buffer.concat(chunks).toString()))
        answer(422, 'ship_to.country is missing: the order desk cannot tell the carrier.');
      else if (request.url !== servicePaths.loyalty) answer(200, 'ok');
      else if (isOut()) answer(503, 'The loyalty service is being deployed.');
      else if (++loyaltyRequests % hiccupEvery === 0) answer(503, 'Too busy, come again.');
      else answer(200, 'ok');
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    beginOutages: () => {
      outagesSince = clock.monotonic();
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** Whether the order in this body goes to a country that nobody wrote down. */
function lacksCountry(body: string): boolean {
  const { properties } = JSON.parse(body) as { readonly properties?: { readonly ship_to?: object } };
  return properties?.ship_to !== undefined && !('country' in properties.ship_to);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
