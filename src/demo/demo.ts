// The demo on a running server: configure, backfill past days, wait for delivery, then live traffic until it is called
// off. All calls go through the official clients; only what those refuse to send is posted by hand.
import type { Clock } from '../lib/clock.ts';
import { sleep } from '../lib/sleep.ts';
import { sendBadCall } from './bad-calls.ts';
import { openCallSender } from './call-sender.ts';
import type { CallSender } from './call-sender.ts';
import type { DemoCall } from './demo-call.ts';
import type { DemoFolder, DemoRecord } from './demo-folder.ts';
import { openDemoReceiver } from './demo-receiver.ts';
import type { DemoReceiver } from './demo-receiver.ts';
import { configureDemo, demoKeys, makeOwner, nameCompanies, redirectDemo } from './demo-workspace.ts';
import type { Control, DemoOwner } from './demo-workspace.ts';
import { summarise } from './ledger-summary.ts';
import type { DemoSummary } from './ledger-summary.ts';
import { seededRandom } from './seeded-random.ts';
import { Shop } from './shop.ts';

export interface DemoParts {
  /** Origin of the server. */
  readonly url: string;
  readonly control: Control;
  readonly folder: DemoFolder;
  readonly clock: Clock;
  /** What to make in a folder that is new; one that holds a demo keeps its own. */
  readonly seed: number;
  readonly days: number;
  /** Aborts to end the demo early. */
  readonly signal: AbortSignal;
}

/** Calls handed to the clients between two looks at the signal. */
const chunkCalls = 250;
/** One call in so many is sent twice, as by a client that did not see the answer. */
const repeatEvery = 50;
/** One bad call for so many good ones. */
const badEvery = 60;
const settleWithinMs = 45_000;
const tickMs = 100;

export class Demo {
  readonly owner: DemoOwner;
  readonly #parts: DemoParts;
  readonly #record: DemoRecord;
  readonly #shop: Shop;
  readonly #receiver: DemoReceiver;
  #sent = 0;

  private constructor(parts: DemoParts, record: DemoRecord, receiver: DemoReceiver, owner: DemoOwner) {
    this.#parts = parts;
    this.#record = record;
    this.#receiver = receiver;
    this.owner = owner;
    this.#shop = new Shop(seededRandom(record.seed), `demo-${record.seed}`);
  }

  /** Configures the server, or picks up what an earlier run configured, and makes an owner. */
  static async open(parts: DemoParts): Promise<Demo> {
    const { control, folder, clock, seed, days } = parts;
    const receiver = await openDemoReceiver(clock);
    try {
      const record = folder.record ?? { seed, days, until: clock.now(), complete: false };
      if (folder.record) await redirectDemo(control, receiver.url);
      else {
        await configureDemo(control, receiver.url, folder.archive);
        folder.write(record);
      }
      return new Demo(parts, record, receiver, await makeOwner(control));
    } catch (error) {
      await receiver.close();
      throw error;
    }
  }

  /** Sends the past days, unless an earlier run did. Calls `onProgress` with calls sent and the share that is done. */
  async backfill(onProgress: (calls: number, share: number) => void): Promise<void> {
    const { folder, signal, control } = this.#parts;
    const calls = this.#shop.past(this.#record.until, this.#record.days);
    if (this.#record.complete) return;
    for (let at = 0; at < calls.length && !signal.aborted; at += chunkCalls) {
      const sender = await this.#openSender();
      for (const call of calls.slice(at, at + chunkCalls)) await this.#send(sender, call);
      await sender.close();
      const done = Math.min(calls.length, at + chunkCalls);
      onProgress(done, done / calls.length);
    }
    if (signal.aborted) return;
    await this.settle();
    await nameCompanies(control);
    folder.write({ ...this.#record, complete: true });
  }

  /** Waits until every event is delivered or given up, for at most 45 s. */
  async settle(): Promise<DemoSummary> {
    const { control, clock, signal } = this.#parts;
    const until = clock.monotonic() + settleWithinMs;
    for (;;) {
      const summary = await summarise(control);
      if (summary.pending === 0 || signal.aborted || clock.monotonic() > until) return summary;
      await sleep(tickMs, signal);
    }
  }

  /** Sends `rate` calls a second, on average, until the signal aborts; what was begun is stored when it resolves. */
  async live(rate: number): Promise<void> {
    const { clock, signal } = this.#parts;
    this.#receiver.beginOutages();
    const sender = await this.#openSender();
    let waiting: DemoCall[] = [];
    let nextVisit = clock.now();
    while (!signal.aborted) {
      const now = clock.now();
      for (; nextVisit <= now; nextVisit += 1) {
        const calls = this.#shop.visitAt(nextVisit);
        waiting.push(...calls);
        nextVisit += (calls.length / rate) * 1000;
      }
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const call of due.toSorted((a, b) => a.at - b.at)) await this.#send(sender, call);
      await sleep(tickMs, signal);
    }
    await sender.close();
  }

  close(): Promise<void> {
    return this.#receiver.close();
  }

  async #send(sender: CallSender, call: DemoCall): Promise<void> {
    this.#sent++;
    sender.send(call);
    if (this.#sent % repeatEvery === 0) sender.send(call);
    if (this.#sent % badEvery === 0)
      await sendBadCall(this.#parts.url, demoKeys.till, Math.floor(this.#sent / badEvery) - 1);
  }

  #openSender(): Promise<CallSender> {
    return openCallSender({ url: this.#parts.url, keys: demoKeys });
  }
}
