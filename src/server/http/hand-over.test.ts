import { once } from 'node:events';
import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { RawConnection } from '../../../test/support/raw-request.ts';
import { selfSigned } from '../../../test/support/self-signed.ts';
import { waitFor } from '../../../test/support/wait-for.ts';
import { answerHandedOver, handOverTo } from './hand-over.ts';
import { createTlsServer } from './tls-server.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Both ends on this thread, joined as two threads are. */
function handingOver(handle: Handle): { readonly front: Handle; readonly stop: () => void } {
  const { port1, port2 } = new MessageChannel();
  answerHandedOver(port2, handle);
  closers.push(() => port1.close());
  return { front: handOverTo(port1), stop: () => port2.close() };
}

async function listening(front: Handle): Promise<string> {
  const server = http.createServer(front).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const served = (handle: Handle): Promise<string> => listening(handingOver(handle).front);

async function connected(handle: Handle): Promise<RawConnection> {
  const connection = new RawConnection(Number(new URL(await served(handle)).port));
  closers.push(() => connection.close());
  return connection;
}

async function http2Session(handle: Handle): Promise<{ readonly session: ClientHttp2Session; readonly host: string }> {
  const certificate = selfSigned();
  const tls = createTlsServer({ ...certificate, requestTimeout: 10_000 }, handingOver(handle).front);
  await new Promise<void>((resolve) => tls.server.listen(0, '127.0.0.1', resolve));
  const host = `localhost:${(tls.server.address() as AddressInfo).port}`;
  const session = connect(`https://${host}`, { ca: certificate.cert });
  closers.push(
    () => session.destroy(),
    () => tls.server.close(),
  );
  return { session, host };
}

/** Refuses every body at its head, answers the rest. */
const refuseBodies: Handle = (request, response) => {
  response.writeHead(request.method === 'POST' ? 413 : 200, { 'content-length': '2' });
  response.end('so');
};

/** Answers with what arrived. */
const mirror: Handle = (request, response) => void answerMirrored(request, response);

async function answerMirrored(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers, socket } = request;
  const body = await text(request);
  const { remoteAddress: address, localAddress, localPort } = socket;
  const facts = { address, localAddress, localPort, encrypted: 'encrypted' in socket && socket.encrypted === true };
  response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
  response.end(JSON.stringify({ method, url, headers, body, ...facts }));
}

describe('a request handed over', () => {
  it('arrives as it was sent, from the address of its client, and so does its answer', async () => {
    const origin = await served(mirror);
    const answer = await fetch(`${origin}/api/v1/people?query=%2Fa%20b`, {
      method: 'POST',
      headers: { 'x-thing': 'one', cookie: 'c=d' },
      body: 'ä'.repeat(100_000),
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      url: '/api/v1/people?query=%2Fa%20b',
      headers: { 'x-thing': 'one', cookie: 'c=d', host: origin.slice('http://'.length), 'content-length': '200000' },
      body: 'ä'.repeat(100_000),
      address: '127.0.0.1',
      localAddress: '127.0.0.1',
      localPort: Number(new URL(origin).port),
      encrypted: false,
    });
  });

  it('may come from a client of HTTP/1.0, which names no host', async () => {
    const connection = await connected(mirror);
    await connection.send('GET /healthz HTTP/1.0\r\n\r\n');
    const answer = await connection.answer();
    expect(answer?.status).toBe(201);
    expect(answer?.headers['connection']).toBe('close');
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('may be a %s without a body', async (method) => {
    const origin = await served((request, response) => {
      response.writeHead(200, {
        'x-method': request.method,
        'x-length': request.headers['transfer-encoding'] ?? 'none',
      });
      response.end('answer');
    });
    const answer = await fetch(origin, { method });
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'x-method': method, 'x-length': 'none' });
    expect(await answer.text()).toBe(method === 'HEAD' ? '' : 'answer');
  });

  it.each(['PUT', 'DELETE'])('brings a body of unknown length, also of a %s', async (method) => {
    const origin = await served(mirror);
    const asked = http.request(origin, { method, headers: { 'transfer-encoding': 'chunked' } });
    const answered = once(asked, 'response');
    asked.write('one ');
    asked.end('two');
    const [answer] = (await answered) as [IncomingMessage];
    expect(JSON.parse(await text(answer))).toMatchObject({ method, body: 'one two' });
  });

  it('is answered piece by piece, the head at once', async () => {
    let write: (piece: string) => void = () => {};
    const origin = await served((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      write = (piece) => response.write(piece);
    });
    const answer = await fetch(origin);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (const piece of ['data: 1\n\n', 'data: 2\n\n']) {
      write(piece);
      expect(await reader?.read()).toEqual({ done: false, value: piece });
    }
    await reader?.cancel();
  });

  it('gets its answer although its body was not read', async () => {
    const origin = await served((_, response) => {
      response.writeHead(413, { 'content-type': 'text/plain' });
      response.end('too large');
    });
    const answer = await fetch(origin, { method: 'POST', body: Buffer.alloc(4_000_000) });
    expect([answer.status, await answer.text()]).toEqual([413, 'too large']);
  });

  it('is answered before its body begins to come', async () => {
    const connection = await connected(refuseBodies);
    await connection.send('POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n');
    expect(await connection.answer()).toMatchObject({ status: 100 });
    expect(await connection.answer()).toMatchObject({ status: 413, body: 'so' });
  });

  it('leaves its connection for the next one although it was answered before its body had come', async () => {
    const connection = await connected(refuseBodies);
    const body = Buffer.alloc(8_000_000);
    await connection.send(`POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${body.length}\r\n\r\n`);
    expect(await connection.answer()).toMatchObject({ status: 413 });
    await connection.send(body);
    await connection.send('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    expect(await connection.answer()).toMatchObject({ status: 200, body: 'so' });
  });

  it('is given up behind when its client goes away', async () => {
    const gone = Promise.withResolvers<void>();
    const origin = await served((_, response) => {
      response.writeHead(200);
      response.flushHeaders();
      response.once('close', () => gone.resolve());
    });
    const controller = new AbortController();
    await fetch(origin, { signal: controller.signal });
    controller.abort();
    await gone.promise;
  });

  it('cuts the answer when it is cut behind', async () => {
    const origin = await served((_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const answer = await fetch(origin);
    await expect(answer.text()).rejects.toThrow();
  });

  it('is answered 503 when nobody answers behind', async () => {
    const { front, stop } = handingOver(() => {});
    const origin = await listening(front);
    const asked = fetch(origin);
    stop();
    const answer = await asked;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'shutting_down' });
  });

  it('takes the channel of the one before it on its connection, which lasts as long as that', async () => {
    const channels = new Set<IncomingMessage['socket']>();
    const closed = new Set<IncomingMessage['socket']>();
    const origin = await served((request, response) => {
      const { socket } = request;
      if (!channels.has(socket)) socket.once('close', () => closed.add(socket));
      channels.add(socket);
      mirror(request, response);
    });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async (): Promise<void> => {
      const request = http.request(`${origin}/asked`, { agent, method: 'POST' }).end('x'.repeat(100_000));
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      expect(JSON.parse(await text(answer))).toMatchObject({ method: 'POST', url: '/asked' });
    };
    for (let n = 0; n < 5; n++) await ask();
    expect([channels.size, closed.size]).toEqual([1, 0]);
    agent.destroy();
    await waitFor('the channel to close', () => closed.size === 1);
    await ask();
    expect(channels.size).toBe(2);
    agent.destroy();
  });

  it('leaves nothing behind on its channel, however many come after one another', async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warned);
    closers.push(() => process.off('warning', warned));
    const connection = await connected(refuseBodies);
    for (let n = 0; n < 20; n++) {
      await connection.send('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
      expect(await connection.answer()).toMatchObject({ status: 200 });
    }
    expect(warnings).toEqual([]);
  });

  it('may come over HTTP/2', async () => {
    const { session, host } = await http2Session(mirror);
    const stream = session.request(
      { ':method': 'DELETE', ':path': '/api/v1/x?y=1', 'x-thing': 'one' },
      { endStream: false },
    );
    const head = once(stream, 'response');
    stream.end('body');
    expect((await head)[0]).toMatchObject({ ':status': 201, 'set-cookie': ['a=1', 'b=2'] });
    expect(JSON.parse(await text(stream))).toMatchObject({
      method: 'DELETE',
      url: '/api/v1/x?y=1',
      headers: { host, 'x-thing': 'one' },
      body: 'body',
      encrypted: true,
    });
  });

  it('is over on HTTP/2 when it was answered before its body had come', async () => {
    const { session } = await http2Session(refuseBodies);
    const stream = session.request({ ':method': 'POST' }, { endStream: false });
    stream.resume();
    expect((await once(stream, 'response'))[0]).toMatchObject({ ':status': 413 });
    stream.end(Buffer.alloc(1_000_000));
    await once(stream, 'close');
    expect(stream.rstCode).toBe(0);
  });

  it('fails on HTTP/2 when its answer is cut, and is not taken for a whole one', async () => {
    const { session } = await http2Session((_, response) => {
      response.write('half');
      setImmediate(() => response.destroy());
    });
    await expect(text(session.request({}))).rejects.toThrow('NGHTTP2_INTERNAL_ERROR');
  });

  it('is told in words on HTTP/2 that HTTP/1.1 has no such method', async () => {
    const { session } = await http2Session(mirror);
    const stream = session.request({ ':method': 'FOO' });
    const head = once(stream, 'response');
    expect(JSON.parse(await text(stream))).toMatchObject({ code: 'invalid_request' });
    expect((await head)[0]).toMatchObject({ ':status': 400 });
  });
});
