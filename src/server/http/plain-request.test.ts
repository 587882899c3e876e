import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { duplexPair } from 'node:stream';
import { array, assert, asyncProperty, constantFrom, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainRequest } from './plain-request.ts';

const socket = new Socket();
const read = (text: string) => readPlainRequest(Buffer.from(text, 'latin1'), socket);

const call = (head: string, body: string, line = 'POST /v1/track HTTP/1.1'): string =>
  `${line}\r\n${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`;

describe('readPlainRequest', () => {
  it('reads target, headers and body of a call that is there whole', () => {
    const request = read(call('Host: x\nX-Forwarded-For: 1.2.3.4 \nx-forwarded-for:5.6.7.8\nContent-Length: 2', '{}'));
    expect(request).toMatchObject({ url: '/v1/track', complete: true });
    expect(request?.takeBody()).toEqual(Buffer.from('{}'));
    const raw = ['Host', 'x', 'X-Forwarded-For', '1.2.3.4', 'x-forwarded-for', '5.6.7.8', 'Content-Length', '2'];
    expect(request?.rawHeaders).toEqual(raw);
    expect(request?.headers).toEqual({ host: 'x', 'x-forwarded-for': '1.2.3.4, 5.6.7.8', 'content-length': '2' });
  });

  it.each([
    ['a part of the head', 'POST /v1/track HTTP/1.1\r\nHost: x\r\n'],
    ['a part of the body', call('Host: x\nContent-Length: 3', '{}')],
    ['more than one request', call('Host: x\nContent-Length: 2', '{}').repeat(2)],
    ['another method', call('Host: x\nContent-Length: 2', '{}', 'PUT /v1/track HTTP/1.1')],
    ['another version', call('Host: x\nContent-Length: 2', '{}', 'POST /v1/track HTTP/1.0')],
    ['an absolute target', call('Host: x\nContent-Length: 2', '{}', 'POST http://x/v1/track HTTP/1.1')],
    ['no host', call('Content-Length: 2', '{}')],
    ['two hosts', call('Host: x\nHost: x\nContent-Length: 2', '{}')],
    ['no length', call('Host: x', '')],
    ['two lengths', call('Host: x\nContent-Length: 2\nContent-Length: 2', '{}')],
    ['a length with a sign', call('Host: x\nContent-Length: +2', '{}')],
    ['a list of lengths', call('Host: x\nContent-Length: 2, 2', '{}')],
    ['a chunked body', call('Host: x\nContent-Length: 2\nTransfer-Encoding: chunked', '{}')],
    ['a transfer coding under another name', call('Host: x\nContent-Length: 2\ntRANSFER-eNCODING: identity', '{}')],
    ['a wish to be asked for the body', call('Host: x\nContent-Length: 2\nExpect: 100-continue', '{}')],
    ['a wish for another protocol', call('Host: x\nContent-Length: 2\nUpgrade: h2c', '{}')],
    ['a wish to close', call('Host: x\nContent-Length: 2\nConnection: close', '{}')],
    ['a wish to close in old words', call('Host: x\nContent-Length: 2\nProxy-Connection: close', '{}')],
    ['a folded header', call('Host: x\nA: b\n c\nContent-Length: 2', '{}')],
    ['a space before the colon', call('Host: x\nContent-Length : 2', '{}')],
    ['a header without a name', call('Host: x\n: y\nContent-Length: 2', '{}')],
    ['a bare line feed', 'POST /v1/track HTTP/1.1\nHost: x\nContent-Length: 2\r\n\r\n{}'],
    ['a bare carriage return', call('Host: x\nA: b\rB: c\nContent-Length: 2', '{}')],
    ['a null', call('Host: x\nA: b\0\nContent-Length: 2', '{}')],
    ['what is not ASCII', call('Host: x\nA: \xe9\nContent-Length: 2', '{}')],
    ['a long head', call(`Host: x\nA: ${'a'.repeat(5000)}\nContent-Length: 2`, '{}')],
    ['nothing', ''],
  ])('leaves %s to node:http', (_, text) => {
    expect(read(text)).toBeNull();
  });

  it('reads nothing otherwise than node:http does', async () => {
    let plain = 0;
    await assert(
      asyncProperty(drawnRequests, async (text) => {
        const bytes = Buffer.from(text, 'latin1');
        const request = readPlainRequest(bytes, socket);
        if (request === null) return;
        plain++;
        const theirs = await byNode(bytes);
        const { url, rawHeaders } = request;
        expect({ url, rawHeaders, body: request.takeBody().toString() }).toEqual(theirs.read);
        expect(request.headers['x-a']).toEqual(theirs.headers['x-a']);
        expect(theirs.keepsAlive).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(plain).toBeGreaterThan(100);
  });
});

/** Names and values that frame a request, right and wrong, and some that do not. */
const names =
  'Host,host,Content-Length,content-length,Transfer-Encoding,Connection,Proxy-Connection,Expect,Upgrade,A,X-A,x-a,A b,\xc4,'.split(
    ',',
  );
const values = 'x|2| 2|2\t|02|3|0||keep-alive|close|chunked|identity|a, b|\x7f|\xfc|1\r2|y\n z|y\r\n z'.split('|');
const headerLine = tuple(constantFrom(...names), constantFrom(':', ': ', ' : ', ':\t'), constantFrom(...values)).map(
  (parts) => parts.join(''),
);
const drawnRequests = tuple(
  constantFrom('/v1/t', '/v1/t?a=b#c', '/', '*', '/"<>`\\', '//v1'),
  constantFrom('Host: x\r\nContent-Length: 2\r\n', 'Content-Length:2\r\nHOST:\r\n', ''),
  array(headerLine, { maxLength: 4 }),
  constantFrom('\r\n', '\r\n', '\r\n', '\n', ''),
  constantFrom('{}', '{}', '', '{} ', '\r\n'),
).map(([target, framing, lines, lineEnd, body]) => {
  const more = lines.length > 0 ? `${lines.join('\r\n')}${lineEnd}` : '';
  return `POST ${target} HTTP/1.1\r\n${framing}${more}\r\n${body}`;
});

/** What node:http makes of the bytes. */
async function byNode(bytes: Buffer) {
  const server = createServer();
  const [client, connection] = duplexPair();
  server.emit('connection', connection);
  const arrived = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  server.once('clientError', (error: Error) => server.emit('error', error));
  client.write(bytes);
  const [request, response] = await arrived;
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  client.destroy();
  connection.destroy();
  const { url, rawHeaders, headers } = request;
  return {
    read: { url, rawHeaders, body: Buffer.concat(pieces).toString() },
    headers,
    keepsAlive: response.shouldKeepAlive,
  };
}
