// Sends operations to the Track API v2: one to `/entity`, several to `/batch`, whose answer names those it refused.
//
// Answers of `/batch`: 200, all taken; 207, `errors[].batch_index` names the refused ones and the others are taken; 400,
// nothing is taken. A 400 without saying which is at fault is sent again in halves.
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { SendContext } from '../destination.ts';
import { sendHalving } from '../halve.ts';
import type { HttpResponse } from '../http-client.ts';
import { delivered, toOutcome } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { trackHeaders, trackUrl } from './track-settings.ts';
import type { TrackSettings } from './track-settings.ts';

/** "500kb" of the API's documentation, envelope included, read the strict way. */
const maxBatchBytes = 500_000;
/** A batch answer has a few hundred bytes for each refused operation. */
const maxAnswerBytes = 1024 * 1024;

/** One outcome for each operation, in their order. */
export async function sendOperations(
  operations: readonly JsonObject[],
  context: SendContext<TrackSettings>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const batch of splitBySize(operations.map((operation) => JSON.stringify(operation)))) {
    const [last] = outcomes.slice(-1);
    // What keeps the destination as a whole from answering need not be tried with the rest.
    if (last?.result === 'retry' && last.scope === 'destination') outcomes.push(...batch.map(() => last));
    else outcomes.push(...(await sendHalving(batch, (part) => sendPart(part, context))));
  }
  return outcomes;
}

async function sendPart(
  operations: readonly string[],
  context: SendContext<TrackSettings>,
): Promise<Outcome | readonly Outcome[]> {
  const [only = ''] = operations;
  const single = operations.length === 1;
  const response = await context.request({
    method: 'POST',
    url: trackUrl(context.settings, single ? '/api/v2/entity' : '/api/v2/batch'),
    headers: trackHeaders(context.settings),
    body: single ? only : `{"batch":[${operations.join(',')}]}`,
    maxResponseBytes: maxAnswerBytes,
  });
  const outcome = toTrackOutcome(response, context.clock.now());
  if (single || (response.status !== 207 && response.status !== 400)) return outcome;
  return readBatchAnswer(response, operations.length) ?? outcome;
}

/** The outcome of an answer that holds for the whole request, in the API's own words where it has some. */
export function toTrackOutcome(response: HttpResponse, now: number): Outcome {
  const outcome = toOutcome(response, now);
  const { status } = response;
  if (status === 207) {
    const reason = 'Customer.io’s answer does not say which events of the batch it refused.';
    return { result: 'retry', scope: 'event', reason, status };
  }
  if (status === 401) {
    const reason =
      'Customer.io refused the site ID and API key (401). Check them, and whether the workspace is in the US or the EU.';
    return { result: 'retry', scope: 'destination', reason, status };
  }
  const [error] = errorsOf(response.body);
  return outcome.result === 'failed' && error ? refused(error, status) : outcome;
}

/** Null when the answer does not say which operations are at fault. */
function readBatchAnswer({ body, status }: HttpResponse, count: number): readonly Outcome[] | null {
  const errors = errorsOf(body);
  const outcomes: Outcome[] = Array.from({ length: count }, () => delivered);
  for (const error of errors) {
    const index = error['batch_index'];
    if (typeof index !== 'number' || !(index in outcomes)) return null;
    outcomes[index] = refused(error, status);
  }
  // Of a batch refused as a whole, what has no error of its own was not taken either.
  return errors.length === 0 || (status === 400 && outcomes.includes(delivered)) ? null : outcomes;
}

function errorsOf(body: string): readonly JsonObject[] {
  let answer: Json;
  try {
    answer = JSON.parse(body) as Json;
  } catch {
    // Not every answer is the API's own; a proxy's page says nothing about single events.
    return [];
  }
  const errors = isObject(answer) ? answer['errors'] : undefined;
  return Array.isArray(errors) ? errors.filter(isObject) : [];
}

function refused(error: JsonObject, status: number): Outcome {
  const { field, message } = error;
  const said = [field, message].filter((text): text is string => typeof text === 'string' && text !== '');
  return {
    result: 'failed',
    reason: `Customer.io refused the event: ${said.join(': ') || 'no reason given'}.`,
    status,
  };
}

function splitBySize(operations: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let bytes = Infinity;
  for (const operation of operations) {
    const size = Buffer.byteLength(operation) + 1;
    if (bytes + size > maxBatchBytes) {
      batches.push([]);
      bytes = '{"batch":[]}'.length;
    }
    batches.at(-1)?.push(operation);
    bytes += size;
  }
  return batches;
}
