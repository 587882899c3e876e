// Draws requests as bad as they come: broken JSON, broken HTTP, wrong encodings, bombs. Each has a name for the report.
import { deflateSync, gzipSync } from 'node:zlib';
import type { RawOptions } from './raw-http.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface BadRequest {
  readonly name: string;
  readonly bytes: Buffer;
  readonly options?: RawOptions;
}

const routes = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'batch', 'b', 'i', 't', 'import', 'm'];

/** Makes bad requests under `key`, or under a bad key. */
export function badRequestMaker(key: string, random: SeededRandom): () => BadRequest {
  const authorization = (): string =>
    random.pick([
      `Basic ${btoa(`${key}:`)}`,
      `Basic ${btoa(`${key}:`)}`,
      `Basic ${btoa(`${key}:`)}`,
      'Basic Og==',
      'Basic %%%',
      'Bearer x',
      '',
      `Basic ${'A'.repeat(5000)}`,
    ]);
  const request = (body: Buffer, headers: Readonly<Record<string, string>> = {}): Buffer => {
    const strict = random.integer(3) === 0 ? { 'X-Strict-Mode': '1' } : {};
    const all = {
      Host: 'x',
      Authorization: authorization(),
      'Content-Length': String(body.length),
      ...strict,
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([Buffer.from(`POST /v1/${random.pick(routes)} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
  };
  const valid = (): string =>
    JSON.stringify({ userId: 'u1', event: 'E', type: 'track', properties: { a: [1, 2, { b: 'ä😀' }] }, batch: [] });
  const json = (text: string | Buffer): Buffer => request(typeof text === 'string' ? Buffer.from(text) : text);

  const kinds: readonly (() => BadRequest)[] = [
    () => ({ name: 'truncated JSON', bytes: json(valid().slice(0, random.integer(valid().length))) }),
    () => ({ name: 'mutated JSON', bytes: json(mutated(Buffer.from(valid()), random)) }),
    () => ({ name: 'random bytes', bytes: json(randomBytes(random, random.integer(3000))) }),
    () => ({ name: 'wrong type everywhere', bytes: json(JSON.stringify(wrongTypes(random))) }),
    () => ({ name: 'batch of anything', bytes: json(JSON.stringify({ batch: wrongBatch(random) })) }),
    () => ({ name: 'deep arrays', bytes: json('['.repeat(10_000 + random.integer(90_000))) }),
    () => ({ name: 'deep objects, closed', bytes: json(deepObject(2_000 + random.integer(50_000))) }),
    () => ({
      name: 'lone surrogates',
      bytes: json('{"userId":"\\ud800","event":"\\udc00x","properties":{"\\ud83d":"\\ude00"}}'),
    }),
    () => ({ name: 'invalid UTF-8', bytes: json(Buffer.from('{"userId":"\xff\xfe\xc3","event":"\x80"}', 'latin1')) }),
    () => ({ name: 'UTF-16', bytes: json(Buffer.from(`\ufeff${valid()}`, 'utf16le')) }),
    () => ({ name: 'byte order mark', bytes: json(`\ufeff${valid()}`) }),
    () => ({ name: 'NUL bytes', bytes: json('{"userId":"a\\u0000b","event":"\\u0000","groupId":"\\u0000"}') }),
    () => ({
      name: 'duplicate keys',
      bytes: json('{"userId":"a","userId":7,"event":"E","event":null,"__proto__":{"x":1}}'),
    }),
    () => ({
      name: 'prototype keys',
      bytes: json('{"userId":"__proto__","event":"constructor","properties":{"__proto__":{"a":1},"toString":1}}'),
    }),
    () => ({ name: 'huge numbers', bytes: json('{"userId":1e400,"event":"E","timestamp":1e308,"sentAt":-1e308}') }),
    () => ({
      name: 'odd times',
      bytes: json(
        JSON.stringify({ userId: 'u', event: 'E', timestamp: random.pick(oddTimes), sentAt: random.pick(oddTimes) }),
      ),
    }),
    () => ({
      name: 'many keys',
      bytes: json(
        JSON.stringify({
          userId: 'u',
          traits: Object.fromEntries(Array.from({ length: 4000 }, (_, n) => [`k${n}`, n])),
        }),
      ),
    }),
    () => ({ name: 'a body over 1 MiB', bytes: json(`{"userId":"u","event":"${'x'.repeat(1_100_000)}"}`) }),
    () => ({ name: 'a body over 8 MiB', bytes: json(Buffer.alloc(9 * 1024 * 1024, 120)), options: { withinMs: 2000 } }),
    () => ({ name: 'gzip bomb', bytes: request(bomb, { 'Content-Encoding': 'gzip' }) }),
    () => ({
      name: 'truncated gzip',
      bytes: request(gzipSync(valid()).subarray(0, 20), { 'Content-Encoding': 'gzip' }),
    }),
    () => ({ name: 'no gzip at all', bytes: request(Buffer.from(valid()), { 'Content-Encoding': 'gzip' }) }),
    () => ({ name: 'deflate labelled gzip', bytes: request(deflateSync(valid()), { 'Content-Encoding': 'gzip' }) }),
    () => ({ name: 'unknown encoding', bytes: request(Buffer.from(valid()), { 'Content-Encoding': 'br, zstd' }) }),
    () => ({
      name: 'too long a content-length',
      bytes: request(Buffer.from(valid()), { 'Content-Length': '9999' }),
      options: { halfClose: true, withinMs: 2000 },
    }),
    () => ({
      name: 'negative content-length',
      bytes: request(Buffer.from(valid()), { 'Content-Length': '-5' }),
      options: { withinMs: 2000 },
    }),
    () => ({
      name: 'bad chunks',
      bytes: badChunks(request(Buffer.alloc(0), { 'Transfer-Encoding': 'chunked' })),
      options: { withinMs: 2000 },
    }),
    () => ({ name: 'slow sender', bytes: json(valid()), options: { pieces: 20, pauseMs: 15 } }),
    () => ({
      name: 'abandoned upload',
      bytes: json(Buffer.alloc(200_000, 97)).subarray(0, 100_000),
      options: { halfClose: true, withinMs: 2000 },
    }),
    () => ({ name: 'no HTTP', bytes: randomBytes(random, 200), options: { halfClose: true, withinMs: 2000 } }),
    () => ({
      name: 'odd path',
      bytes: Buffer.from(`POST ${random.pick(oddPaths)} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`),
      options: { withinMs: 2000 },
    }),
    () => ({
      name: 'odd method',
      bytes: Buffer.from(
        `${random.pick(['GET', 'PUT', 'DELETE', 'BREW', 'TRACE'])} /v1/track HTTP/1.1\r\nHost: x\r\n\r\n`,
      ),
      options: { withinMs: 2000 },
    }),
    () => ({
      name: 'long header',
      bytes: request(Buffer.from(valid()), { 'User-Agent': 'x'.repeat(random.integer(40_000)) }),
    }),
  ];
  return () => random.pick(kinds)();
}

const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
const oddTimes = [
  '',
  'yesterday',
  '2026-13-45T99:99:99Z',
  '9999999999999999',
  -1,
  0,
  1e20,
  true,
  [],
  {},
  '0000-00-00',
  '+275760-09-13T00:00:00.001Z',
];
const oddPaths = [
  '/v1//track//',
  '/v1/%2e%2e/%00',
  '/v1/track?writeKey=%ff',
  '//',
  '/v1/projects/%/settings',
  '/V1/TRACK',
  `/${'a'.repeat(9000)}`,
  '*',
  '/v1/analytics-js/../../package.json',
  '/v1/analytics-js/%2e%2e%2fpackage.json',
];

const randomBytes = (random: SeededRandom, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.integer(256)));

function mutated(bytes: Buffer, random: SeededRandom): Buffer {
  for (let n = 0; n < 1 + random.integer(5); n++) bytes[random.integer(bytes.length)] = random.integer(256);
  return bytes;
}

const deepObject = (depth: number): string =>
  `{"userId":"u","event":"E","properties":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;

const anything = (random: SeededRandom): unknown =>
  random.pick([
    null,
    true,
    0,
    -1,
    1.5,
    '',
    'text',
    [],
    {},
    [[]],
    { a: { b: null } },
    'x'.repeat(40_000),
    '\u0000',
    '🏴‍☠️',
  ]);

const fields = [
  'type',
  'userId',
  'anonymousId',
  'previousId',
  'groupId',
  'event',
  'name',
  'traits',
  'properties',
  'context',
  'integrations',
  'messageId',
  'timestamp',
  'sentAt',
  'writeKey',
  'batch',
];

const wrongTypes = (random: SeededRandom): unknown =>
  Object.fromEntries(fields.filter(() => random.integer(2) === 0).map((field) => [field, anything(random)]));

const wrongBatch = (random: SeededRandom): unknown =>
  random.integer(5) === 0
    ? anything(random)
    : Array.from({ length: random.integer(50) }, () => random.pick([anything, wrongTypes])(random));

const badChunks = (head: Buffer): Buffer => Buffer.concat([head, Buffer.from('5\r\n{"a":\r\nZZ\r\n1}\r\n0\r\n\r\n')]);
