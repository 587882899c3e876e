// Makes one call of an action's `send` and turns whatever comes of it into one outcome per event.
import type { SendContext } from '../destinations/destination.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../destinations/http-client.ts';
import type { KnownSecrets } from '../destinations/known-secrets.ts';
import { SendFailure } from '../destinations/outcome.ts';
import type { Outcome } from '../destinations/outcome.ts';
import { describeRequest, describeResponse, redact } from '../destinations/redact.ts';
import type { Clock } from '../lib/clock.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Unit } from './outbox.ts';

/** How a destination is connected at present. */
export interface Connection {
  readonly settings: JsonObject;
  readonly secrets: KnownSecrets;
  readonly client: HttpClient;
  readonly allowPrivateAddresses: boolean;
  /** Of the replay that is being sent, if it is one. */
  readonly replayId?: string;
}

export interface SendResult {
  /** One per task, in their order. */
  readonly outcomes: readonly Outcome[];
  /** The last request of the send and its answer, redacted; made only when asked for, because most sends go well. */
  request(): string | null;
  response(): string | null;
}

/** Sends a unit. Null when it was called off: then nothing is known of its events. */
export async function sendUnit(
  unit: Unit,
  connection: Connection,
  clock: Clock,
  signal: AbortSignal,
): Promise<SendResult | null> {
  const { client, settings, secrets, allowPrivateAddresses, replayId } = connection;
  let request: HttpRequest | null = null;
  let response: HttpResponse | null = null;
  let asked: string | null = null;
  let answered: string | null = null;
  const context: SendContext<unknown> = {
    settings,
    clock,
    signal,
    allowPrivateAddresses,
    conceal: (secret) => secrets.learn(secret),
    ...(replayId !== undefined && { replayId }),
    ...(unit.range && { range: unit.range }),
    request: async (next) => {
      request = next;
      response = null;
      response = await client.request(next, signal);
      return response;
    },
  };
  const result = (outcomes: readonly Outcome[]): SendResult => ({
    outcomes: outcomes.map((outcome) => withoutSecrets(outcome, secrets.all)),
    request: () => (asked ??= request && describeRequest(request, secrets.all)),
    response: () => (answered ??= response && describeResponse(response, secrets.all)),
  });
  try {
    const items = unit.tasks.map(({ item }) => item);
    const outcomes = await unit.action.send(items, context);
    return result(items.map((_, index) => outcomes[index] ?? noOutcome(unit)));
  } catch (error) {
    if (signal.aborted) return null;
    if (error instanceof SendFailure) return result(unit.tasks.map(() => error.outcome));
    const message = redact(error instanceof Error ? error.message : String(error), secrets.all);
    const reason = `The code of action "${unit.action.slug}" failed: ${message}`;
    return result(unit.tasks.map(() => ({ result: 'retry', scope: 'event', reason })));
  }
}

/** Vendors repeat what they were sent, keys included. */
const withoutSecrets = (outcome: Outcome, secrets: readonly string[]): Outcome =>
  outcome.result === 'delivered' ? outcome : { ...outcome, reason: redact(outcome.reason, secrets) };

const noOutcome = (unit: Unit): Outcome => ({
  result: 'retry',
  scope: 'event',
  reason: `The code of action "${unit.action.slug}" did not say what became of the event.`,
});
