// Takes calls: body → decision → log → answer. The answer is sent only when everything of the request is durable: what
// was taken is in the log, what was not is in the rejections (guarantee G1). Otherwise the answer is 503.
//
// What waits, waits in its smallest form, for a body may unpack to a thousand times its size and its events to many times
// that: unread while bodies take up much memory, packed until one of a few may be unpacked, and as bytes until the log has
// room for its events. So memory is bounded by what is held of bodies, a few that are unpacked, and the log's queue.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FaultError } from '../errors/errors.ts';
import { Slots } from '../lib/slots.ts';
import type { LogIntake } from '../log/event-log.ts';
import { answerError, answerOk, answerUnstored } from './answers.ts';
import { readBody } from './body-reader.ts';
import type { BodyExtent, BodyReceiver } from './body-reader.ts';
import { CallDecisions } from './call-decisions.ts';
import type { Decision, DecisionParts, ReceivedBody } from './call-decisions.ts';
import { decodeContent, isEncoded } from './content-coding.ts';
import type { Decoded } from './content-coding.ts';
import { Exchange } from './exchange.ts';
import type { IngestResponse, WholeRequest } from './exchange.ts';
import type { FaultNotices } from './fault-notices.ts';
import { HeldBytes } from './held-bytes.ts';
import { keptPrefixBytes, maxBodyBytes, maxUnpacked } from './limits.ts';
import type { RejectionRecorder } from './rejection-recorder.ts';
import type { RepeatRecorder } from './repeat-recorder.ts';
import type { CallRoute } from './routes.ts';
import { clientName } from './source-meters.ts';

export interface CallIntakeParts extends DecisionParts {
  readonly log: LogIntake;
  readonly recorder: RejectionRecorder;
  readonly repeats: RepeatRecorder;
  readonly notices: FaultNotices;
}

export class CallIntake {
  readonly #parts: CallIntakeParts;
  readonly #decisions: CallDecisions;
  readonly #account: HeldBytes;
  readonly #unpacked = new Slots(maxUnpacked);
  #running = 0;
  #onIdle: (() => void) | null = null;

  constructor(parts: CallIntakeParts) {
    this.#parts = parts;
    this.#decisions = new CallDecisions(parts);
    this.#account = new HeldBytes(() => parts.clock.monotonic());
  }

  /** Bytes of bodies whose calls are not answered yet. */
  get heldBytes(): number {
    return this.#account.held;
  }

  /** Starts on a request; answers it in its own time. */
  begin(req: IncomingMessage, res: ServerResponse, route: CallRoute): void {
    const exchange = new Exchange(req, res, route);
    const { contentLength } = exchange.head;
    const receiver: BodyReceiver = {
      received: (body, extent, held) => this.#take(exchange, body, extent, held),
      overflowed: () => this.#refuseUnread(res),
    };
    if (this.#account.hasRoom) readBody(req, contentLength, this.#account, receiver);
    else
      this.#account.wait(
        contentLength < 0 ? keptPrefixBytes : Math.min(contentLength, maxBodyBytes),
        () => readBody(req, contentLength, this.#account, receiver),
        () => this.#refuseUnread(res),
      );
  }

  /** Starts on a request that is there whole; says false, and leaves it alone, while bodies have to wait for room. */
  beginWhole(req: WholeRequest, res: IngestResponse, route: CallRoute): boolean {
    if (!this.#account.hasRoom) return false;
    const body = req.takeBody();
    this.#account.add(body.length);
    this.#take(new Exchange(req, res, route), body, 'whole', body.length);
    return true;
  }

  /** Resolves when no request is between its body and its answer. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
  }

  /** From the whole body to the answer. */
  #take(exchange: Exchange, wire: Buffer, extent: BodyExtent, held: number): void {
    const { counters } = this.#parts;
    counters.requests++;
    counters.bytes += wire.length;
    this.#running++;
    // Owned by idle(), which waits for them; they never reject.
    if (extent === 'whole' && isEncoded(wire, exchange.head.contentEncoding)) void this.#decode(exchange, wire, held);
    else this.#decideInTime(exchange, { wire, extent, content: { ok: true, body: wire } }, held);
  }

  async #decode(exchange: Exchange, wire: Buffer, held: number): Promise<void> {
    await this.#unpacked.enter();
    let heldInAll = held;
    let content: Decoded;
    try {
      content = await decodeContent(wire, exchange.head.contentEncoding);
    } catch (error) {
      this.#unpacked.leave();
      this.#giveUp(exchange, error, held);
      return;
    }
    if (content.ok) {
      this.#account.add(content.body.length);
      heldInAll += content.body.length;
    }
    this.#decideInTime(exchange, { wire, extent: 'whole', content }, heldInAll, () => this.#unpacked.leave());
  }

  /** Decides when the log has room for what the body may become; then calls `decided`. */
  #decideInTime(exchange: Exchange, body: ReceivedBody, held: number, decided?: () => void): void {
    const { log } = this.#parts;
    const decide = (): void => {
      // Owned by idle(), which waits for it; it never rejects.
      void this.#decide(exchange, body, held);
      decided?.();
    };
    if (log.hasRoom) decide();
    else log.whenRoom(decide);
  }

  /**
   * Not `async`, nor is the body handed on: what an async function was given lives until it ends, and a body that waits for
   * the commit would be garbage of the old generation after it.
   */
  #decide(exchange: Exchange, body: ReceivedBody, held: number): Promise<void> {
    let decision: Decision;
    try {
      decision = this.#decisions.decide(exchange, body);
    } catch (error) {
      this.#giveUp(exchange, error, held);
      return Promise.resolve();
    }
    return this.#carryOut(decision, exchange, body.extent, held);
  }

  async #carryOut(decision: Decision, exchange: Exchange, extent: BodyExtent, held: number): Promise<void> {
    const { req, res, head } = exchange;
    try {
      if (decision.taken !== null) await this.#store(decision.taken, exchange);
      if (decision.rejections.length > 0) await this.#record(decision);
      // What has arrived whole in the meantime can be answered; destroying it would do neither.
      if (extent === 'endless' && !req.complete) req.destroy();
      else if (decision.refusal === null) answerOk(res, head.origin);
      else answerError(res, decision.refusal.code, decision.refusal.messages, head.origin, decision.refusal.headers);
    } catch (error) {
      this.#fail(exchange, error);
    } finally {
      this.#done(held);
    }
  }

  #giveUp(exchange: Exchange, error: unknown, held: number): void {
    try {
      this.#fail(exchange, error);
    } finally {
      this.#done(held);
    }
  }

  #fail({ res }: Exchange, error: unknown): void {
    const { counters, notices } = this.#parts;
    counters.unavailable++;
    notices.failed(error);
    if (!res.headersSent) answerUnstored(res, error instanceof FaultError ? error.code : 'internal');
  }

  #done(held: number): void {
    this.#account.release(held);
    if (--this.#running === 0) this.#onIdle?.();
  }

  async #store({ judgement, meter }: NonNullable<Decision['taken']>, { head }: Exchange): Promise<void> {
    const { counters, clock, log, notices, repeats } = this.#parts;
    const { entries, last } = judgement;
    const sourceId = entries[0]?.sourceId ?? '';
    const ids = entries.map(({ messageId }) => messageId);
    const appended = await log.append(entries.splice(0));
    notices.succeeded();
    let accepted = 0;
    for (const { duplicate } of appended) if (!duplicate) accepted++;
    counters.accepted += accepted;
    counters.duplicates += appended.length - accepted;
    if (accepted < appended.length) {
      const client = clientName(last?.context['library'], head.userAgent ?? '');
      repeats.note(sourceId, ids, appended, clock.now(), client);
    }
    if (last) meter.stored(clock.now(), accepted, last.context['library'], head.userAgent ?? '', last.messageId);
  }

  async #record({ rejections }: Decision): Promise<void> {
    await this.#parts.recorder.record(rejections);
    this.#parts.notices.succeeded();
  }

  /** There is no memory for the body; a client that comes again may find some. */
  #refuseUnread(res: IngestResponse): void {
    this.#parts.counters.unavailable++;
    answerUnstored(res, 'log_unavailable');
  }
}
