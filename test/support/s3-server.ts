// A real S3 server on loopback, with one bucket. It knows keys by their id, but checks no version 4 signature.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';

export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Every object by its key. */
  objects(): Promise<ReadonlyMap<string, Buffer>>;
  close(): Promise<void>;
}

const bucket = 'events';
/** How the server keeps an object in its folder. */
const contentSuffix = '._S3rver_object';

export async function openS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(tmpdir(), 'leat-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    resetOnClose: false,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    async objects() {
      const root = path.join(directory, bucket);
      const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(contentSuffix));
      const contents = await Promise.all(names.map((name) => readFile(path.join(root, name))));
      return new Map(names.map((name, index) => [name.slice(0, -contentSuffix.length), contents[index]!]));
    },
    async close() {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}
