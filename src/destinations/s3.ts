// S3: writes events to a bucket of Amazon S3 or any service that speaks its protocol.
import { z } from 'zod';
import { secret } from './destination.ts';
import type { DestinationKind, SendContext, TestResult } from './destination.ts';
import { findBucket, openBucketStore } from './object-files/bucket-store.ts';
import { exampleEvent, fileSettings, layoutDescription, writeAction } from './object-files/file-settings.ts';
import { SendFailure } from './outcome.ts';

const settings = z.object({
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .default('https://s3.amazonaws.com')
    .meta({ title: 'Endpoint', description: 'Address of the service, such as https://s3.eu-central-1.amazonaws.com.' }),
  region: z.string().min(1).default('us-east-1').meta({ title: 'Region', description: 'The bucket’s region.' }),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'is not a bucket’s name' })
    .meta({ title: 'Bucket', description: 'Its name. It has to exist.' }),
  prefix: z.string().default('').meta({ title: 'Prefix', description: 'Folder in the bucket; empty for its top.' }),
  pathStyle: z.boolean().default(false).meta({
    title: 'Path style',
    description: 'Puts the bucket into the path instead of the host name; most services other than Amazon’s want that.',
  }),
  accessKeyId: z.string().min(1).meta({
    title: 'Access key',
    description: 'Id of a key that may do s3:PutObject, s3:GetObject and s3:ListBucket.',
  }),
  secretAccessKey: secret(z.string().min(1)).meta({
    title: 'Secret access key',
    description: 'The key’s secret part.',
    secret: true,
  }),
  ...fileSettings,
});
type Settings = z.output<typeof settings>;

async function test(context: SendContext<Settings>): Promise<TestResult> {
  try {
    await findBucket(context);
    return { ok: true, message: `The bucket ${context.settings.bucket} is there and our keys open it.` };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example-secret' };

export const s3: DestinationKind<typeof settings> = {
  slug: 's3',
  name: 'S3',
  integrationName: 'Amazon S3',
  description:
    'Writes events to a bucket of Amazon S3 or of any service that speaks its protocol, such as MinIO, Ceph, ' +
    `Cloudflare R2 or Backblaze B2.\n\n${layoutDescription}`,
  settings,
  inRanges: true,
  actions: [writeAction<Settings>(openBucketStore)],
  test,
  examples: [
    {
      title: 'Compressed lines of JSON',
      settings: { bucket: 'my-events', prefix: 'leat', ...keys },
      event: exampleEvent,
      requests: [],
    },
    {
      title: 'Parquet in another service than Amazon’s',
      settings: { endpoint: 'https://minio.example.com', pathStyle: true, bucket: 'lake', format: 'parquet', ...keys },
      event: exampleEvent,
      requests: [],
    },
  ],
};
