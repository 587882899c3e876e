import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/control/model.ts';
import { customerio } from '../../src/destinations/customerio/customerio.ts';
import { startingActions } from '../../src/destinations/destination.ts';
import { openDeliveryBed, quickRetries } from '../support/delivery-bed.ts';

interface Operation {
  readonly id?: string;
  readonly identifiers?: { readonly id?: string };
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A Track API that takes batches in part, and now and then does not feel like answering. */
async function openTrackApi(isPoisoned: (id: string) => boolean) {
  const taken: { readonly id: string; readonly person: string }[] = [];
  const sizes: number[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests++;
      if (requests % 7 === 0) return request.socket.destroy();
      if (requests % 5 === 0) return response.writeHead(503).end();
      const parsed = JSON.parse(body) as Operation & { readonly batch?: readonly Operation[] };
      const operations = parsed.batch ?? [parsed];
      sizes.push(operations.length);
      const errors = operations.flatMap(({ id = '' }, index) =>
        isPoisoned(id) ? [{ batch_index: index, reason: 'invalid', field: 'name', message: 'poison' }] : [],
      );
      for (const { id = '', identifiers } of operations)
        if (!isPoisoned(id)) taken.push({ id, person: identifiers?.id ?? '' });
      const status = errors.length === 0 ? 200 : parsed.batch ? 207 : 400;
      return response.writeHead(status).end(JSON.stringify(errors.length === 0 ? {} : { errors }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, sizes };
}

describe('delivery to Customer.io', () => {
  it('loses and doubles nothing while batches are refused in part and requests fail, and keeps each person’s order', async () => {
    const isPoisoned = (id: string): boolean => id.endsWith('7');
    const api = await openTrackApi(isPoisoned);
    const bed = await openDeliveryBed();
    closing.unshift(() => bed.close());
    const destination: Destination = {
      id: 'd1',
      name: 'Customer.io',
      kind: 'customerio',
      enabled: true,
      settings: {
        siteId: 's',
        apiKey: 'k',
        endpoint: api.url,
        batchEvents: 20,
        batchWaitMs: 20,
        delivery: quickRetries,
      },
      sourceIds: null,
      actions: startingActions(customerio).map(({ action, ...rest }) => ({
        id: action,
        kind: action,
        enabled: true,
        ...rest,
      })),
      version: 1,
      createdAt: 0,
      startFrom: 'beginning',
    };
    const count = 300;
    for (let index = 0; index < count; index++)
      bed.log.append({ type: 'track', event: 'Looked', userId: `u${index % 40}`, messageId: `m${index}` });
    await bed.configure(destination);
    const [line] = await bed.settled();

    const expected = Array.from({ length: count }, (_, index) => `m${index}`).filter((id) => !isPoisoned(id));
    expect(api.taken.map(({ id }) => id).sort()).toEqual([...expected].sort());
    expect(line).toMatchObject({ accepted: count, delivered: expected.length, failed: count - expected.length });
    for (let person = 0; person < 40; person++) {
      const order = api.taken.filter((each) => each.person === `u${person}`).map(({ id }) => Number(id.slice(1)));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    expect(Math.max(...api.sizes)).toBe(20);
  });
});
