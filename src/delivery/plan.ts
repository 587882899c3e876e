// How a destination is to be served at present: its configuration, checked and compiled.
import type { Destination } from '../control/model.ts';
import type { DeliverySettings, DestinationKind } from '../destinations/destination.ts';
import { openHttpClient } from '../destinations/http-client.ts';
import { KnownSecrets } from '../destinations/known-secrets.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import { parseSettings, redactSettings, secretValues } from '../destinations/settings.ts';
import { InputError } from '../errors/errors.ts';
import type { JsonObject } from '../lib/json.ts';
import { compileRouter } from '../routing/router.ts';
import type { Router, RouterOptions } from '../routing/router.ts';
import type { Connection } from './send-unit.ts';

export interface Plan {
  readonly version: number;
  readonly kind: DestinationKind;
  readonly router: Router;
  readonly connection: Connection;
  readonly delivery: DeliverySettings;
  /** The destination as configured, secrets blanked: what explain is shown. */
  readonly config: JsonObject;
}

export interface PlanOptions {
  readonly registry: DestinationRegistry;
  readonly allowPrivateAddresses: boolean;
  /** Marks everything that is sent as part of this replay. */
  readonly replayId?: string;
}

/** How the kind's actions are routed. */
export const routerOptionsOf = ({ integrationName, liquid }: DestinationKind): RouterOptions => ({
  integrationNames: [integrationName],
  ...(liquid && { liquid }),
});

/** Makes a plan, with connections of its own that its user closes. Throws InputError when the configuration is not sound. */
export function openPlan(destination: Destination, { registry, allowPrivateAddresses, replayId }: PlanOptions): Plan {
  const kind = registry.get(destination.kind);
  if (!kind) throw new InputError('invalid_request', `There is no destination kind "${destination.kind}".`, 'kind');
  const { settings, delivery } = parseSettings(kind, destination.settings);
  const router = compileRouter(destination, routerOptionsOf(kind));
  const { version, name, enabled, sourceIds, actions } = destination;
  return {
    version,
    kind,
    router,
    delivery,
    config: {
      kind: kind.slug,
      name,
      enabled,
      sourceIds,
      actions: actions.map((action) => ({ ...action })),
      settings: redactSettings(kind, destination.settings),
    },
    connection: {
      settings,
      secrets: new KnownSecrets(secretValues(kind, destination.settings)),
      allowPrivateAddresses,
      ...(replayId !== undefined && { replayId }),
      client: openHttpClient({ maxConnections: delivery.maxConcurrency, allowPrivateAddresses }),
    },
  };
}
