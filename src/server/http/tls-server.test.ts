// The TLS server on its own: both protocols, slow senders, and its end.
import { constants, connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../../test/support/self-signed.ts';
import { createTlsServer } from './tls-server.ts';
import type { TlsServer } from './tls-server.ts';

const { cert, key } = selfSigned();

describe('the TLS server', () => {
  let tls: TlsServer;
  let url: string;
  let session: ClientHttp2Session;

  beforeEach(async () => {
    tls = createTlsServer({ cert, key, requestTimeout: 200 }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.once('end', () => {
        const text = JSON.stringify({ host: request.headers.host, body: Buffer.concat(chunks).toString() });
        response.writeHead(200, ['Content-Type', 'application/json', 'Content-Length', String(text.length)]);
        response.end(text);
      });
    });
    await new Promise<void>((resolve) => tls.server.listen(0, '127.0.0.1', resolve));
    url = `https://localhost:${(tls.server.address() as AddressInfo).port}`;
    session = connect(url, { ca: cert });
  });
  afterEach(async () => {
    session.destroy();
    tls.closeAll();
    await new Promise((resolve) => tls.server.close(resolve));
  });

  const post = (body: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const stream = session.request({ ':method': 'POST', ':path': '/v1/track' });
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      stream.once('end', () => resolve(JSON.parse(text)));
      stream.once('error', reject);
      stream.end(body);
    });

  it('answers over HTTP/2, the host where handlers look for it', async () => {
    expect(await post('{"a":1}')).toEqual({ host: new URL(url).host, body: '{"a":1}' });
  });

  it('answers over HTTP/1.1', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      https
        .get(url, { ca: cert }, (response) => {
          let text = `${response.httpVersion} `;
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.once('end', () => resolve(text));
        })
        .once('error', reject);
    });
    expect(answer).toBe(`1.1 {"host":"${new URL(url).host}","body":""}`);
  });

  it('cancels a stream whose body does not arrive, and no other', async () => {
    const slow = session.request({ ':method': 'POST', ':path': '/v1/track' });
    slow.write('{');
    const code = await new Promise<number>((resolve) => {
      slow.once('error', () => {});
      slow.once('close', () => resolve(slow.rstCode));
    });
    expect(code).toBe(constants.NGHTTP2_CANCEL);
    expect(await post('{}')).toMatchObject({ body: '{}' });
  });

  it('ends a session when its streams are answered', async () => {
    const ended = new Promise<void>((resolve) => session.once('close', resolve));
    const answered = post('{"last":true}');
    await answered;
    const closed = new Promise((resolve) => tls.server.close(resolve));
    tls.closeIdle();
    await Promise.all([closed, ended]);
  });
});
