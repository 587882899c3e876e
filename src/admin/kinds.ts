// Kinds of destination as the control API needs them: those of the registry, and the workspace, which is one too.
import type { z } from 'zod';
import type { DestinationKind } from '../destinations/destination.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import type { JsonObject } from '../lib/json.ts';
import type { RouterOptions } from '../routing/router.ts';
import { workspaceKind } from '../workspace/actions/workspace-kind.ts';

interface ActionModel {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly fields: z.ZodObject;
  readonly defaultTrigger: string | null;
  readonly defaultMapping: JsonObject;
}

export interface KindModel {
  readonly slug: string;
  readonly name: string;
  /** Names by which an event's `integrations` may address it. */
  readonly integrationNames: readonly string[];
  /** How its actions are routed. */
  readonly routing: RouterOptions;
  readonly description: string;
  readonly actions: readonly ActionModel[];
  /** Where its settings are described; null for the workspace, which has none and cannot be added. */
  readonly destinationKind: DestinationKind | null;
}

const workspace: KindModel = {
  ...workspaceKind,
  routing: { integrationNames: workspaceKind.integrationNames },
  destinationKind: null,
};

const toModel = (kind: DestinationKind): KindModel => ({
  slug: kind.slug,
  name: kind.name,
  integrationNames: [kind.integrationName],
  routing: { integrationNames: [kind.integrationName], ...(kind.liquid && { liquid: kind.liquid }) },
  description: kind.description,
  actions: kind.actions,
  destinationKind: kind,
});

export const allKinds = (registry: DestinationRegistry): readonly KindModel[] => [
  workspace,
  ...[...registry.values()].map(toModel),
];

/** The kind by its slug; null when it is not installed. */
export function kindOf(registry: DestinationRegistry, slug: string): KindModel | null {
  if (slug === workspace.slug) return workspace;
  const kind = registry.get(slug);
  return kind ? toModel(kind) : null;
}
