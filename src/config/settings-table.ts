// The one table of settings: parser, --help, docs/configuration.md and the redacted start-up line all come from it.
import { z } from 'zod';

// Errors are words that go on after the name and the value.
const integer = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'must be true or false' })
  .transform((text) => text === 'true' || text === '1');
const credential = z.string().min(16, { error: 'must have at least 16 characters' });
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
/** An engine that this version does not have is refused, never ignored. */
const embeddedOnly = z.never({ error: 'this version has the embedded engines only; unset it' });
/** With the embedded engines one process does everything. */
const allRoles = list.refine((roles) => ['ingest', 'worker', 'console'].every((role) => roles.includes(role)), {
  error: 'with the embedded engines one process has all roles; unset it',
});
const region = z.enum(['us', 'eu'], { error: 'must be us or eu' });
const regionHosts = list.transform((items, context) => {
  const hosts: { us?: string; eu?: string } = {};
  for (const item of items) {
    const [name, host] = [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)];
    const parsed = region.safeParse(name);
    if (!parsed.success || host === '')
      context.addIssue({ code: 'custom', message: `"${item}" is not of the form us=host[:port]` });
    else hosts[parsed.data] = host;
  }
  return hosts;
});

interface SettingEntry<Schema extends z.ZodType, Default extends string | null> {
  readonly schema: Schema;
  /** As text, as it would stand in the environment; null when there is none. */
  readonly default: Default;
  readonly doc: string;
  /** Its value is kept out of logs, errors and what is shown of the settings. */
  readonly secret: boolean;
}

const setting = <Schema extends z.ZodType, Default extends string | null>(
  schema: Schema,
  fallback: Default,
  doc: string,
  options: { readonly secret?: boolean } = {},
): SettingEntry<Schema, Default> => ({ schema, default: fallback, doc, secret: options.secret ?? false });

export const settingsTable = {
  LEAT_PORT: setting(integer(0, 65535), '8080', 'Port to listen on; 0 takes a free one.'),
  LEAT_HOST: setting(z.string(), '0.0.0.0', 'Address to listen on.'),
  LEAT_DATA_DIR: setting(z.string().min(1), './data', 'Folder of the embedded engines; made when missing.'),
  LEAT_REGION: setting(region, 'us', 'Region of this server; its keys begin with it.'),
  LEAT_REGION_HOSTS: setting(
    regionHosts,
    '',
    'Public hosts of the regions, such as us=cdp.example.com,eu=cdp-eu.example.com. Used to direct browsers and to diagnose keys.',
  ),
  LEAT_ADMIN_TOKEN: setting(
    credential,
    null,
    'Token of the control API; made at first start when unset and kept in the data folder.',
    { secret: true },
  ),
  LEAT_WRITE_KEY: setting(credential, null, 'Key of the first source; made when unset. The first start shows it.', {
    secret: true,
  }),
  LEAT_LOG_URL: setting(embeddedOnly, null, 'Event log engine; unset is the embedded one.', { secret: true }),
  LEAT_STATE_URL: setting(embeddedOnly, null, 'Engine of the state stores; unset is the embedded one.', {
    secret: true,
  }),
  LEAT_ROLES: setting(allRoles, 'ingest,worker,console', 'What this process does: ingest, worker, console.'),
  LEAT_PUBLIC_URL: setting(
    z.url({ error: 'must be an address such as https://cdp.example.com' }),
    null,
    'Address under which clients reach this server; unset, the request’s Host counts.',
  ),
  LEAT_TRUSTED_PROXIES: setting(list, '', 'Addresses or CIDR ranges whose X-Forwarded-* headers count.'),
  LEAT_TLS_CERT: setting(z.string(), null, 'PEM file of the certificate chain; with LEAT_TLS_KEY turns TLS on.'),
  LEAT_TLS_KEY: setting(z.string(), null, 'PEM file of the private key.'),
  LEAT_HARD_RATE_LIMIT: setting(
    integer(0, 1_000_000_000),
    '0',
    'Requests per 3 s and source past which the answer is 429; 0 means never.',
  ),
  LEAT_DEDUP_WINDOW_DAYS: setting(integer(1, 90), '7', 'How long a (source, messageId) is remembered.'),
  LEAT_DEDUP_MEMORY_MB: setting(
    integer(16, 65_536),
    '128',
    'Memory budget of the de-duplication index; bounds the window.',
  ),
  LEAT_RETENTION_DAYS: setting(
    integer(1, 36_500),
    '30',
    'How long the event log keeps events that every reader has passed.',
  ),
  LEAT_RETENTION_GB: setting(
    integer(1, 1_000_000),
    '50',
    'Size of the event log past which the oldest segments go, finished or not.',
  ),
  LEAT_DISABLED_HOLD_DAYS: setting(
    integer(0, 3650),
    '7',
    'How long a disabled destination holds the log for its return.',
  ),
  LEAT_PRIVATE_DESTINATIONS: setting(flag, 'false', 'Whether destinations may point at private or loopback addresses.'),
  LEAT_PHONE_IDENTIFIER: setting(flag, 'false', 'Whether phone numbers (E.164) identify people.'),
  LEAT_LOG_LEVEL: setting(
    z.enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' }),
    'info',
    'Least severe log lines to print.',
  ),
} as const;

export type SettingName = keyof typeof settingsTable;
/** Parsed settings by their name; those without a default are null when unset. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settingsTable)[Name] extends SettingEntry<infer Schema, infer Default>
    ? null extends Default
      ? z.output<Schema> | null
      : z.output<Schema>
    : never;
};
