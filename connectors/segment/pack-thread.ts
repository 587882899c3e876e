// Delivery's side of a packaged destination's thread: starts it when it is needed, lets it end when it is not, and ends
// one that hangs.
//
// The thread is not held on to: it keeps nobody from exiting except while a send is under way. A send has a deadline, at
// which it is called off; a thread that has not obeyed a while later is terminated, and whatever else was under way in
// it is tried again, as after any loss of a thread.
import { MessageChannel, Worker } from 'node:worker_threads';
import type { SendContext } from '../../src/destinations/destination.ts';
import { SendFailure } from '../../src/destinations/outcome.ts';
import type { Outcome } from '../../src/destinations/outcome.ts';
import { connect, expose } from '../../src/lib/rpc.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import type { RefreshedTokens } from './open-package.ts';
import type { HttpResult, PackDestination, PackHttp, PackSend, PackSettings, PackThreadData } from './pack-protocol.ts';
import type { RenewedTokens } from './renewed-tokens.ts';

type Context = Pick<SendContext<unknown>, 'request' | 'signal' | 'conceal'>;

/** What a kind needs of its thread. */
export type PackRunner = Pick<PackThread, 'send' | 'test' | 'retainTokens'>;

export interface PackThreadOptions extends PackThreadData {
  readonly name: string;
  /** Where renewed OAuth tokens are kept. */
  readonly tokens: RenewedTokens;
  /** How long one send may take. @default 60000 */
  readonly deadlineMs?: number;
}

/** What a thread that was called off has for ending by itself. */
const graceMs = 2000;
/** A thread that had nothing to do for this long is ended. */
const idleMs = 5 * 60 * 1000;
const maxHeapMb = 256;

export class PackThread {
  readonly #options: PackThreadOptions;
  readonly #calls = new Map<number, Context>();
  #running: Running | null = null;
  #nextCall = 1;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: PackThreadOptions) {
    this.#options = options;
  }

  send(send: Omit<PackSend, 'call'>, context: Context): Promise<readonly Outcome[]> {
    const settings = this.#withRenewed(send.settings, context);
    return this.#run(context, (remote, call, signal) => remote.send({ ...send, settings, call }, signal));
  }

  /** Null when the settings are good, else one sentence. */
  test(settings: PackSettings, context: Context): Promise<string | null> {
    const present = this.#withRenewed(settings, context);
    return this.#run(context, (remote, call, signal) => remote.test(call, present, signal));
  }

  /** Forgets tokens that were renewed from others than these access tokens. */
  retainTokens(accessTokens: readonly string[]): void {
    const { tokens, directory } = this.#options;
    tokens.retain(directory, accessTokens);
  }

  /** Ends the thread; what is under way in it rejects. */
  async close(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    await this.#running?.worker.terminate();
  }

  async #run<T>(
    context: Context,
    work: (remote: Remote<PackDestination>, call: number, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    context.signal.throwIfAborted();
    const running = (this.#running ??= this.#start());
    const call = this.#nextCall++;
    const deadlineMs = this.#options.deadlineMs ?? 60_000;
    // Not AbortSignal.any: what it makes of a signal that lives for long is only cleaned up after that.
    const controller = new AbortController();
    const { signal } = controller;
    const callOff = (): void => controller.abort(context.signal.reason);
    context.signal.addEventListener('abort', callOff, { once: true });
    const deadline = setTimeout(() => controller.abort(tooLate(deadlineMs)), deadlineMs);
    const calledOff = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => calledOff.reject(signal.reason), { once: true });
    this.#calls.set(call, { ...context, signal });
    running.hold();
    const working = work(running.remote, call, signal);
    try {
      return await Promise.race([working, calledOff.promise]);
    } finally {
      clearTimeout(deadline);
      context.signal.removeEventListener('abort', callOff);
      this.#calls.delete(call);
      if (signal.aborted) endUnlessSettled(working, running);
      running.release();
      this.#restIfIdle(running);
    }
  }

  #withRenewed(settings: PackSettings, context: Context): PackSettings {
    const { tokens, directory } = this.#options;
    const renewed = tokens.of(directory, settings.oauth);
    if (renewed) concealTokens(context, renewed);
    return { ...settings, renewed };
  }

  #start(): Running {
    const { port1, port2 } = new MessageChannel();
    const { name, folder, directory, tokens } = this.#options;
    const data: PackThreadData = { folder, directory };
    const worker = new Worker(new URL('./destination.thread.ts', import.meta.url), {
      name,
      workerData: { ...data, port: port2 },
      transferList: [port2],
      // Secrets of the operator are none of its business.
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    });
    const http: PackHttp = {
      request: (call, request) => this.#request(call, request),
      renewed: async (oauth, renewed) => {
        // Sends that were refused together renew once.
        for (const context of this.#calls.values()) concealTokens(context, renewed);
        tokens.keep(directory, oauth, renewed);
      },
    };
    expose(port1, { http });
    const rpc = connect(port1);
    // Its end is told by the port, which closes with it; why it ended goes with the calls that it took along.
    worker.on('error', () => rpc.close());
    let held = 0;
    const running: Running = {
      worker,
      remote: rpc.remote<PackDestination>('destination'),
      hold: () => {
        if (held++ === 0) port1.ref();
      },
      release: () => {
        if (--held === 0) port1.unref();
        return held === 0;
      },
    };
    worker.unref();
    port1.unref();
    worker.on('exit', () => {
      rpc.close();
      if (this.#running === running) this.#running = null;
    });
    return running;
  }

  async #request(call: number, request: Parameters<Context['request']>[0]): Promise<HttpResult> {
    const context = this.#calls.get(call);
    if (!context) throw new Error('The send is over.');
    try {
      return { response: await context.request(request) };
    } catch (error) {
      if (error instanceof SendFailure) return { failure: error.outcome };
      throw error;
    }
  }

  #restIfIdle(running: Running): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#calls.size === 0) void running.worker.terminate();
    }, idleMs).unref();
  }
}

function concealTokens({ conceal }: Context, { accessToken, refreshToken }: RefreshedTokens): void {
  conceal?.(accessToken);
  if (refreshToken !== undefined) conceal?.(refreshToken);
}

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<PackDestination>;
  /** Keeps the process from exiting until it is released as often. */
  hold(): void;
  release(): void;
}

/** A thread that does not end what was called off may be in an endless loop. */
function endUnlessSettled(working: Promise<unknown>, { worker }: Running): void {
  const end = setTimeout(() => void worker.terminate(), graceMs).unref();
  const settle = (): void => clearTimeout(end);
  working.then(settle, settle);
}

function tooLate(deadlineMs: number): SendFailure {
  const reason = `The destination’s code did not finish within ${deadlineMs / 1000} s.`;
  return new SendFailure('destination_unavailable', { result: 'retry', scope: 'event', reason });
}
