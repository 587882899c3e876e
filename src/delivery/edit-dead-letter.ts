// Puts another event in the place of one that a destination refused; identity and time of receipt stay.
import { InputError } from '../errors/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { toFeedEvent } from './event-feed.ts';

export interface EditOptions {
  readonly store: DeliveryStore;
  readonly clock: Clock;
}

/** Throws InputError as {@link DeliveryControl.editDeadLetter} says. */
export async function editDeadLetter(
  { store, clock }: EditOptions,
  destinationId: string,
  id: number,
  body: string,
): Promise<void> {
  const letter = await store.deadLetter(destinationId, id);
  if (!letter) throw new InputError('not_found', `${id} is no dead letter of this destination.`, 'letter');
  const { event, orderKeys } = toFeedEvent({ ...letter, body });
  if (event?.messageId !== letter.messageId)
    throw new InputError('invalid_request', 'The messageId of an event stays what it is.', 'event.messageId');
  const edited = await store.editDeadLetter(destinationId, id, { body, orderKeys, editedAt: clock.now() });
  if (!edited)
    throw new InputError(
      'conflict',
      `Dead letter ${id} is back in line already; wait for what becomes of it.`,
      'letter',
    );
}
