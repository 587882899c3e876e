// Events as the log keeps them, parsed again.
import type { CanonicalEvent } from '../event/canonical-event.ts';

/** The canonical event of a stored body. The cast stands at this boundary: only ingest and this API append. */
export const parseStoredEvent = (body: string): CanonicalEvent => JSON.parse(body) as CanonicalEvent;
