// docs/api/limits.md gives the figures that the code has, and past each limit the server does what its table says.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxMessageIdLength, maxNesting } from '../../src/event/canonicalise.ts';
import { maxBatchBytes, maxBodyBytes, maxCallBytes, softRateLimit } from '../../src/ingest/limits.ts';
import { defaultWorkspaceSettings } from '../../src/workspace/workspace-settings.ts';
import { acceptedOf } from '../support/journey.ts';
import { repositoryRoot, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/api/limits.md'), 'utf8');
const { limits } = defaultWorkspaceSettings;
const figure = (value: number): string => value.toLocaleString('en-US');

const callsInBatch = 16;

/** A track call of exactly so many bytes. */
function callOf(bytes: number, extra: object = {}): string {
  const empty = JSON.stringify({ userId: 'u1', event: 'Big', ...extra, properties: { text: '' } });
  return empty.replace('"text":""', `"text":"${'x'.repeat(bytes - empty.length)}"`);
}

/** A batch of exactly so many bytes, filled up with blanks. */
function batchOf(bytes: number): string {
  const calls = Array.from({ length: callsInBatch }, () => callOf(maxCallBytes - 1000, { type: 'track' }));
  return `{"batch":[${calls.join(',')}]`.padEnd(bytes - 1).concat('}');
}
describe('the page on limits', () => {
  it('has the figures of the code', () => {
    const rows: readonly (readonly [string, string])[] = [
      ['One call', `${figure(maxCallBytes)} bytes`],
      ['A batch', `${figure(maxBatchBytes)} bytes`],
      ['A body', `${maxBodyBytes / 2 ** 20} MiB`],
      ['`messageId`', `${maxMessageIdLength} characters`],
      ['Nesting', `${maxNesting} levels`],
      ['Id of a person', `${limits.personIdBytes} bytes`],
      ['Id of an object, anonymous id', `${limits.otherIdBytes} bytes`],
      ['Push token', `${limits.deviceTokenBytes} bytes`],
      ['Name of an event', `${limits.eventNameBytes} bytes`],
      ['Name of an attribute', `${limits.attributeNameBytes} bytes`],
      ['Value of an attribute', `${limits.attributeValueBytes} bytes`],
      ['Attributes of one person', `${limits.attributes}, and 100 KB (${figure(limits.attributesBytes)} bytes)`],
      ['Properties of an event', `${figure(limits.eventDataBytes)} bytes`],
    ];
    for (const [name, value] of rows) {
      const row = page.split('\n').find((line) => line.startsWith(`| ${name}`));
      expect(row, name).toContain(value);
    }
    expect(page).toContain(`${softRateLimit} requests in 3 seconds`);
  });
});

describe('past a limit', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.dispose());

  const cases = [
    { limit: 'one call', route: 'track', inside: callOf(maxCallBytes), past: callOf(maxCallBytes + 1), taken: 1 },
    {
      limit: 'a batch',
      route: 'batch',
      inside: batchOf(maxBatchBytes),
      past: batchOf(maxBatchBytes + 1),
      taken: callsInBatch,
    },
    {
      limit: 'one call in a batch',
      route: 'batch',
      inside: `{"batch":[${callOf(maxCallBytes, { type: 'track' })}]}`,
      past: `{"batch":[${callOf(maxCallBytes + 1, { type: 'track' })}]}`,
      taken: 1,
    },
    {
      limit: 'messageId',
      route: 'track',
      inside: callOf(600, { messageId: 'm'.repeat(maxMessageIdLength) }),
      past: callOf(600, { messageId: 'm'.repeat(maxMessageIdLength + 1) }),
      taken: 1,
    },
    {
      limit: 'nesting',
      route: 'track',
      // The call and its properties are two levels.
      inside: `{"userId":"u1","event":"Deep","properties":{"a":${'['.repeat(maxNesting - 2)}${']'.repeat(maxNesting - 2)}}}`,
      past: `{"userId":"u1","event":"Deep","properties":{"a":${'['.repeat(maxNesting - 1)}${']'.repeat(maxNesting - 1)}}}`,
      taken: 1,
    },
  ] as const;

  it.each(cases)('of $limit a call is not taken, said in strict mode and recorded in both', async (one) => {
    const source = await server.control.createSource({ name: one.limit });
    const send = async (body: string | Uint8Array, strict: boolean): Promise<number> => {
      const response = await fetch(`${server.url}/v1/${one.route}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${source.key}:`).toString('base64')}`,
          ...(strict && { 'x-strict-mode': '1' }),
        },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await send(one.past, false)).toBe(200);
    expect(await send(one.past, true)).toBe(400);
    expect(await send(gzipSync(one.past), true)).toBe(400);
    const rejections = await server.control.rejections(source.id);
    expect(rejections).toHaveLength(3);
    expect(await send(one.inside, true)).toBe(200);
    await waitFor('what is inside the limit', async () => (await acceptedOf(server, source.id)) === one.taken);
  });

  it('of a body the client gets an answer and no reset, up to 8 MiB', async () => {
    const source = await server.control.createSource({ name: 'a body' });
    const send = (bytes: number, strict: boolean): Promise<Response> =>
      fetch(`${server.url}/v1/batch`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${source.key}:`).toString('base64')}`,
          ...(strict && { 'x-strict-mode': '1' }),
        },
        body: 'x'.repeat(bytes),
      });
    expect((await send(maxBodyBytes + 1, false)).status).toBe(200);
    const strict = await send(8 * 2 ** 20, true);
    expect(strict.status).toBe(400);
    expect(await strict.json()).toMatchObject({ code: 'too_large' });
    // Cut, unless all of it has arrived before the cut.
    const beyond = await send(32 * 2 ** 20, true).then(
      ({ status }) => status,
      () => 'cut',
    );
    expect([400, 'cut']).toContain(beyond);
  });
});
