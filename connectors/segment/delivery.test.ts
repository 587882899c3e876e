import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/control/model.ts';
import { startingActions } from '../../src/destinations/destination.ts';
import { withKinds } from '../../src/destinations/registry.ts';
import { openDeliveryBed, quickRetries } from '../../test/support/delivery-bed.ts';
import { isSegmentPackInstalled, openSegmentPack } from './load-segment-pack.ts';

const folder = path.resolve(import.meta.dirname);
const installed = isSegmentPackInstalled(folder);
const leftOut = installed ? '' : ' (left out: the pack is not installed; run npm --prefix connectors/segment ci)';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Takes lists of events whole or not at all, and now and then does not feel like answering. */
async function openVendor(isPoisoned: (id: string) => boolean) {
  const taken: string[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests++;
      if (requests % 17 === 0) return request.socket.destroy();
      if (requests % 11 === 0) return response.writeHead(503).end();
      const ids = [...body.matchAll(/"n":"(m\d+)"/g)].map(([, id = '']) => id);
      if (ids.some(isPoisoned)) return response.writeHead(400).end('no');
      taken.push(...ids);
      return response.writeHead(200).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken };
}

describe.runIf(installed)(`delivery to a packaged destination${leftOut}`, () => {
  it('loses and doubles nothing while batches are refused and requests fail', async () => {
    const isPoisoned = (id: string): boolean => /[37]3$/.test(id);
    const vendor = await openVendor(isPoisoned);
    const pack = await openSegmentPack(folder, folder);
    const bed = await openDeliveryBed({ registry: withKinds(pack.kinds) });
    closing.unshift(
      () => bed.close(),
      () => pack.close(),
    );
    const kind = pack.kinds.find(({ slug }) => slug === 'actions-altertable')!;
    const destination: Destination = {
      id: 'd1',
      name: kind.name,
      kind: kind.slug,
      enabled: true,
      settings: { apiKey: 'k', endpoint: vendor.url, delivery: quickRetries },
      sourceIds: null,
      actions: startingActions(kind).map(({ action, ...rest }, index) => ({
        id: `a${index}`,
        kind: action,
        enabled: true,
        ...rest,
      })),
      version: 1,
      createdAt: 0,
      startFrom: 'beginning',
    };
    const count = 120;
    for (let index = 0; index < count; index++)
      bed.log.append({ event: 'Looked', userId: `u${index}`, messageId: `m${index}`, properties: { n: `m${index}` } });
    await bed.configure(destination);
    const [line] = await bed.settled();

    const expected = Array.from({ length: count }, (_, index) => `m${index}`).filter((id) => !isPoisoned(id));
    expect([...vendor.taken].sort()).toEqual([...expected].sort());
    expect(line).toMatchObject({ accepted: count, delivered: expected.length, failed: count - expected.length });
  });
});
