// AWS Signature Version 4 as a server checks it, written from the published description and apart from the library that
// signs (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
import { createHash, createHmac } from 'node:crypto';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they are on the wire. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** Why a server would refuse the request; null when it is signed as it should be. */
export function signatureFault(request: SignedRequest, secretAccessKey: string): string | null {
  const { headers, body } = request;
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, date = '', region = '', service = '', signed = '', signature] =
    pattern.exec(headers['authorization'] ?? '') ?? [];
  if (signature === undefined) return 'there is no readable Authorization header';
  const names = signed.split(';');
  for (const name of ['host', ...Object.keys(headers).filter((one) => one.startsWith('x-amz-'))])
    if (!names.includes(name)) return `${name} is not signed`;
  if (names.join() !== names.toSorted().join()) return 'the signed headers are not sorted';
  const time = headers['x-amz-date'] ?? '';
  if (!time.startsWith(date)) return 'the scope is of another day';
  const content = hash(body);
  if (headers['x-amz-content-sha256'] !== content) return 'the body is not the one that was signed';

  const [path = '', query = ''] = request.target.split('?');
  const canonical = [
    request.method,
    path,
    query.split('&').toSorted().join('&'),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    content,
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hash(canonical)].join('\n');
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of [date, region, service, 'aws4_request']) key = mac(key, part);
  return mac(key, text).toString('hex') === signature ? null : 'the signature is another one';
}

const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const mac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
