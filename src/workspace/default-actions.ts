// The actions that the workspace begins with.
import type { Action } from '../control/model.ts';
import { workspaceKind } from './actions/workspace-kind.ts';

/** Every action of the kind once, with its default trigger and mapping. Its id is its slug. */
export const workspaceActions = (): readonly Action[] =>
  workspaceKind.actions.map((action) => ({
    id: action.slug,
    kind: action.slug,
    name: action.name,
    enabled: true,
    trigger: action.defaultTrigger,
    mapping: action.defaultMapping,
  }));
