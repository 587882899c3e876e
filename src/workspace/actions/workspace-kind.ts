// The workspace as a kind of destination: what the catalogue shows of it, and its actions.
//
// Names that do not land as custom events, and where each action finds what it needs, follow the Pipelines API facts,
// sections 9 and 13. Users may edit the actions like those of any destination.
import { activityActions } from './activity-actions.ts';
import { deviceActions } from './device-actions.ts';
import { objectActions } from './object-actions.ts';
import { personActions } from './person-actions.ts';
import { reportActions } from './report-actions.ts';
import type { WorkspaceAction } from './workspace-action.ts';

export const workspaceKind = {
  slug: 'workspace',
  name: 'Workspace',
  description: 'People, devices, objects and relationships, kept by Leat itself.',
  /** By which a call's `integrations` may address it: what clients of Customer.io call the product and its transport. */
  integrationNames: ['Customer.io', 'Customer.io Data Pipelines'],
  actions: [
    ...personActions,
    ...objectActions,
    ...deviceActions,
    ...activityActions,
    ...reportActions,
  ] satisfies readonly WorkspaceAction[] as readonly WorkspaceAction[],
} as const;

const bySlug: ReadonlyMap<string, WorkspaceAction> = new Map(
  workspaceKind.actions.map((action) => [action.slug, action]),
);

/** The action of the workspace with this slug; undefined when there is none. */
export const workspaceAction = (slug: string): WorkspaceAction | undefined => bySlug.get(slug);
