// Makes a self-signed certificate for localhost, so that TLS can be tested without a tool that may not be installed.
// X.509 version 3 in DER (RFC 5280): a P-256 key, signed with ECDSA and SHA-256, good for an hour.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the public key in base64, by which Chromium can be told to trust it. */
  readonly publicKeyHash: string;
}

export function selfSigned(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  // A name of its own: clients that trust several certificates tell them apart by it.
  const name = sequence(set(sequence(oid(0x55, 0x04, 0x03), text(`Leat test ${serial.toString('hex')}`))));
  const now = Date.now();
  const extensions = sequence(
    // Basic constraints: an authority, so that clients can be told to trust it.
    sequence(oid(0x55, 0x1d, 0x13), boolean(true), octets(sequence(boolean(true)))),
    // Alternative names: DNS localhost, IP 127.0.0.1.
    sequence(
      oid(0x55, 0x1d, 0x11),
      octets(sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))),
    ),
  );
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    sequence(time(now - 3_600_000), time(now + 3_600_000)),
    name,
    spki,
    der(0xa3, extensions),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicKeyHash: createHash('sha256').update(spki).digest('base64'),
  };
}

/** Tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, Buffer.concat(parts));
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 0xff : 0]));
const octets = (content: Buffer): Buffer => der(0x04, content);
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const time = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const pem = (label: string, content: Buffer): string =>
  `-----BEGIN ${label}-----\n${content.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
