import { once } from 'node:events';
import { request } from 'node:http';
import type { ServerOptions } from 'node:http';
import { createConnection } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../test/support/wait-for.ts';
import type { IngestResponse } from '../../ingest/exchange.ts';
import { createHttpServer } from './http-server.ts';
import type { HttpServer } from './http-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Opened {
  readonly server: HttpServer;
  /** Bodies of calls that were taken, in order, each with its response. */
  readonly taken: { readonly body: string; readonly response: IngestResponse }[];
  /** Bodies of requests that went the ordinary way. */
  readonly ordinary: string[];
  readonly connect: () => Promise<Client>;
}

interface Client {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: () => boolean;
}

/** A server whose calls are answered by the test, and whose other requests are answered with their body. */
async function open(options: ServerOptions = {}, take = true): Promise<Opened> {
  const taken: Opened['taken'] = [];
  const ordinary: string[] = [];
  const server = createHttpServer(
    options,
    (request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        ordinary.push(body);
        response.writeHead(200, answerHead(`ordinary ${body}`));
        response.end(`ordinary ${body}`);
      });
    },
    (request, response) => {
      if (take) taken.push({ body: request.takeBody().toString(), response });
      return take;
    },
  );
  server.server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  cleanups.push(async () => {
    server.closeAll();
    await new Promise((resolve) => server.server.close(resolve));
  });
  const connect = async (): Promise<Client> => {
    const socket = createConnection((server.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    cleanups.push(() => socket.destroy());
    let text = '';
    let closed = false;
    socket.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
    socket.on('close', () => (closed = true));
    socket.on('error', () => undefined);
    return { socket, received: () => text, closed: () => closed };
  };
  return { server, taken, ordinary, connect };
}

const answerHead = (text: string): string[] => ['Content-Type', 'text/plain', 'Content-Length', String(text.length)];

function answer({ response }: Opened['taken'][number], text: string): void {
  response.writeHead(200, answerHead(text));
  response.end(text);
}

const post = (body: string, head = ''): string =>
  `POST /v1/track HTTP/1.1\r\nHost: x\r\n${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('a connection', () => {
  it('has its plain calls taken one after the other, and answered as node:http answers', async () => {
    const { taken, ordinary, connect } = await open();
    const { socket, received } = await connect();
    for (const [index, body] of ['one', 'two'].entries()) {
      socket.write(post(body));
      await waitFor('the call', () => taken[index]?.body === body);
      answer(taken[index]!, `ordinary ${body}`);
      await waitFor('the answer', () => received().endsWith(`ordinary ${body}`));
    }
    const plain = received();
    expect(ordinary).toEqual([]);

    const other = await connect();
    // Chunked, so not plain.
    const chunked = (body: string): string =>
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${body.length}\r\n${body}\r\n0\r\n\r\n`;
    for (const body of ['one', 'two']) {
      other.socket.write(chunked(body));
      await waitFor('the answer', () => other.received().endsWith(`ordinary ${body}`));
    }
    const dates = /Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g;
    expect(plain.match(dates)).toHaveLength(2);
    expect(plain.replaceAll(dates, 'Date')).toBe(other.received().replaceAll(dates, 'Date'));
  });

  it.each([
    ['fetch', (url: string) => fetch(url, { method: 'POST', body: 'a body' }).then((response) => response.text())],
    [
      'http.request',
      (url: string) =>
        new Promise<string>((resolve, reject) => {
          const sent = request(url, { method: 'POST' }, (response) =>
            response.on('data', (piece: Buffer) => resolve(piece.toString())),
          );
          sent.on('error', reject);
          sent.end('a body');
        }),
    ],
  ])('has the calls taken that %s sends', async (_, send) => {
    const { server, taken, ordinary } = await open();
    const text = send(`http://127.0.0.1:${(server.server.address() as AddressInfo).port}/v1/track`);
    await waitFor('the call', () => taken.length + ordinary.length === 1);
    expect(taken.map(({ body }) => body)).toEqual(['a body']);
    answer(taken[0]!, 'taken');
    expect(await text).toBe('taken');
  });

  it('becomes an ordinary one with the first bytes that are no plain call, and stays that', async () => {
    const { taken, ordinary, connect } = await open();
    const { socket, received } = await connect();
    socket.write(post('plain'));
    await waitFor('the call', () => taken.length === 1);
    answer(taken[0]!, 'taken');
    await waitFor('the answer', () => received().endsWith('taken'));
    const [head = '', body = ''] = post('in two pieces').split(/(?<=\r\n\r\n)/);
    socket.write(head);
    socket.write(body);
    await waitFor('the answer', () => received().endsWith('ordinary in two pieces'));
    socket.write(post('plain again'));
    await waitFor('the answer', () => received().endsWith('ordinary plain again'));
    expect(taken).toHaveLength(1);
    expect(ordinary).toEqual(['in two pieces', 'plain again']);
  });

  it('answers what came at once in its order', async () => {
    const { ordinary, connect } = await open();
    const { socket, received } = await connect();
    socket.write(post('one') + post('two') + post('three').slice(0, 30));
    await waitFor('two answers', () => received().endsWith('ordinary two'));
    socket.write(post('three').slice(30));
    await waitFor('three answers', () => received().endsWith('ordinary three'));
    expect(ordinary).toEqual(['one', 'two', 'three']);
  });

  it('keeps what comes before an answer until that is out', async () => {
    const { taken, ordinary, connect } = await open();
    const { socket, received } = await connect();
    socket.write(post('one'));
    await waitFor('the call', () => taken.length === 1);
    socket.write(post('two'));
    // Another connection's call shows that the server has read meanwhile.
    const other = await connect();
    other.socket.write(post('other'));
    await waitFor('the other call', () => taken.some(({ body }) => body === 'other'));
    expect(taken.map(({ body }) => body)).toEqual(['one', 'other']);
    answer(taken[0]!, 'first');
    await waitFor('the next call', () => taken.length === 3);
    expect(taken[2]?.body).toBe('two');
    socket.write(post('three') + post('four'));
    answer(taken[2]!, 'second');
    await waitFor('the last answer', () => received().endsWith('ordinary four'));
    expect(received().match(/first|second|ordinary [a-z]+/g)).toEqual([
      'first',
      'second',
      'ordinary three',
      'ordinary four',
    ]);
    expect(ordinary).toEqual(['three', 'four']);
  });

  it('goes the ordinary way when the call is not taken', async () => {
    const { ordinary, connect } = await open({}, false);
    const { socket, received } = await connect();
    socket.write(post('one'));
    await waitFor('the answer', () => received().endsWith('ordinary one'));
    expect(ordinary).toEqual(['one']);
  });

  it('answers a client that has ended its side, and closes', async () => {
    const { taken, connect } = await open();
    const { socket, received, closed } = await connect();
    socket.end(post('last'));
    await waitFor('the call', () => taken.length === 1);
    await waitFor('the end to arrive', () => socket.writableFinished);
    answer(taken[0]!, 'bye');
    await waitFor('the answer and the end', () => closed());
    expect(received()).toMatch(/bye$/);
  });

  it('closes on a client that has ended its side after bytes that are no plain call', async () => {
    const { taken, ordinary, connect } = await open();
    const { socket, received, closed } = await connect();
    socket.write(post('one'));
    await waitFor('the call', () => taken.length === 1);
    socket.end(post('two') + post('three'));
    await waitFor('the end to arrive', () => socket.writableFinished);
    const other = await connect();
    other.socket.write(post('other'));
    await waitFor('the other call', () => taken.length === 2);
    answer(taken[0]!, 'first');
    await waitFor('the end', () => closed());
    expect(received()).toMatch(/first$/);
    expect(ordinary).toEqual([]);
  });

  it('takes no further call of a client that does not read its answers', async () => {
    const { server, taken, connect } = await open();
    const { socket, received } = await connect();
    socket.pause();
    socket.write(post('one'));
    await waitFor('the call', () => taken.length === 1);
    // More than what the system keeps on the way.
    const long = 'x'.repeat(32 * 2 ** 20);
    answer(taken[0]!, long);
    socket.write(post('two'));
    const other = await connect();
    other.socket.write(post('other'));
    await waitFor('the other call', () => taken.length === 2);
    expect(taken[1]?.body).toBe('other');
    socket.resume();
    await waitFor('the second call', () => taken[2]?.body === 'two');
    await waitFor('the whole answer', () => received().length > long.length);
    socket.pause();
    answer(taken[2]!, long);

    // Neither does it keep a server from closing, nor is it told so again and again.
    const warnings: Error[] = [];
    const warned = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', warned);
    for (let time = 0; time < 20; time++) server.closeIdle();
    await new Promise(setImmediate);
    process.off('warning', warned);
    expect(warnings).toEqual([]);
    socket.resume();
    await waitFor('the end', () => socket.destroyed);
  });

  it('closes when a client that had ended its side has read its answer at last', async () => {
    const { taken, connect } = await open({ keepAliveTimeout: 600_000 });
    const { socket, received, closed } = await connect();
    socket.pause();
    socket.write(post('one'));
    await waitFor('the call', () => taken.length === 1);
    const long = 'x'.repeat(32 * 2 ** 20);
    answer(taken[0]!, long);
    socket.end();
    await waitFor('the end to arrive', () => socket.writableFinished);
    const other = await connect();
    other.socket.write(post('other'));
    await waitFor('the other call', () => taken.length === 2);
    socket.resume();
    await waitFor('the end', () => closed());
    expect(received().length).toBeGreaterThan(long.length);
  });

  it('survives a client that goes away before its answer', async () => {
    const { taken, connect, server } = await open();
    const { socket } = await connect();
    socket.write(post('one'));
    await waitFor('the call', () => taken.length === 1);
    socket.resetAndDestroy();
    const connections = () =>
      new Promise<number>((resolve) => server.server.getConnections((_, count) => resolve(count)));
    await waitFor('the connection to be gone', async () => (await connections()) === 0);
    answer(taken[0]!, 'to nobody');
    expect(taken[0]?.response.headersSent).toBe(true);
  });

  it('is closed when it says nothing, and when it has nothing more to say', async () => {
    const silent = await open({ headersTimeout: 50, connectionsCheckingInterval: 10 });
    const first = await silent.connect();
    await waitFor('the end of a silent one', () => first.closed());

    const { taken, connect } = await open({ keepAliveTimeout: 1 });
    const second = await connect();
    second.socket.write(post('one'));
    await waitFor('the call', () => taken.length === 1);
    answer(taken[0]!, 'done');
    await waitFor('the end of an idle one', () => second.closed());
    expect(second.received()).toMatch(/done$/);
  });
});

describe('a server that closes', () => {
  it('ends idle connections at once and the others after their answer', async () => {
    const { server, taken, connect } = await open();
    const [idle, busy] = [await connect(), await connect()];
    idle.socket.write(post('idle'));
    busy.socket.write(post('busy'));
    await waitFor('both calls', () => taken.length === 2);
    answer(
      taken.find(({ body }) => body === 'idle')!,
      'done',
    );
    await waitFor('the answer', () => idle.received().endsWith('done'));
    server.closeIdle();
    await waitFor('the idle one to end', () => idle.closed());
    server.closeIdle();
    expect(busy.closed()).toBe(false);
    answer(
      taken.find(({ body }) => body === 'busy')!,
      'done',
    );
    await waitFor('the busy one to end', () => busy.closed());
    expect(busy.received()).toMatch(/Connection: close\r\n[^]*done$/);
  });
});
