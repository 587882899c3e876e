import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RawConnection } from '../../test/support/raw-request.ts';
import { createErrorHandler } from './error-answers.ts';

let app: FastifyInstance;
let port: number;
/** What was logged as a fault of ours. */
let logged: unknown[];
/** Resolves when an error has been handled. */
let handled: PromiseWithResolvers<void>;

beforeEach(async () => {
  logged = [];
  handled = Promise.withResolvers();
  const quiet = (): void => {};
  const handle = createErrorHandler({
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (fields) => logged.push(fields),
  });
  app = Fastify();
  app.setErrorHandler(async (error, request, reply) => {
    await handle(error, request, reply);
    handled.resolve();
    return reply;
  });
  app.post('/takes', async () => 'taken');
  app.post('/fails', async () => {
    throw new Error('It broke.');
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});

afterEach(() => app.close());

async function post(path: string, length: number, body: string): Promise<RawConnection> {
  const connection = new RawConnection(port);
  const head = `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${length}`;
  await connection.send(`${head}\r\n\r\n${body}`);
  return connection;
}

describe('an error of the control API', () => {
  it('is logged when it is a fault of ours', async () => {
    const connection = await post('/fails', 2, '{}');
    expect(await connection.answer()).toMatchObject({ status: 500 });
    connection.close();
    expect(logged).toMatchObject([{ err: { message: 'It broke.' }, route: '/fails' }]);
  });

  it('is not logged when the client went away while its body came', async () => {
    const connection = await post('/takes', 1000, '{');
    connection.close();
    await handled.promise;
    expect(logged).toEqual([]);
  });
});
