import http from 'node:http';
import { createConnection } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchange } from '../../../test/support/raw-http.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { listen } from './http-listener.ts';
import type { Listener } from './http-listener.ts';
import { answerUnreadable } from './unreadable-requests.ts';

describe('a request that the HTTP parser cannot read', () => {
  let listener: Listener;
  beforeEach(async () => {
    const logger = createLogger('test', 'error');
    listener = await listen(
      { host: '127.0.0.1', port: 0, tls: null, logger },
      { handle: (_, response) => response.end('ok'), takeCall: () => false },
    );
  });
  afterEach(() => listener.close());
  const send = (text: string) => exchange(listener.url, Buffer.from(text));

  it.each([
    ['garbage', 'GARBAGE\r\n\r\n', 400, 'invalid_request'],
    ['a broken length', 'POST /v1/t HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n', 400, 'invalid_request'],
    ['huge headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('such as %s is answered as other errors are', async (_, text, status, code) => {
    const answer = await send(text);
    expect(answer).toMatchObject({ status });
    expect(answer?.head).toMatch(/\r\naccess-control-allow-origin: \*/i);
    expect(answer?.head).toMatch(/\r\ncontent-type: application\/json/i);
    const body = JSON.parse(answer?.body ?? '') as { code: string; message: string; meta: { errors: string[] } };
    expect(body).toMatchObject({ code, error: body.message, meta: { errors: [body.message] } });
  });

  it('does not spoil the answer to the request before it', async () => {
    let finish: () => void = () => {};
    const began = new Promise<void>((resolve) => (finish = resolve));
    const server = http.createServer((_, response) => {
      response.writeHead(200, { 'content-length': '4' });
      response.write('ab');
      finish();
    });
    server.on('clientError', answerUnreadable);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const received = await new Promise<string>((resolve) => {
      let text = '';
      const socket = createConnection({ port, host: '127.0.0.1' });
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      void began.then(() => socket.write('GARBAGE\r\n\r\n'));
    });
    server.close();
    expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});
