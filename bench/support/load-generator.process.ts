// The load generator's process: runs one job after another and reports each.
import { randomBytes } from 'node:crypto';
import { requestMaker } from './calls.ts';
import type { PatchableRequest } from './calls.ts';
import { LoadConnection } from './load-connection.ts';
import type { LoadAnswer, LoadJob, LoadMessage, LoadReport } from './load-job.ts';
import { percentile } from './statistics.ts';

const reconnectAfterMs = 50;
const tickMs = 2;

class LoadRun {
  readonly #job: LoadJob;
  readonly #makers: ((n: number) => PatchableRequest)[] = [];
  readonly #connections = new Set<LoadConnection>();
  readonly #idle: LoadConnection[] = [];
  readonly #inFlight = new Set<LoadConnection>();
  readonly #failures: Record<string, number> = {};
  readonly #latencies: number[] = [];
  #next = 0;
  #answered = 0;
  #answeredBefore = 0;
  #sending = true;
  #counting = false;
  #startedAt = 0;
  #offered = 0;

  constructor(job: LoadJob) {
    this.#job = job;
    const run = `b${randomBytes(6).toString('hex').slice(0, 11)}`;
    const options = { host: `127.0.0.1:${job.port}`, key: job.key, run, people: job.people };
    // Buffers belong to a connection: a request is patched only once the one before it has been answered.
    for (let index = 0; index < job.connections; index++)
      this.#makers.push(requestMaker(options, job.eventsPerRequest));
  }

  async run(): Promise<LoadReport> {
    const { warmUpSeconds, seconds, rate, connections } = this.#job;
    for (let index = 0; index < connections; index++) this.#open(index);
    this.#startedAt = performance.now();
    const ticker = rate === null ? null : setInterval(() => this.#offer(rate), tickMs);
    await wait(warmUpSeconds * 1000);
    this.#counting = true;
    this.#answeredBefore = this.#answered;
    const from = performance.now();
    const cpuFrom = process.cpuUsage();
    await wait(seconds * 1000);
    const cpu = process.cpuUsage(cpuFrom);
    const counted = this.#answered - this.#answeredBefore;
    const tookSeconds = (performance.now() - from) / 1000;
    this.#counting = false;
    this.#sending = false;
    if (ticker) clearInterval(ticker);
    await this.#drain();
    for (const connection of this.#connections) connection.close();
    const latencies = Float64Array.from(this.#latencies);
    return {
      events: counted,
      eventsInAll: this.#answered,
      seconds: tookSeconds,
      failures: this.#failures,
      latencyMs: { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), max: percentile(latencies, 1) },
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
    };
  }

  #open(index: number): void {
    const connection = new LoadConnection(index, this.#job.port, {
      answered: (from, status) => this.#onAnswer(from, status),
      broken: (from) => this.#onBreak(from),
    });
    this.#connections.add(connection);
    if (this.#job.rate === null) this.#send(connection, performance.now());
    else this.#idle.push(connection);
  }

  #send(connection: LoadConnection, dueAt: number): void {
    connection.dueAt = dueAt;
    const request = this.#makers[connection.index]!(this.#next);
    const bytes = request.patch(this.#next);
    this.#next += request.events;
    this.#inFlight.add(connection);
    connection.send(bytes);
  }

  /** Sends what is due by now; what finds no idle connection stays due and its waiting counts as latency. */
  #offer(rate: number): void {
    const perRequest = this.#job.eventsPerRequest;
    const due = Math.floor((((performance.now() - this.#startedAt) / 1000) * rate) / perRequest);
    while (this.#offered < due) {
      const connection = this.#idle.pop();
      if (!connection) return;
      this.#send(connection, this.#startedAt + (this.#offered * perRequest * 1000) / rate);
      this.#offered++;
    }
  }

  #onAnswer(connection: LoadConnection, status: number): void {
    this.#inFlight.delete(connection);
    if (status === 200) this.#answered += this.#job.eventsPerRequest;
    else this.#fail(String(status));
    if (this.#counting) this.#latencies.push(performance.now() - connection.dueAt);
    if (!this.#sending) return;
    if (this.#job.rate === null) this.#send(connection, performance.now());
    else {
      this.#idle.push(connection);
      // What is overdue goes at once: at the next tick 64 connections would bound the rate, not the server.
      this.#offer(this.#job.rate);
    }
  }

  #onBreak(connection: LoadConnection): void {
    this.#connections.delete(connection);
    if (this.#inFlight.delete(connection)) this.#fail('0');
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    if (this.#sending) setTimeout(() => this.#open(connection.index), reconnectAfterMs);
  }

  #fail(status: string): void {
    this.#failures[status] = (this.#failures[status] ?? 0) + 1;
  }

  /** Waits for the answers still out, at most 10 s. */
  async #drain(): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (this.#inFlight.size > 0 && performance.now() < deadline) await wait(5);
    if (this.#inFlight.size > 0) this.#failures['unanswered'] = this.#inFlight.size;
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

process.on('message', (message: LoadMessage) => {
  new LoadRun(message.job).run().then(
    (report) => process.send?.({ report } satisfies LoadAnswer),
    (error: unknown) => process.send?.({ error: String(error) } satisfies LoadAnswer),
  );
});
process.on('disconnect', () => process.exit());
