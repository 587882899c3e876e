import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import { stepFor } from './overview.ts';

interface Series {
  readonly destinationId: string;
  readonly delivered: readonly number[];
  readonly filtered: readonly number[];
  readonly delay: { readonly p95Ms: number | null };
  readonly delays: readonly { readonly medianMs: number | null }[];
}

describe('the overview', () => {
  let server: ControlServer;
  let inbox: Awaited<ReturnType<typeof openWebhookReceiver>>;
  beforeAll(async () => {
    server = await startControlServer();
    inbox = await openWebhookReceiver();
  });
  afterAll(async () => {
    await server.close();
    await inbox.close();
  });
  const total = (series: readonly number[]): number => series.reduce((sum, value) => sum + value, 0);
  const hours = (count: number): string => new Date(Date.now() - count * 3_600_000).toISOString();

  it('adds up what came in and what became of it, over whatever stretch is asked for', async () => {
    const { body: destination } = await server.call('POST', 'destinations', {
      body: { name: 'Hook', kind: 'webhook', settings: { url: inbox.url } },
    });
    for (const messageId of ['m1', 'm2', 'm2'])
      await server.send('/v1/track', { userId: 'u1', event: 'Seen', messageId });
    for (let calls = 0; calls < 3; calls++) await server.send('/v1/track', { userId: 'u1' });
    await server.applied();
    const hookOf = (items: readonly Series[]): Series | undefined =>
      items.find(({ destinationId }) => destinationId === destination.id);
    await waitFor('both deliveries', async () => {
      const { body } = await server.call('GET', 'overview');
      return total(hookOf(body.destinations)?.delivered ?? []) === 2;
    });
    for (const [query, stepMinutes] of [
      ['', 1],
      [`?from=${hours(24)}`, 10],
      [`?from=${hours(24 * 30)}`, 360],
    ] as const) {
      const { status, body } = await server.call('GET', `overview${query}`);
      expect(status).toBe(200);
      expect(body.stepMinutes).toBe(stepMinutes);
      const [source] = body.sources;
      expect(source).toMatchObject({ sourceId: server.sourceId });
      expect(source.accepted).toHaveLength(body.steps.length);
      expect([total(source.accepted), total(source.duplicates)]).toEqual([2, 1]);
      const hook = hookOf(body.destinations);
      expect(hook).toMatchObject({ successRate: 1, waitingMs: 0 });
      expect(total(hook?.delivered ?? [])).toBe(2);
      const { delay, delays } = hook ?? {};
      expect(delay?.p95Ms).toBeGreaterThanOrEqual(10);
      expect(delays).toHaveLength(body.steps.length);
      expect(delays?.filter(({ medianMs }) => medianMs !== null)).not.toHaveLength(0);
      expect(body.rejections).toMatchObject([{ sourceId: server.sourceId, reason: 'missing_field' }]);
      expect(total(body.rejections[0].calls)).toBe(3);
      expect(body.destinations).toContainEqual(expect.objectContaining({ destinationId: 'workspace', waitingMs: 0 }));
    }
  });

  it('says how long the oldest event has waited', async () => {
    const { body: destination } = await server.call('POST', 'destinations', {
      body: { name: 'Slow', kind: 'webhook', settings: { url: 'http://127.0.0.1:1/' } },
    });
    await server.send('/v1/track', { userId: 'u2', event: 'Seen' });
    await waitFor('a delay', async () => {
      const { body } = await server.call('GET', 'overview');
      const found = body.destinations.find((one: Series) => one.destinationId === destination.id);
      return found.waitingMs > 0 && found.successRate === null;
    });
  });

  it('refuses stretches that are empty or too long, and says so', async () => {
    const empty = await server.call('GET', `overview?from=${hours(1)}&to=${hours(2)}`);
    expect(empty).toMatchObject({ status: 400, body: { field: 'from' } });
    expect((await server.call('GET', `overview?from=${hours(24 * 100)}`)).body.message).toContain('92 days');
  });

  it('keeps to steps that a chart can show', () => {
    for (const minutes of [1, 60, 181, 24 * 60, 7 * 24 * 60, 92 * 24 * 60])
      expect(minutes / stepFor(minutes)).toBeLessThanOrEqual(180);
    expect([60, 1440, 7 * 1440].map(stepFor)).toEqual([1, 10, 60]);
  });
});
