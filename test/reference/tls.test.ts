// TLS by settings: clients over https, HTTP/2 for those who speak it, certificates exchanged while the server runs.
import { X509Certificate } from 'node:crypto';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import https from 'node:https';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { Analytics } from '@customerio/cdp-analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../support/journey.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { selfSigned } from '../support/self-signed.ts';
import type { Certificate } from '../support/self-signed.ts';

describe('a server with LEAT_TLS_CERT and LEAT_TLS_KEY', () => {
  let folder: string;
  let server: TestServer;
  const [first, second] = [selfSigned(), selfSigned()];
  const write = async ({ cert, key }: Certificate): Promise<void> => {
    await writeFile(path.join(folder, 'cert.pem'), cert);
    await writeFile(path.join(folder, 'key.pem'), key);
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leat-tls-'));
    await write(first);
    // As NODE_EXTRA_CA_CERTS does for a client's process.
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), first.cert, second.cert]);
    server = await startServer({
      settings: { LEAT_TLS_CERT: path.join(folder, 'cert.pem'), LEAT_TLS_KEY: path.join(folder, 'key.pem') },
    });
  });
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('takes calls of an official client over https', async () => {
    expect(server.url).toMatch(/^https:/);
    const source = await server.control.createSource({ name: 'over TLS', kind: 'node' });
    const analytics = new Analytics({ writeKey: source.key, host: server.url });
    analytics.track({ userId: 'tls-u1', event: 'Encrypted' });
    await analytics.closeAndFlush();
    await settled(server, source.id, 1);
    expect((await server.control.timeline('tls-u1')).map(({ name }) => name)).toEqual(['Encrypted']);
  });

  it('speaks HTTP/2 with those who can and HTTP/1.1 with the others', async () => {
    const source = await server.control.createSource({ name: 'HTTP/2', kind: 'javascript' });
    const session = connectHttp2(server.url);
    try {
      const taken = await exchange(session, `/v1/track`, {
        key: source.key,
        body: { userId: 'h2-u1', event: 'Multiplexed', messageId: 'h2-1' },
      });
      expect(taken).toEqual({ status: 200, body: {} });
      const settings = await exchange(session, `/v1/projects/${source.key}/settings`);
      const { host } = new URL(server.url);
      expect(settings.body).toMatchObject({
        integrations: { 'Customer.io Data Pipelines': { apiHost: `${host}/v1`, protocol: 'https' } },
      });
      const strict = await exchange(session, '/v1/track', { key: source.key, body: { userId: 'h2-u1' }, strict: true });
      expect(strict.status).toBe(400);
      expect((await exchange(session, '/api/v1/sources')).status).toBe(401);
      expect((await exchange(session, '/docs')).status).toBe(200);
    } finally {
      session.close();
    }
    await settled(server, source.id, 1);
    expect(await protocolOf(['http/1.1'])).toBe('http/1.1');
    expect(await protocolOf(['h2', 'http/1.1'])).toBe('h2');
  });

  it('uses a new certificate for the next connection and keeps those that are open', async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const before = await ask(agent);
    expect(before.serialNumber).toBe(serialOf(first));
    await write(second);
    await waitFor('the new certificate', async () => (await peerSerial()) === serialOf(second));
    const after = await ask(agent);
    expect(after.serialNumber).toBe(serialOf(first));
    expect(after.port).toBe(before.port);
    agent.destroy();
  });

  it('keeps the old certificate while the pair does not belong together, and says so', async () => {
    await writeFile(path.join(folder, 'cert.pem'), selfSigned().cert);
    await waitFor('the warning', () => server.output().includes('certificate cannot be used'));
    expect(await peerSerial()).toBe(serialOf(second));
  });

  interface Call {
    readonly key: string;
    readonly body: object;
    readonly strict?: boolean;
  }

  const exchange = (
    session: ClientHttp2Session,
    address: string,
    call?: Call,
  ): Promise<{ readonly status: number; readonly body: unknown }> =>
    new Promise((resolve, reject) => {
      const stream = session.request({
        ':path': address,
        ':method': call ? 'POST' : 'GET',
        ...(call && { authorization: `Basic ${Buffer.from(`${call.key}:`).toString('base64')}` }),
        ...(call?.strict && { 'x-strict-mode': '1' }),
      });
      let status = 0;
      let type = '';
      const chunks: Buffer[] = [];
      stream.on('response', (headers) => {
        status = headers[':status'] ?? 0;
        type = headers['content-type'] ?? '';
      });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status, body: type.includes('json') ? (JSON.parse(text) as unknown) : text });
      });
      stream.end(call ? JSON.stringify(call.body) : undefined);
    });

  const connect = (protocols: readonly string[]): Promise<tls.TLSSocket> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const socket = tls.connect({ host: hostname, port: Number(port), ALPNProtocols: [...protocols] }, () =>
        resolve(socket),
      );
      socket.once('error', reject);
    });

  const protocolOf = async (protocols: readonly string[]): Promise<string | false | null> => {
    const socket = await connect(protocols);
    const { alpnProtocol } = socket;
    socket.destroy();
    return alpnProtocol;
  };

  const peerSerial = async (): Promise<string> => {
    const socket = await connect(['http/1.1']);
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };

  /** One request over HTTP/1.1 on the agent's connection. */
  const ask = (agent: https.Agent): Promise<{ readonly serialNumber: string; readonly port: number | undefined }> =>
    new Promise((resolve, reject) => {
      https
        .get(`${server.url}/healthz`, { agent }, (response) => {
          const socket = response.socket as tls.TLSSocket;
          const { serialNumber } = socket.getPeerCertificate();
          const { localPort: port } = socket;
          response.resume().once('end', () => resolve({ serialNumber, port }));
        })
        .once('error', reject);
    });

  const serialOf = ({ cert }: Certificate): string => new X509Certificate(cert).serialNumber;
});
