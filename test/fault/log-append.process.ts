// A process that appends to a log without pause, so that it can be killed or starved of disk: `<folder> <round>`.
// Prints a line per outcome: `stored <id> <offset>` once the log has said so, `refused <code>` otherwise.
import { setTimeout as delay } from 'node:timers/promises';
import { startLogWriter } from '../../src/log/sqlite/log-writer.ts';

const [folder = '', round = '0'] = process.argv.slice(2);
const clients = 6;
const log = await startLogWriter({ folder, segmentEvents: 500 });
/** Resolves when it is out: a reader that is slow must not end this process, as a write that cannot wait would. */
const say = (text: string): Promise<void> => new Promise((resolve) => process.stdout.write(text, () => resolve()));
await say('open\n');

async function append(client: number): Promise<void> {
  // Each round begins a little before the end of the one before it, as a client does that got no answer.
  for (let n = Math.max(0, Number(round) * 400 - 50); ;) {
    const batch = Array.from({ length: 1 + (n % 7) }, (_, i) => ({
      sourceId: `source-${client % 2}`,
      messageId: `${client}-${n + i}`,
      receivedAt: 1_767_225_600_000 + n,
      personKey: '',
      body: JSON.stringify({ client, n: n + i, text: 'x'.repeat(((n + i) * 37) % 900) }),
    }));
    try {
      const appended = await log.client.append(batch);
      await say(appended.map(({ offset }, i) => `stored ${client}-${n + i} ${offset}\n`).join(''));
      n += batch.length;
    } catch (error) {
      await say(`refused ${(error as { readonly code?: string }).code ?? String(error)}\n`);
      await delay(20);
    }
  }
}

await Promise.all(Array.from({ length: clients }, (_, client) => append(client)));
