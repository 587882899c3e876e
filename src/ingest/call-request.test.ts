import { once } from 'node:events';
import http from 'node:http';
import type { ServerResponse } from 'node:http';
import { createConnection } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../test/support/wait-for.ts';
import { CallRequest } from './call-request.ts';

type Handler = (request: CallRequest, response: ServerResponse<CallRequest>) => void;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A server of such requests, and a raw connection to it with what it was answered. */
async function open(handler: Handler): Promise<{ readonly socket: Socket; readonly answered: () => string }> {
  const server = http.createServer({ IncomingMessage: CallRequest }, handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
  cleanups.push(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  return { socket, answered: () => text };
}

/** Collects bodies and answers each with its length when it ends. */
function collecting(): { readonly handler: Handler; readonly pieces: string[][]; readonly requests: CallRequest[] } {
  const pieces: string[][] = [];
  const requests: CallRequest[] = [];
  const handler: Handler = (request, response) => {
    const own: string[] = [];
    requests.push(request);
    pieces.push(own);
    request.deliverTo((piece) => own.push(piece.toString()));
    request.once('end', () => response.end(`got ${own.join('').length};`));
  };
  return { handler, pieces, requests };
}

const post = (body: string, head = ''): string =>
  `POST / HTTP/1.1\r\nHost: x\r\n${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('a request whose body is delivered', () => {
  it('hands over a body that comes with its head, one request after the other on a connection', async () => {
    const { handler, pieces, requests } = collecting();
    const { socket, answered } = await open(handler);
    socket.write(post('one'));
    await waitFor('the first answer', () => answered().includes('got 3;'));
    socket.write(post('second'));
    await waitFor('the second answer', () => answered().includes('got 6;'));
    expect(pieces).toEqual([['one'], ['second']]);
    expect(requests.map((request) => [request.complete, request.readableEnded, request.aborted])).toEqual([
      [true, true, false],
      [true, true, false],
    ]);
  });

  it('hands over pieces as they arrive, of a body of known length and of a chunked one', async () => {
    const { handler, pieces } = collecting();
    const { socket, answered } = await open(handler);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n');
    await waitFor('the request', () => pieces.length === 1);
    socket.write('abc');
    await waitFor('the first piece', () => pieces[0]?.length === 1);
    socket.write('def');
    await waitFor('the answer', () => answered().includes('got 6;'));
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n');
    await waitFor('the first chunk', () => pieces[1]?.length === 1);
    socket.write('1\r\nc\r\n0\r\n\r\n');
    await waitFor('the answer', () => answered().includes('got 3;'));
    expect(pieces).toEqual([
      ['abc', 'def'],
      ['ab', 'c'],
    ]);
  });

  it('takes requests sent without waiting, and answers them in their order', async () => {
    const { handler } = collecting();
    const { socket, answered } = await open(handler);
    socket.write([1, 22, 333].map((body) => post(String(body))).join(''));
    await waitFor('all answers', () => answered().includes('got 3;'));
    expect(answered().match(/got \d;/g)).toEqual(['got 1;', 'got 2;', 'got 3;']);
  });

  it('hands over all of a body that waited in the stream before somebody asked for it', async () => {
    const { handler, pieces } = collecting();
    const waiting: Parameters<Handler>[] = [];
    const { socket, answered } = await open((...exchange) => void waiting.push(exchange));
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n');
    socket.write('x'.repeat(200_000));
    const [request, response] = await waitFor('a body in the stream', () => {
      const [exchange] = waiting;
      return exchange && exchange[0].readableLength > 0 ? exchange : false;
    });
    handler(request, response);
    await waitFor('the answer', () => answered().includes('got 200000;'));
    expect(pieces[0]?.join('')).toBe('x'.repeat(200_000));
  });

  it('drops what is left of a body that was answered before its end, and serves the next request', async () => {
    const seen: number[] = [];
    const { socket, answered } = await open((request, response) => {
      request.deliverTo((piece) => {
        seen.push(piece.length);
        if (!response.writableEnded) response.end('early;');
      });
    });
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc');
    await waitFor('the early answer', () => answered().includes('early;'));
    socket.write(`def${post('next')}`);
    await waitFor('the next answer', () => answered().split('early;').length === 3);
    expect(seen).toEqual([3, 3, 4]);
  });

  it('says that a sender went away in the middle, without an end', async () => {
    const events: string[] = [];
    const { socket } = await open((request) => {
      request.deliverTo((piece) => events.push(piece.toString()));
      request.once('end', () => events.push('end'));
      request.once('close', () => events.push(request.complete ? 'close' : 'cut off'));
    });
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc');
    await waitFor('the piece', () => events.length === 1);
    socket.destroy();
    await waitFor('the close', () => events.length === 2);
    expect(events).toEqual(['abc', 'cut off']);
  });

  it('is an ordinary request to who does not ask', async () => {
    const { socket, answered } = await open((request, response) => void request.pipe(response));
    socket.write(post('mirrored') + post('unread'));
    await waitFor('both answers', () => answered().includes('unread'));
    expect(answered()).toContain('mirrored');
  });
});
