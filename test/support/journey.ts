// One person's journey through every kind of call, and what must be in the log and the workspace after it.
//
// A client under test sends the calls in order in its own words; what is checked afterwards is the same for all of them.
import { expect } from 'vitest';
import type { ExplainedEvent, TimelineItem } from './control-client.ts';
import type { TestServer } from './server.ts';
import { waitFor } from './wait-for.ts';

export interface Journey {
  readonly userId: string;
  readonly anonymousId: string;
  /** The id the person had before; merged away by the alias. */
  readonly oldId: string;
  readonly email: string;
  readonly groupId: string;
  readonly deviceToken: string;
}

/** Names of its own for one client. */
export const journeyOf = (client: string): Journey => ({
  userId: `${client}-person`,
  anonymousId: `${client}-anonymous`,
  oldId: `${client}-old`,
  email: `${client}@example.com`,
  groupId: `${client}-account`,
  deviceToken: `${client}-device-token`,
});

/** How many calls a journey has. */
export const journeyCalls = 9;

/** Accepted events of a source, from the workspace's ledger. */
export async function acceptedOf(server: TestServer, sourceId: string): Promise<number> {
  const { items } = await server.control.ledger();
  return items
    .filter((item) => item.sourceId === sourceId && item.destinationId === 'workspace')
    .reduce((sum, item) => sum + item.accepted, 0);
}

/** Waits until the workspace has applied everything and the source has `count` events, no fewer and no more. */
export async function settled(server: TestServer, sourceId: string, count: number): Promise<void> {
  await waitFor(`${count} events of source ${sourceId}`, async () => (await acceptedOf(server, sourceId)) >= count);
  await waitFor('the workspace to catch up', async () => (await server.control.status()).workspace.lag === 0);
  expect(await acceptedOf(server, sourceId)).toBe(count);
}

/** The one stored event with this messageId. */
export async function onlyEvent(server: TestServer, messageId: string): Promise<ExplainedEvent> {
  const found = await server.control.events(messageId);
  expect(found, `events with messageId ${messageId}`).toHaveLength(1);
  return found[0]!;
}

/**
 * Checks the journey's end state: the person with attributes, anonymous id, old id, device and relationship; the
 * object; the timeline with every event once, each also in the log.
 */
export async function expectJourney(server: TestServer, journey: Journey): Promise<readonly TimelineItem[]> {
  const person = await server.control.person(journey.userId);
  expect(person).not.toBeNull();
  expect(person!.identifiers).toMatchObject({ id: journey.userId, email: journey.email });
  expect(person!.identifiers.anonymousIds).toContain(journey.anonymousId);
  expect(person!.attributes['plan']?.value).toBe('pro');
  expect(person!.attributes['score']?.value).toBe(7);
  // Only the old id had this one; the merge brings it along.
  expect(person!.attributes['legacy']?.value).toBe(true);
  expect(person!.devices.map(({ token }) => token)).toContain(journey.deviceToken);
  expect(person!.relationships).toContainEqual(
    expect.objectContaining({ objectTypeId: '1', objectId: journey.groupId, attributes: { role: 'owner' } }),
  );
  const resolved = await server.control.person(journey.oldId);
  expect(resolved?.identifiers.cioId).toBe(person!.identifiers.cioId);

  const object = await server.control.get<{ readonly attributes: Record<string, { readonly value: unknown }> }>(
    `objects/1/${journey.groupId}`,
  );
  expect(object.attributes['name']?.value).toBe('Acme');

  const timeline = await server.control.timeline(journey.userId);
  const ids = timeline.map(({ messageId }) => messageId);
  expect(new Set(ids).size, 'every event stands once in the timeline').toBe(ids.length);
  const named = (type: string, name: string): readonly TimelineItem[] =>
    timeline.filter((item) => item.type === type && item.name === name);
  // Done before the identify, under the anonymous id: joined.
  expect(named('track', 'Looked')).toHaveLength(1);
  expect(named('track', 'Order Completed')).toHaveLength(1);
  expect(named('track', 'Order Completed')[0]!.properties).toMatchObject({ total: 12.5, items: [{ sku: 'a' }] });
  expect(named('track', 'Device Created or Updated')).toHaveLength(1);
  expect(timeline.filter(({ type }) => type === 'page')).toHaveLength(1);
  expect(timeline.filter(({ type }) => type === 'screen')).toHaveLength(1);
  for (const id of ids) await onlyEvent(server, id);
  return timeline;
}
