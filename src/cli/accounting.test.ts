import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/command-line.ts';
import type { CommandLine } from '../../test/support/command-line.ts';
import { startServer } from '../../test/support/server.ts';
import type { TestServer } from '../../test/support/server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

describe('commands that account for events', () => {
  let server: TestServer;
  let folder: string;
  let cli: CommandLine;
  let receiver: WebhookReceiver;
  let flaked = false;
  /** messageId of the last event that the receiver refuses. */
  let refused = '';
  const leat: CommandLine['leat'] = (...args) => cli.leat(...args);
  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(path.join(tmpdir(), 'leat-cli-'));
    cli = commandLine(server, folder);
    receiver = await openWebhookReceiver({
      behaviour: (_, body) => {
        if (body.includes('"event":"Flaky"') && !flaked) {
          flaked = true;
          return { status: 503 };
        }
        return { status: body.includes('"event":"Refused"') ? 400 : 200 };
      },
    });
    await leat(['destination', 'add', 'webhook', '--name', 'Hook', '--set', `url=${receiver.url}`]);
    for (const event of ['Taken', 'Refused', 'Refused']) {
      const sent = await leat(['send', 'track', '--user', 'u1', '--event', event, '--json']);
      expect(sent).toMatchObject({ code: 0 });
      refused = sent.json.messageId;
    }
  });
  afterAll(async () => {
    await server.dispose();
    await receiver.close();
    rmSync(folder, { recursive: true });
  });

  it('list, show, edit, retry and discard dead letters', async () => {
    const letters = await waitFor('the dead letters', async () => {
      const { json } = await leat(['dead-letters', 'list', 'Hook', '--reason', 'refused', '--from', '1h', '--json']);
      return json.length === 2 ? json : null;
    });
    expect((await leat(['dead-letters', 'list', 'Hook'])).out).toMatch(/track Refused +\d+ s ago +1 +The destination/);
    const [{ id, event }] = letters;
    const shown = await leat(['dead-letters', 'show', 'Hook', String(id)]);
    expect(shown.out).toContain('POST http://127.0.0.1');
    const file = path.join(folder, 'event.json');
    writeFileSync(file, JSON.stringify({ ...event, event: 'Mended' }));
    const edited = await leat(['dead-letters', 'edit', 'Hook', String(id), '--file', file, '--retry']);
    expect(edited).toMatchObject({ code: 0, out: expect.stringContaining('track Mended') as string });
    await waitFor('the mended event', async () => receiver.delivered().some(({ body }) => body.includes('Mended')));
    expect((await leat(['destination', 'show', 'Hook'])).out).toMatch(/last fault +\d+ s ago: \S/);
    const explained = await waitFor('the end of the dead letter', async () => {
      const run = await leat(['explain', event.messageId]);
      return run.out.includes('Hook: delivered') ? run : null;
    });
    expect(explained.out).toMatch(/edited at 20\d\d-.*: what is shown here is of the edited event/);
    // What is said to be sent is the edited event; below stands the one that came in.
    expect(explained.out).toMatch(/sent \(worked out[^]*"event": ?"Mended"[^]*"event": ?"Refused"/);
    expect(await leat(['dead-letters', 'discard', 'Hook'])).toMatchObject({ code: 2 });
    expect((await leat(['dead-letters', 'discard', 'Hook', '--all'])).out).toContain('1 dead letter is given up');
    expect((await leat(['dead-letters', 'list', 'Hook'])).out).toContain('There are none');
  });

  it('send one event as a test, or show what would be sent', async () => {
    const file = path.join(folder, 'call.json');
    writeFileSync(file, JSON.stringify({ type: 'track', userId: 'u1', event: 'Try me' }));
    const seen = receiver.requests.length;
    const dry = await leat(['destination', 'test', 'Hook', '--file', file, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('would be sent') as string });
    expect(dry.out).toContain('content-type: application/json');
    expect(receiver.requests).toHaveLength(seen);
    const real = await leat(['destination', 'test', 'Hook', '--file', file, '--json']);
    expect(real).toMatchObject({ code: 0, json: { actions: [{ outcome: 'delivered' }] } });
    expect(receiver.requests.at(-1)?.body).toContain('Try me');
    expect(await leat(['destination', 'test', 'Hook', '--event', 'no-such'])).toMatchObject({ code: 1 });
  });

  it('replay events, show beforehand what that sends, and list what was done', async () => {
    const seen = receiver.requests.length;
    const dry = await leat(['replay', 'start', 'Hook', '--filter', 'event = "Taken"', '--from', '1h', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('1 would be sent') as string });
    expect(dry.out).toContain(`POST ${receiver.url}`);
    expect(receiver.requests).toHaveLength(seen);
    const real = await leat(['replay', 'start', 'Hook', '--filter', 'event = "Taken"', '--json']);
    expect(real).toMatchObject({ code: 0, json: { state: 'done', counts: { delivered: 1 } } });
    expect(receiver.requests).toHaveLength(seen + 1);
    const failing = await leat(['replay', 'start', 'Hook', '--from-offset', '1']);
    expect(failing).toMatchObject({ code: 4, out: expect.stringContaining('2 failed') as string });
    expect((await leat(['replay', 'list', 'Hook'])).out).toMatch(/rpl_\w+ +done \(dry run\)/);
    const [{ id }] = (await leat(['replay', 'list', 'Hook', '--json'])).json;
    expect((await leat(['replay', 'show', 'Hook', id])).out).toContain('refused the event (400)');
    expect(await leat(['replay', 'cancel', 'Hook', id])).toMatchObject({ code: 1 });
  });

  it('show the ledger, and the outcomes of each action', async () => {
    const ledger = await leat(['ledger', '--destination', 'Hook']);
    expect(ledger).toMatchObject({ code: 0, out: expect.stringContaining('balanced') as string });
    expect(ledger.out).toMatch(/My first source +Hook +3 +2 +0 +1 +0 +0/);
    const actions = await leat(['ledger', '--actions', '--json']);
    expect(actions.json).toMatchObject([{ name: 'Send', delivered: 2, failed: 1 }]);
  });

  it('explain a delivery that took several tries', async () => {
    const messageId = (await leat(['send', 'track', '--user', 'u2', '--event', 'Flaky', '--json'])).json.messageId;
    const { out } = await waitFor('the delivery', async () => {
      const run = await leat(['explain', messageId]);
      return run.out.includes('Hook: delivered') ? run : null;
    });
    expect(out).toMatch(/✓ Hook: delivered at try 2, \d{4}-/);
    expect(out).toMatch(/try 1 at .*: retry \(503\)[^\n]*\n +try 2 at .*: delivered/);
  });

  it('explain what a replay did with an event, and that it lies before a destination begins', async () => {
    await leat(['destination', 'add', 'webhook', '--name', 'Late', '--set', `url=${receiver.url}`]);
    const { items } = (await leat(['explain', refused, '--json'])).json;
    expect(items[0].destinations).toMatchObject([
      { name: 'Hook', replays: [{ outcome: 'refused', reason: expect.stringContaining('400') as string }] },
      { name: 'Late', standing: 'before start', replays: [] },
    ]);
    const { out } = await leat(['explain', refused]);
    expect(out).toMatch(/– Late: not sent: it lies before where the destination begins/);
    expect(out).toMatch(/replay rpl_\w+ \(done\): could not send it: .*400/);
  });
});
