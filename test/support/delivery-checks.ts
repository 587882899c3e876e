// What a webhook must have received: every stored event at least once, each person's in their order.
import { expect } from 'vitest';
import type { ReceivedRequest } from './webhook-receiver.ts';
import type { SentCall } from './load-client.ts';

interface DeliveredEvent {
  readonly messageId: string;
  readonly userId?: string;
  readonly event?: string;
  readonly properties?: { readonly seq?: number };
}

/** The events of requests, in order of arrival; a batching webhook sends several in one request. */
export function eventsIn(requests: readonly ReceivedRequest[]): readonly DeliveredEvent[] {
  return requests.flatMap(({ body }) => {
    const parsed = JSON.parse(body) as DeliveredEvent | readonly DeliveredEvent[];
    return Array.isArray(parsed) ? (parsed as readonly DeliveredEvent[]) : [parsed as DeliveredEvent];
  });
}

/** Message ids of `calls` that never arrived. */
export function missingFrom(events: readonly DeliveredEvent[], calls: readonly SentCall[]): readonly string[] {
  const arrived = new Set(events.map(({ messageId }) => messageId));
  return calls.map(({ messageId }) => messageId).filter((id) => !arrived.has(id));
}

/**
 * Checks that the counted tracks of each person arrived in their order. Repeats may come any time; an event's first
 * arrival may not come before that of an earlier one.
 */
export function expectOrderPerPerson(events: readonly DeliveredEvent[]): void {
  const last = new Map<string, number>();
  const seen = new Set<string>();
  const disorder: string[] = [];
  for (const { messageId, userId, event, properties } of events) {
    if (event !== 'Counted' || userId === undefined || seen.has(messageId)) continue;
    seen.add(messageId);
    const seq = properties?.seq ?? 0;
    if (seq < (last.get(userId) ?? 0)) disorder.push(`${userId}: ${seq} after ${last.get(userId)}`);
    last.set(userId, seq);
  }
  expect(disorder).toEqual([]);
}
