// What S3 is sent, checked as S3 checks it. The check itself is held against the examples that AWS publishes.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { DestinationKind } from '../../src/destinations/destination.ts';
import { s3 } from '../../src/destinations/s3.ts';
import { signatureFault } from '../support/aws-signature.ts';
import type { SignedRequest } from '../support/aws-signature.ts';
import { openRangeBed, rangeDestination } from '../support/range-destination.ts';

const kind = s3 as unknown as DestinationKind;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Of the examples in AWS's documentation. */
const published = { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', host: 'examplebucket.s3.amazonaws.com' };
const authorization = (signed: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signed},Signature=${signature}`;

describe('the check of signatures', () => {
  it.each<[string, SignedRequest]>([
    [
      'GET',
      {
        method: 'GET',
        target: '/test.txt',
        headers: {
          host: published.host,
          range: 'bytes=0-9',
          'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          'x-amz-date': '20130524T000000Z',
          authorization: authorization(
            'host;range;x-amz-content-sha256;x-amz-date',
            'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
          ),
        },
        body: Buffer.from(''),
      },
    ],
    [
      'PUT',
      {
        method: 'PUT',
        target: '/test%24file.text',
        headers: {
          date: 'Fri, 24 May 2013 00:00:00 GMT',
          host: published.host,
          'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
          'x-amz-date': '20130524T000000Z',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          authorization: authorization(
            'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
            '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
          ),
        },
        body: Buffer.from('Welcome to Amazon S3.'),
      },
    ],
  ])('agrees with the published example of %s, and with nothing else', (_, request) => {
    expect(signatureFault(request, published.secret)).toBeNull();
    expect(signatureFault(request, 'another secret')).toMatch(/another one/);
    expect(signatureFault({ ...request, target: '/other' }, published.secret)).toMatch(/another one/);
    expect(signatureFault({ ...request, body: Buffer.from('x') }, published.secret)).toMatch(/body/);
  });
});

describe('requests to S3', () => {
  it('are signed as S3 checks them, whatever is in prefix and name', async () => {
    const requests: SignedRequest[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = request.headers as SignedRequest['headers'];
        const { method = '', url: target = '' } = request;
        requests.push({ method, target, headers, body: Buffer.concat(chunks) });
        response.writeHead(method === 'HEAD' && target.includes('_manifests') ? 404 : 200).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/store`;
    const secretAccessKey = 'a/secret+key=';
    const settings = {
      endpoint,
      region: 'eu-west-1',
      bucket: 'lake',
      pathStyle: true,
      accessKeyId: 'AKIA',
      secretAccessKey,
    };
    const bed = await openRangeBed(kind);
    closing.push(() => bed.close());
    for (let n = 0; n < 50; n++) bed.log.append({ properties: { text: 'ünï' } });
    const prefix = "raw/a b+c(d)'*!~ü";
    await bed.configure(rangeDestination(kind, { ...settings, prefix, fileEvents: 20, fileWaitMs: 100 }));
    expect(await bed.settled()).toMatchObject([{ delivered: 50 }]);
    expect(await bed.service.test('d1')).toMatchObject({ ok: true });
    expect(requests.filter(({ method }) => method === 'PUT').length).toBeGreaterThanOrEqual(6);
    expect(requests.some(({ target }) => target.includes('/date%3D'))).toBe(true);
    expect(
      requests.map((request) => signatureFault(request, secretAccessKey)).filter((fault) => fault !== null),
    ).toEqual([]);
  });
});
