// The shape of catalogue.json: what is known of the package's destinations without loading them. Written by
// generate-catalogue.ts, read by load-segment-pack.ts.
import type { Json, JsonObject } from '../../src/lib/json.ts';

export interface Catalogue {
  /** Version of @segment/action-destinations that this was made from. */
  readonly version: string;
  readonly kinds: readonly CatalogueKind[];
}

export interface CatalogueKind {
  /** Where its code is in the package. */
  readonly directory: string;
  readonly slug: string;
  readonly name: string;
  /** Its name in the package, by which an event's `integrations` switches it. */
  readonly integrationName: string;
  readonly description: string;
  /** `oauth`: needs an access token of an app that is registered with the vendor. */
  readonly auth: 'settings' | 'oauth';
  /** OAuth only: whether the package can renew an access token. */
  readonly canRefresh: boolean;
  readonly canTest: boolean;
  readonly settings: Readonly<Record<string, CatalogueSetting>>;
  readonly actions: readonly CatalogueAction[];
  /** What a new destination starts with. */
  readonly presets: readonly CataloguePreset[];
}

export interface CatalogueSetting {
  readonly title: string;
  readonly description: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly secret?: true;
  readonly required?: true;
  readonly choices?: readonly string[];
  readonly default?: Json;
}

export interface CatalogueAction {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** FQL in Leat's own words. */
  readonly trigger: string | null;
  readonly mapping: JsonObject;
  readonly fields: Readonly<Record<string, CatalogueField>>;
  /** Whether payloads go out together unless their `enable_batching` says otherwise, and how many. */
  readonly batch: { readonly maxEvents: number } | null;
}

export interface CatalogueField {
  /** Without it the action cannot be carried out. */
  readonly required?: true;
  /** JSON schema of what the mapping fills; `hidden` ones are not for forms. */
  readonly schema: JsonObject;
}

export interface CataloguePreset {
  readonly action: string;
  readonly name: string;
  readonly trigger: string;
  /** Where it differs from the action's own mapping; null leaves a field out. */
  readonly mapping: Readonly<Record<string, Json>>;
}
