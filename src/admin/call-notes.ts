// What was odd about a call that was taken: the notes stored with its event, and what the catalogue of semantic events
// says of it. The latter is worked out anew, so it is that of the running version.
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { checkProperties } from '../event/semantic/check-properties.ts';
import type { JsonObject } from '../lib/json.ts';

export const callNotes = (event: CanonicalEvent): JsonObject[] => [
  ...(event._leat?.notes ?? []),
  ...checkProperties(event).map(({ path, message }) => ({
    reason: 'semantic_event',
    field: path,
    message: `${message}. It is taken and sent on as it is.`,
  })),
];
