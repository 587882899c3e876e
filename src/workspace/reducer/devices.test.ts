import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify, track } from '../calls.fixture.ts';
import { testEpoch } from '../memory-log.fixture.ts';
import type { TestCall } from '../memory-log.fixture.ts';
import { WorkspaceBed } from '../sqlite/workspace-bed.fixture.ts';

let bed: WorkspaceBed;
beforeEach(() => {
  bed = new WorkspaceBed();
});
afterEach(() => bed.close());

const registered = (userId: string, more: object = {}): TestCall =>
  track(
    userId,
    'Device Created or Updated',
    { app_version: '1' },
    {
      context: { device: { token: 't1', type: 'ios' }, app: { namespace: 'com.example' } },
      ...more,
    },
  );
const devices = async (identifier: string) => (await bed.reader.person(identifier))?.devices;

describe('a device', () => {
  it('belongs to the person who registered it, and the call lands as an event too', async () => {
    await bed.apply(registered('u1'));
    expect(await devices('u1')).toEqual([
      {
        token: 't1',
        platform: 'ios',
        appIdentifier: 'com.example',
        lastUsedAt: testEpoch + 1,
        attributes: { app_version: '1' },
      },
    ]);
    expect((await bed.reader.timeline('u1', null, 10)).items.map(({ name }) => name)).toEqual([
      'Device Created or Updated',
    ]);
  });

  it.each([
    [{ context: {}, properties: { device: { token: 't1', type: 'android' }, app_version: '1' } }, 'android'],
    [{ context: { device: { token: '' } }, properties: { token: 't1', app_version: '1' } }, null],
  ])('is found at %j', async (fields, platform) => {
    await bed.apply(registered('u1', fields));
    expect(await devices('u1')).toMatchObject([{ token: 't1', platform, attributes: { app_version: '1' } }]);
  });

  it('is registered and removed by application events that carry a token', async () => {
    const context = { device: { token: 't1', type: 'ios' } };
    await bed.apply(track('u1', 'Application Opened', {}, { context }), track('u1', 'Application Installed'));
    expect(await devices('u1')).toHaveLength(1);
    expect(await bed.reader.effect(0, 2)).toMatchObject({ outcome: 'delivered', changes: ['activity'], notes: [] });
    await bed.apply(track('u1', 'Application Uninstalled', {}, { context }));
    expect(await devices('u1')).toEqual([]);
    expect((await bed.reader.timeline('u1', null, 10)).items).toHaveLength(3);
  });

  it('of an anonymous visitor waits until they are somebody', async () => {
    const opened: TestCall = {
      type: 'track',
      anonymousId: 'a1',
      event: 'Application Opened',
      context: { device: { token: 't1' } },
    };
    await bed.apply(opened, identify('u1', {}, { anonymousId: 'a1' }));
    expect(await bed.reader.effect(0, 1)).toMatchObject({ outcome: 'delivered', changes: ['activity'] });
    expect(await devices('u1')).toEqual([]);
    await bed.apply(opened);
    expect(await devices('u1')).toHaveLength(1);
  });

  it('moves to whoever registers it later by event time', async () => {
    bed.append(registered('u1'), { at: testEpoch + 1000 });
    bed.append(registered('u2', { properties: {} }), { at: testEpoch + 2000, received: testEpoch + 2000 });
    bed.append(registered('u1'), { at: testEpoch + 1500, received: testEpoch + 3000 });
    await bed.catchUp();
    expect(await devices('u1')).toEqual([]);
    expect(await devices('u2')).toMatchObject([{ token: 't1', attributes: {} }]);
    expect((await bed.reader.effect(0, 3))?.notes).toEqual(['device t1: registered later by another person']);
  });

  it('is removed by its person only', async () => {
    const removed = (userId: string): TestCall =>
      track(userId, 'Device Deleted', {}, { context: { device: { token: 't1' } } });
    await bed.apply(registered('u1'), removed('u2'));
    expect(await devices('u1')).toHaveLength(1);
    await bed.apply(removed('u1'));
    expect(await devices('u1')).toEqual([]);
    expect(await bed.reader.person('u2')).toMatchObject({ devices: [] });
  });
});
