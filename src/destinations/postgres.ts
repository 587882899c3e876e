// PostgreSQL as a warehouse, in Segment's schema.
import { z } from 'zod';
import { eventVersion } from '../event/canonical-event.ts';
import { secret } from './destination.ts';
import type { ActionKind, DestinationKind, SendContext, TestResult } from './destination.ts';
import { SendFailure } from './outcome.ts';
import { withWarehouse } from './postgres-warehouse/connect.ts';
import { loadRange } from './postgres-warehouse/load-range.ts';
import { quoted } from './postgres-warehouse/warehouse-names.ts';
import { openSchema } from './postgres-warehouse/warehouse-schema.ts';

const settings = z.object({
  host: z.string().min(1).meta({ title: 'Host', description: 'Name or address of the database server.' }),
  port: z.int().min(1).max(65_535).default(5432).meta({ title: 'Port', description: 'The server’s port.' }),
  database: z.string().min(1).meta({ title: 'Database', description: 'It has to exist.' }),
  user: z.string().min(1).meta({ title: 'User', description: 'May create the schema, or owns it.' }),
  password: secret(z.string()).optional().meta({ title: 'Password', description: 'The user’s.', secret: true }),
  tls: z.enum(['off', 'required', 'verified']).default('verified').meta({
    title: 'TLS',
    description: 'verified: encrypted, and the certificate is checked. required: encrypted. off: in the clear.',
  }),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, { error: 'is not a name of small letters, digits and underscores' })
    .default('leat')
    .meta({ title: 'Schema', description: 'Where the tables are. It is created when it is not there.' }),
  loadEvents: z
    .int()
    .min(1)
    .max(50_000)
    .default(5000)
    .meta({ title: 'Events in a load', description: 'At most this many.' }),
  loadWaitMs: z
    .int()
    .min(100)
    .max(60 * 60 * 1000)
    .default(10_000)
    .meta({ title: 'Wait for a load', description: 'How long the first event of a load waits for others, ms.' }),
});
type Settings = z.output<typeof settings>;

const fields = z.object({
  // Looked through row by row when it is loaded.
  call: z
    .unknown()
    .refine((call) => call !== undefined, { error: 'is missing, since the mapping makes nothing of this event' })
    .meta({ title: 'Call', description: 'The call that is loaded: by default the event as it is.' }),
});

const load: ActionKind<Settings, typeof fields> = {
  slug: 'load',
  name: 'Load',
  description: 'Loads the call into the tables of its type.',
  fields,
  defaultTrigger:
    'type = "identify" or type = "track" or type = "page" or type = "screen" or type = "group" or type = "alias"',
  defaultMapping: { call: { '@path': '$.' } },
  mode: ({ loadEvents, loadWaitMs }) => ({
    mode: 'range',
    maxEvents: loadEvents,
    maxBytes: 8 * 1024 * 1024,
    maxWaitMs: loadWaitMs,
  }),
  async send(items, context) {
    const { range, settings: at } = context;
    if (!range) throw new TypeError('A warehouse is loaded in ranges only.');
    const calls = items.map(({ payload }) => payload.call);
    return withWarehouse(context, (client) => loadRange(client, at.schema, range, calls));
  },
};

/** Makes what a load makes, and takes it back. */
async function test(context: SendContext<Settings>): Promise<TestResult> {
  const { schema, database } = context.settings;
  try {
    await withWarehouse(context, async (client) => {
      await client.query('BEGIN');
      await openSchema(client, schema);
      await client.query(`CREATE TABLE ${quoted(schema)}._leat_test (id text)`);
      await client.query('ROLLBACK');
    });
    return { ok: true, message: `Leat can create tables in ${schema} of the database ${database}.` };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

export const postgres: DestinationKind<typeof settings> = {
  slug: 'postgres',
  name: 'PostgreSQL',
  integrationName: 'Postgres',
  description:
    'Loads calls into PostgreSQL, in the schema that Segment’s warehouses have: `identifies` and `users`, `tracks` and a ' +
    'table for each event name, `pages`, `screens`, `groups` and `accounts`, `aliases`. Each load is one transaction ' +
    'and counts once, whatever crashes; a call that comes again adds nothing.\n\n' +
    'Columns are added as properties and traits appear, named in snake_case, nested objects joined by underscores. A ' +
    'column keeps the type it began with: a value of another type goes to the row’s `_conflicts` under the column’s ' +
    'name, and is counted in the table `_leat_conflicts`. `users` and `accounts` have one row per id with the newest ' +
    'values; what a replay or a retried dead letter brings late only fills what they lack. `_leat_ranges` lists what was loaded.',
  settings,
  inRanges: true,
  actions: [load],
  test,
  examples: [
    {
      title: 'A warehouse',
      settings: { host: 'warehouse.example.com', database: 'analytics', user: 'leat', password: 'example-password' },
      event: {
        type: 'track',
        event: 'Order Completed',
        messageId: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
        userId: 'u1',
        timestamp: '2026-03-01T12:00:00.000Z',
        receivedAt: '2026-03-01T12:00:00.250Z',
        properties: { orderId: 'o1', total: 42.5 },
        context: { ip: '203.0.113.7' },
        integrations: {},
        version: eventVersion,
      },
      requests: [],
    },
  ],
};
