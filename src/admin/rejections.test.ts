import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';

describe('rejections over the control API', () => {
  let server: ControlServer;
  beforeAll(async () => {
    server = await startControlServer();
  });
  afterAll(() => server.close());

  const addSource = async (): Promise<{ id: string; key: string }> => {
    const { body } = await server.call('POST', 'sources', { body: { name: 'Shop' } });
    return { id: body.id, key: body.keys[0].key };
  };
  const latestAnswered = async (path: string): Promise<unknown> =>
    (await server.call('GET', `${path}?limit=1`)).body.items[0]?.answered;

  it.each([
    ['a call without what it needs', { userId: 'u' }],
    ['a body that is no JSON', '{"broken'],
    ['a call that is too large', { userId: 'u', event: 'E', pad: 'x'.repeat(40_000) }],
  ])('say what the client was answered for %s', async (_, call) => {
    const { id, key } = await addSource();
    for (const strict of [false, true]) {
      const { status } = await server.send('/v1/track', call, { key, strict });
      expect(status).toBe(strict ? 400 : 200);
      expect(await latestAnswered(`sources/${id}/rejections`)).toBe(status);
    }
  });

  it('say what the client was answered for a key', async () => {
    const call = { userId: 'u', event: 'E' };
    const unknown = 'unrecognised-keys/rejections';
    for (const key of ['', 'mistyped-key-0123456', 'eu_abcdefghijklmnopqrstuvwx'])
      for (const strict of [false, true]) {
        const { status } = await server.send('/v1/track', call, { key, strict });
        expect([key, await latestAnswered(unknown)]).toEqual([key, status]);
      }
    const { id, key } = await addSource();
    const { body: secret } = await server.call('POST', `sources/${id}/keys`, { body: { class: 'secret' } });
    for (const strict of [false, true]) {
      const { status } = await server.send('/v1/track', { ...call, writeKey: secret.key }, { key: '', strict });
      expect(await latestAnswered(`sources/${id}/rejections`)).toBe(status);
    }
    const settings = await fetch(`${server.url}/v1/projects/${secret.key}/settings`);
    expect([settings.status, await latestAnswered(`sources/${id}/rejections`)]).toEqual([404, 404]);
    await server.call('PATCH', `sources/${id}`, { body: { enabled: false } });
    const { status } = await server.send('/v1/track', call, { key, strict: true });
    expect([status, await latestAnswered(`sources/${id}/rejections`)]).toEqual([401, 401]);
  });
});
