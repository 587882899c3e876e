// An action before it is stored.
import type { Action, Kind } from './destination-queries.ts';

/** Its id until the server gives it one; the preview needs some id. */
export const draftId = 'draft';

/** `editing` is `new:` and the slug of the kind of action. */
export function newAction(kind: Kind | null, editing: string): Action | null {
  const model = kind?.actions.find(({ slug }) => `new:${slug}` === editing);
  if (!model) return null;
  const { slug, name, defaultTrigger, defaultMapping } = model;
  return {
    id: draftId,
    kind: slug,
    name,
    enabled: true,
    trigger: defaultTrigger ?? 'type = "track"',
    mapping: defaultMapping,
  };
}
