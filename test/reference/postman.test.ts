// The Postman collection, run by newman against a real server: every request passes its own test, and every call is in
// the log. Collection and environment are the ones that the server hands out.
import newman from 'newman';
import type { NewmanRunSummary } from 'newman';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/reference/openapi/operations.ts';
import { acceptedOf } from '../support/journey.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

interface Collection {
  readonly item: readonly { readonly name: string }[];
}

describe('the Postman collection', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.dispose());

  it('passes, request by request, and leaves every call in the log', async () => {
    const source = await server.control.createSource({ name: 'Postman', kind: 'http' });
    const [collection, environment] = await Promise.all([
      download<Collection>('/docs/postman/collection.json'),
      download<object>(`/docs/postman/environment.json?key=${source.key}`),
    ]);
    expect(collection.item.map(({ name }) => name.toLowerCase())).toEqual(operations.map(({ name }) => name));

    const { run } = await runNewman(collection, environment);
    expect(run.failures.map(({ source: request, error }) => `${request?.name}: ${error.message}`)).toEqual([]);
    const examples = operations.flatMap((operation) => operation.examples);
    expect(run.stats.requests.total).toBe(examples.length);
    expect(run.stats.assertions).toMatchObject({ total: examples.length, failed: 0 });

    const calls = examples.reduce(
      (sum, { body }) => sum + (Array.isArray(body['batch']) ? body['batch'].length : 1),
      0,
    );
    await waitFor('the calls in the log', async () => (await acceptedOf(server, source.id)) === calls);
    expect(await server.control.rejections(source.id)).toEqual([]);
  });

  const download = async <T>(address: string): Promise<T> => {
    const response = await fetch(server.url + address);
    expect(response.status, address).toBe(200);
    return (await response.json()) as T;
  };
});

const runNewman = (collection: object, environment: object): Promise<NewmanRunSummary> =>
  new Promise((resolve, reject) => {
    newman.run({ collection, environment, color: 'off' }, (error, summary) => {
      if (error) reject(error);
      else resolve(summary);
    });
  });
