// A bucket of any S3-compatible service as an object store: HEAD and PUT, signed with AWS Signature Version 4.
import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { SendContext } from '../destination.ts';
import type { HttpResponse } from '../http-client.ts';
import { SendFailure, toOutcome } from '../outcome.ts';
import type { ObjectStore } from './object-store.ts';

export interface BucketSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const headTimeoutMs = 15_000;
const putTimeoutMs = 120_000;

export function openBucketStore(context: SendContext<BucketSettings>): ObjectStore {
  return {
    async has(path) {
      const response = await exchange('HEAD', path, context);
      if (response.status === 404) return false;
      return accept(response, context);
    },
    async put(path, content, contentType) {
      accept(await exchange('PUT', path, context, content, contentType), context);
    },
  };
}

/** Lists nothing and changes nothing, but shows that bucket and credentials are right. */
export async function findBucket(context: SendContext<BucketSettings>): Promise<void> {
  accept(await exchange('HEAD', '', context), context);
}

async function exchange(
  method: 'HEAD' | 'PUT',
  path: string,
  { settings, request, clock }: SendContext<BucketSettings>,
  body: Uint8Array = new Uint8Array(),
  contentType?: string,
): Promise<HttpResponse> {
  const signed = await new AwsV4Signer({
    method,
    url: addressOf(path, settings),
    headers: {
      'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    service: 's3',
    region: settings.region,
    accessKeyId: settings.accessKeyId,
    secretAccessKey: settings.secretAccessKey,
    datetime: new Date(clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
  }).sign();
  return request({
    method,
    url: signed.url.href,
    headers: { ...Object.fromEntries(signed.headers), 'user-agent': 'Leat' },
    timeoutMs: method === 'PUT' ? putTimeoutMs : headTimeoutMs,
    ...(method === 'PUT' && { body }),
  });
}

function addressOf(path: string, { endpoint, bucket, prefix, pathStyle }: BucketSettings): string {
  const url = new URL(endpoint);
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
  const key = path === '' ? [] : [...prefix.split('/'), ...path.split('/')].filter((part) => part !== '');
  const parts = [...(pathStyle ? [bucket] : []), ...key];
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${parts.map(encode).join('/')}`;
  return url.href;
}

/** As Signature Version 4 wants it: all but unreserved characters. */
const encode = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** No answer of a store is an event's own fault: whatever it refuses is tried again when somebody has mended it. */
function accept(response: HttpResponse, { clock, settings }: SendContext<BucketSettings>): true {
  const outcome = toOutcome(response, clock.now());
  if (outcome.result === 'delivered') return true;
  const code = /<Code>(\w+)<\/Code>/.exec(response.body)?.[1];
  const { status } = response;
  const hint =
    status === 404
      ? `There is no bucket "${settings.bucket}" at ${settings.endpoint}. Create it, or check name, region and path style.`
      : code === 'SignatureDoesNotMatch' || code === 'InvalidAccessKeyId'
        ? `The store refused our keys (${code}). Check access key and secret access key.`
        : code === undefined
          ? outcome.reason
          : `The store refused the request (${status} ${code}).`;
  const retryAfterMs = outcome.result === 'retry' ? outcome.retryAfterMs : undefined;
  const retry = { result: 'retry', scope: 'destination', reason: hint, status } as const;
  throw new SendFailure('destination_unavailable', { ...retry, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}
