import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deadPort } from '../../test/support/webhook-receiver.ts';
import { openHttpClient } from './http-client.ts';
import type { HttpClient } from './http-client.ts';
import { SendFailure } from './outcome.ts';

const opened: (HttpClient | Server | TcpServer)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) {
    if ('closeAllConnections' in each) each.closeAllConnections();
    await ('request' in each ? each.close() : new Promise((resolve) => each.close(resolve)));
  }
});

function client(options: Partial<Parameters<typeof openHttpClient>[0]> = {}): HttpClient {
  const made = openHttpClient({ maxConnections: 4, allowPrivateAddresses: true, ...options });
  opened.unshift(made);
  return made;
}
async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  opened.push(server);
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
async function failure(promise: Promise<unknown>): Promise<SendFailure> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SendFailure)) throw new Error('no SendFailure', { cause: error });
  return error;
}

describe('openHttpClient', () => {
  it('sends method, headers and body, and answers with status, headers and body', async () => {
    const { url } = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const seen = { 'x-seen': request.headers['x-mine'] };
        response.writeHead(201, seen).end(`${request.method} ${request.url} ${body}`);
      });
    });
    const answer = await client().request({
      method: 'PUT',
      url: `${url}a?b=1`,
      headers: { 'x-mine': 'y' },
      body: 'hello',
    });
    expect(answer).toMatchObject({ status: 201, body: 'PUT /a?b=1 hello', headers: { 'x-seen': 'y' } });
  });

  it('keeps connections alive and opens no more than it may', async () => {
    let connections = 0;
    const { url, server } = await serve((_, response) => response.end('ok'));
    server.on('connection', () => connections++);
    const http = client({ maxConnections: 3 });
    await Promise.all(Array.from({ length: 60 }, () => http.request({ method: 'GET', url })));
    expect(connections).toBeLessThanOrEqual(3);
  });

  it('keeps the start of a long answer, drains the rest, and goes on with the same connection', async () => {
    let connections = 0;
    const { url, server } = await serve((_, response) => response.end('x'.repeat(300_000)));
    server.on('connection', () => connections++);
    const http = client({ maxConnections: 1 });
    for (let round = 0; round < 3; round++) {
      const { body } = await http.request({ method: 'GET', url, maxResponseBytes: 1000 });
      expect(body).toBe('x'.repeat(1000));
    }
    expect(connections).toBe(1);
  });

  it('answers and hangs up when an answer does not end', async () => {
    const { url } = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const { status, body } = await client().request({ method: 'GET', url, maxResponseBytes: 10 });
    expect([status, body]).toEqual([200, 'xxxxxxxxxx']);
  });

  it('gives up at the deadline, also when the answer only trickles', async () => {
    const { url } = await serve((_, response) => {
      response.write('x');
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    const error = await failure(client().request({ method: 'GET', url, timeoutMs: 100 }));
    expect(error.outcome).toMatchObject({
      result: 'retry',
      scope: 'event',
      reason: expect.stringMatching(/within 0.1 s/),
    });
  });

  it('gives up at the deadline while it waits for a connection', async () => {
    const { url } = await serve(() => undefined);
    const http = client({ maxConnections: 1 });
    const both = [
      failure(http.request({ method: 'GET', url, timeoutMs: 60 })),
      failure(http.request({ method: 'GET', url, timeoutMs: 50 })),
    ];
    expect((await Promise.all(both)).map(({ code }) => code)).toEqual([
      'destination_unavailable',
      'destination_unavailable',
    ]);
  });

  it('rejects with the reason of an abort and frees the connection', async () => {
    let closed = 0;
    const { url } = await serve((request) => {
      request.socket.on('close', () => closed++);
      abort.abort(new Error('stop'));
    });
    const abort = new AbortController();
    await expect(client().request({ method: 'GET', url }, abort.signal)).rejects.toThrow('stop');
    await expect.poll(() => closed).toBe(1);
    await expect(client().request({ method: 'GET', url }, abort.signal)).rejects.toThrow('stop');
  });

  it('follows no redirect', async () => {
    let requests = 0;
    const { url } = await serve((_, response) => {
      requests++;
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    expect((await client().request({ method: 'POST', url, body: '{}' })).status).toBe(302);
    expect(requests).toBe(1);
  });

  it('says what to do when nobody listens, and that it concerns the destination', async () => {
    const url = `http://127.0.0.1:${await deadPort()}/`;
    const error = await failure(client().request({ method: 'GET', url }));
    expect(error.outcome).toMatchObject({
      scope: 'destination',
      reason: expect.stringMatching(/refused the connection/),
    });
  });

  it('tells a name that does not resolve from a connection that breaks', async () => {
    const unknown = await failure(client().request({ method: 'GET', url: 'http://no-such-host.invalid/' }));
    expect(unknown.outcome.scope).toBe('destination');
    const cutter = createTcpServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
    opened.push(cutter);
    await once(cutter, 'listening');
    const url = `http://127.0.0.1:${(cutter.address() as AddressInfo).port}/`;
    const cut = await failure(client().request({ method: 'GET', url }));
    expect(cut.outcome).toMatchObject({ scope: 'event', reason: expect.stringMatching(/broke/) });
  });

  it('refuses at once what is no HTTP request, and leaves nothing behind', async () => {
    const { url } = await serve((_, response) => response.end());
    const http = client();
    const bad = { method: 'POST', url, headers: { 'x-a': 'b\r\nx-c: d' }, timeoutMs: 60_000 } as const;
    await expect(http.request(bad)).rejects.toThrow(/header/);
    await expect(http.request({ method: 'GET', url: 'no address' })).rejects.toThrow(/URL/);
    expect((await http.request({ method: 'GET', url })).status).toBe(200);
  });

  describe('without the operator’s word', () => {
    it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0.0.0.0'])(
      'does not reach %s',
      async (host) => {
        let connections = 0;
        const { url, server } = await serve((_, response) => response.end());
        server.on('connection', () => connections++);
        const http = client({ allowPrivateAddresses: false });
        const error = await failure(http.request({ method: 'GET', url: url.replace('127.0.0.1', host) }));
        expect(error.code).toBe('private_address');
        expect(error.outcome).toMatchObject({
          scope: 'destination',
          reason: expect.stringMatching(/LEAT_PRIVATE_DESTINATIONS/),
        });
        expect(connections).toBe(0);
      },
    );
  });
});
