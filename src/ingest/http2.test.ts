// The same answers over HTTP/2, through the TLS server that stands in front of ingest.
import { connect } from 'node:http2';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, openIngestServer } from '../../test/support/ingest-server.ts';
import type { IngestServer } from '../../test/support/ingest-server.ts';
import { selfSigned } from '../../test/support/self-signed.ts';
import { createTlsServer } from '../server/http/tls-server.ts';
import type { TlsServer } from '../server/http/tls-server.ts';

let server: IngestServer;
let tls: TlsServer;
let session: ClientHttp2Session;
let authority = '';
beforeAll(async () => {
  server = await openIngestServer();
  const certificate = selfSigned();
  tls = createTlsServer({ ...certificate, requestTimeout: 10_000 }, (req, res) => void server.ingest.handle(req, res));
  await new Promise<void>((resolve) => tls.server.listen(0, '127.0.0.1', resolve));
  authority = `localhost:${(tls.server.address() as AddressInfo).port}`;
  session = connect(`https://${authority}`, { ca: certificate.cert });
});
afterAll(async () => {
  session.destroy();
  tls.closeAll();
  await new Promise((resolve) => tls.server.close(resolve));
  await server.close();
});

function request(
  headers: OutgoingHttpHeaders,
  body = '',
): Promise<{ readonly headers: object; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
    let received: object = {};
    let text = '';
    stream.on('response', (answer) => (received = answer));
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    stream.once('end', () => resolve({ headers: received, text }));
    stream.once('error', reject);
    if (body !== '') stream.end(body);
  });
}

describe('over HTTP/2', () => {
  it('a call is taken and answered', async () => {
    const { key, id } = await server.addSource();
    const call = JSON.stringify({ userId: 'u1', event: 'E' });
    const headers = {
      ':method': 'POST',
      ':path': '/v1/track',
      authorization: basic(key),
      origin: 'https://shop.example',
    };
    const answer = await request(headers, call);
    expect(answer.text).toBe('{}');
    expect(answer.headers).toMatchObject({
      ':status': 200,
      'access-control-allow-origin': 'https://shop.example',
      'content-type': 'application/json',
    });
    expect(await server.events(id)).toMatchObject([{ event: 'E', context: { ip: '127.0.0.1' } }]);
  });

  it('a bad call is refused in strict mode', async () => {
    const { key } = await server.addSource();
    const headers = { ':method': 'POST', ':path': '/v1/track', authorization: basic(key), 'x-strict-mode': '1' };
    expect((await request(headers, '{')).headers).toMatchObject({ ':status': 400 });
  });

  it('the settings name https and the host asked', async () => {
    const { key } = await server.addSource();
    const { text } = await request({ ':path': `/v1/projects/${key}/settings` });
    expect(JSON.parse(text)).toMatchObject({
      integrations: { 'Customer.io Data Pipelines': { apiHost: `${authority}/v1`, protocol: 'https' } },
    });
  });
});
