// Every destination kind that ships with Leat, one line each.
import { customerio } from './customerio/customerio.ts';
import type { DestinationKind } from './destination.ts';
import { files, filesOutside } from './files.ts';
import { googleAnalytics } from './google-analytics/google-analytics.ts';
import { kafka } from './kafka.ts';
import { postgres } from './postgres.ts';
import { s3 } from './s3.ts';
import { segment } from './segment.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

/** Kinds by slug. */
export type DestinationRegistry = ReadonlyMap<string, DestinationKind>;

const kinds: readonly DestinationKind[] = [
  webhook,
  customerio,
  segment,
  slack,
  googleAnalytics,
  files,
  s3,
  postgres,
  kafka,
];

export const registry: DestinationRegistry = new Map(kinds.map((kind) => [kind.slug, kind]));

/**
 * The registry of a server whose data lies in `ownFolder`, with more kinds in it, such as those of an installed pack.
 * Leat's own come first and keep their slugs.
 */
export const withKinds = (more: readonly DestinationKind[], ownFolder: string | null = null): DestinationRegistry =>
  new Map([
    ...registry,
    [files.slug, filesOutside(ownFolder)],
    ...more.filter(({ slug }) => !registry.has(slug)).map((kind) => [kind.slug, kind] as const),
  ]);
