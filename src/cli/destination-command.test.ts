import { describe, expect, it } from 'vitest';
import { commandLineSuite } from '../../test/support/command-line.ts';

describe('adding a destination that needs a word more', () => {
  const suite = commandLineSuite({ settings: { LEAT_PRIVATE_DESTINATIONS: 'false' } });
  const { leat } = suite;

  it('takes a private address and notes, for people and for scripts, that nothing is sent there', async () => {
    const set = ['--set', 'url=http://10.0.0.1/'];
    const told = await leat(['destination', 'add', 'webhook', '--name', 'Inside', ...set]);
    expect(told).toMatchObject({ code: 0, err: expect.stringMatching(/^Note url points at a private addr/) as string });
    const notes = [expect.stringMatching(/^url points at a private address .*LEAT_PRIVATE_DESTINATIONS=true/)];
    const added = await leat(['destination', 'add', 'webhook', '--name', 'Also inside', ...set, '--json']);
    expect(added.json).toMatchObject({ name: 'Also inside', notes });
    expect((await leat(['destination', 'edit', 'Also inside', ...set, '--json'])).json).toMatchObject({ notes });
    const outside = await leat(['destination', 'edit', 'Inside', '--set', 'url=https://example.com/', '--json']);
    expect(outside).toMatchObject({ err: '', json: { notes: [] } });
    const off = ['destination', 'add', 'slack', '--set', 'webhookUrl=https://x.test/', '--disabled', '--json'];
    expect((await leat(off)).json.notes).toEqual([
      expect.stringContaining('It has no action yet'),
      expect.stringContaining('It is off'),
    ]);
  });

  it('says of a setting that is missing how it is given', async () => {
    const none = await leat(['destination', 'add', 'webhook', '--name', 'X']);
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('settings.url is missing') as string });
    expect(none.err).toContain('--set url=…');
    const two = await leat(['destination', 'add', 'postgres', '--set', 'host=db']);
    expect(two.err).toContain('--set database=… user=…');
    expect(two.err).toContain('leat destination kinds postgres');
  });
});
