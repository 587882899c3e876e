// Settings of a Customer.io destination, and where its Track API is.
import { z } from 'zod';
import { secret } from '../destination.ts';

export const trackSettings = z.object({
  siteId: z.string().min(1).meta({ title: 'Site ID', description: 'From Customer.io’s Track API credentials.' }),
  apiKey: secret(z.string().min(1)).meta({
    title: 'API key',
    description: 'The Track API key that belongs to the site ID.',
    secret: true,
  }),
  region: z.enum(['us', 'eu']).default('us').meta({
    title: 'Region',
    description: 'Where the workspace is. Credentials of one region do not work in the other.',
  }),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional()
    .meta({ title: 'Endpoint', description: 'Used instead of the region’s address, such as that of a proxy.' }),
  convertTimestamps: z.boolean().default(true).meta({
    title: 'Convert dates',
    description: 'Sends ISO 8601 dates in attributes and event data as Unix seconds, which Customer.io can compare.',
  }),
  batchEvents: z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta({ title: 'Events in a batch', description: 'At most this many, and 500 KB; 1 sends every event by itself.' }),
  batchWaitMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(500)
    .meta({ title: 'Wait for a batch', description: 'How long the first event of a batch waits for others, ms.' }),
});
export type TrackSettings = z.output<typeof trackSettings>;

const hosts = { us: 'https://track.customer.io', eu: 'https://track-eu.customer.io' } as const;

/** Address of a Track API path such as `/api/v2/batch`. */
export const trackUrl = ({ endpoint, region }: TrackSettings, path: string): string =>
  `${(endpoint ?? hosts[region]).replace(/\/+$/, '')}${path}`;

export const trackHeaders = ({ siteId, apiKey }: TrackSettings): Readonly<Record<string, string>> => ({
  authorization: `Basic ${Buffer.from(`${siteId}:${apiKey}`).toString('base64')}`,
  'content-type': 'application/json',
  'user-agent': 'Leat',
});
