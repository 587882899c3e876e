// What the API does to people, appended to the log as events, so that the workspace is always what its log says.
import { canonicalise } from '../event/canonicalise.ts';
import { personKey } from '../event/person-key.ts';
import { InputError } from '../errors/errors.ts';
import type { JsonObject } from '../lib/json.ts';
import { uuid } from '../lib/random.ts';
import { sleep } from '../lib/sleep.ts';
import type { Appended } from '../log/event-log.ts';
import type { AdminDeps } from './admin-deps.ts';
import { isoTime } from './api-schema.ts';

/** Source id of what the API appends; no key opens it. */
const controlSourceId = 'leat';

/** As for any call (spec section 13, oversize). */
const maxCallBytes = 32_768;
const pollMs = 10;

export interface PersonChange {
  readonly messageId: string;
  readonly partition: number;
  readonly offset: number;
  /** Whether the workspace has applied it. */
  readonly applied: boolean;
}

export type ChangeCall =
  | { readonly type: 'identify'; readonly userId: string; readonly traits: JsonObject }
  | {
      readonly type: 'track';
      readonly userId: string;
      readonly event: 'User Deleted' | 'User Suppressed' | 'User Unsuppressed';
    };

type Deps = Pick<AdminDeps, 'appender' | 'workspace' | 'clock' | 'version'>;

/**
 * Appends the call as an event of the source `leat`, durable when this resolves, and waits up to `waitMs` for the
 * workspace to apply it, so that who asks next sees the change.
 * @throws InputError `invalid_request` or `too_large` when the call is not one that ingest would take.
 */
export async function appendChange(deps: Deps, call: ChangeCall, waitMs: number): Promise<PersonChange> {
  const now = deps.clock.now();
  const canonical = canonicalise(
    { ...call, context: { library: { name: 'leat', version: deps.version } } },
    {
      type: call.type,
      receivedAt: now,
      receivedAtText: isoTime(now),
      ip: null,
      strict: true,
      envelope: null,
      notes: [],
      newId: uuid,
    },
  );
  if (!canonical.ok) {
    const [fault] = canonical.faults;
    throw new InputError('invalid_request', fault?.message, fault?.field ?? undefined);
  }
  const { event, body } = canonical;
  const bytes = Buffer.byteLength(body);
  if (bytes > maxCallBytes)
    throw new InputError(
      'too_large',
      `The change makes an event of ${bytes} bytes; the limit is ${maxCallBytes}. Send fewer attributes at once.`,
    );
  const [stored] = await deps.appender.append([
    { sourceId: controlSourceId, messageId: event.messageId, receivedAt: now, personKey: personKey(event), body },
  ]);
  if (!stored) throw new Error('the log answered nothing for an entry');
  const applied = await waitUntilApplied(deps, stored, waitMs);
  return { messageId: event.messageId, partition: stored.partition, offset: stored.offset, applied };
}

async function waitUntilApplied(deps: Deps, stored: Appended, waitMs: number): Promise<boolean> {
  const deadline = deps.clock.monotonic() + waitMs;
  for (;;) {
    const cursors = await deps.workspace.cursors();
    const cursor = cursors.find(({ partition }) => partition === stored.partition);
    if (cursor && cursor.offset > stored.offset) return true;
    if (deps.clock.monotonic() >= deadline) return false;
    await sleep(pollMs);
  }
}
