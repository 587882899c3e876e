// A server under test with a load generator beside it, and what the load cost the server.
import { startServer } from '../../test/support/server.ts';
import type { ServerOptions, TestServer } from '../../test/support/server.ts';
import { openLoadGenerator } from './load-generator.ts';
import type { LoadGenerator } from './load-generator.ts';
import type { LoadJob, LoadReport } from './load-job.ts';
import { cpuSeconds, machineCpuSeconds, watchMemory } from './process-usage.ts';

export interface Measured {
  readonly report: LoadReport;
  /** Events answered 200 per second. */
  readonly perSecond: number;
  /** CPU of the server's whole process while the load ran, per event. */
  readonly cpuMicrosPerEvent: number;
  /** Requests that got no 200. */
  readonly failures: number;
  /** Cores that processes outside the bench kept busy meanwhile; figures count only when this is near 0. */
  readonly foreignCores: number;
}

/** Runs a job against the process `pid` and says what it cost. */
export async function measureLoad(generator: LoadGenerator, pid: number, job: LoadJob): Promise<Measured> {
  const own = (): number => cpuSeconds(pid) + cpuSeconds(generator.pid) + cpuSeconds(process.pid);
  const from = performance.now();
  const [machineBefore, ownBefore, serverBefore] = [machineCpuSeconds(), own(), cpuSeconds(pid)];
  const report = await generator.run(job);
  const cpu = cpuSeconds(pid) - serverBefore;
  const foreign = machineCpuSeconds() - machineBefore - (own() - ownBefore);
  return {
    report,
    perSecond: report.events / report.seconds,
    cpuMicrosPerEvent: (cpu / report.eventsInAll) * 1e6,
    failures: Object.values(report.failures).reduce((sum, count) => sum + count, 0),
    foreignCores: Math.max(0, foreign / ((performance.now() - from) / 1000)),
  };
}

export interface LoadedServer {
  readonly server: TestServer;
  readonly generator: LoadGenerator;
  /** The parts of a job that say where it goes. */
  readonly target: () => { readonly port: number; readonly key: string };
  readonly measure: (job: Omit<LoadJob, 'port' | 'key'>) => Promise<Measured>;
  /** Most resident memory of the server so far, bytes. */
  readonly peakMemory: () => number;
}

/** Lends a fresh server and a generator to `work` and takes both down after it. */
export async function withLoadedServer<T>(
  work: (loaded: LoadedServer) => Promise<T>,
  options: ServerOptions = {},
): Promise<T> {
  const server = await startServer(options);
  const generator = openLoadGenerator();
  const memory = watchMemory(() => server.pid);
  const target = () => ({ port: Number(new URL(server.url).port), key: server.writeKey });
  try {
    return await work({
      server,
      generator,
      target,
      measure: (job) => measureLoad(generator, server.pid, { ...job, ...target() }),
      peakMemory: () => memory.peak(),
    });
  } finally {
    memory.stop();
    generator.close();
    await server.dispose();
  }
}
