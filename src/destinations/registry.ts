// Every destination kind that ships with Leat, one line each.
import type { DestinationKind } from './destination.ts';
import { webhook } from './webhook.ts';

/** Kinds by slug. */
export type DestinationRegistry = ReadonlyMap<string, DestinationKind>;

const kinds: readonly DestinationKind[] = [webhook];

export const registry: DestinationRegistry = new Map(kinds.map((kind) => [kind.slug, kind]));
