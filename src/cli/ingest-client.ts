// Sends calls to the ingest API with a write key, trying again while the server cannot store.
import type { Clock } from '../lib/clock.ts';
import { randomFraction } from '../lib/random.ts';
import { sleep } from '../lib/sleep.ts';
import { CliError } from './cli-error.ts';
import type { ControlClient } from './control-client.ts';

export interface IngestOptions {
  readonly key: string;
  /** Whether bad calls are refused and named, instead of recorded as rejections. */
  readonly strict: boolean;
  /** How long to try again while the server is away or cannot store, ms. */
  readonly retryForMs: number;
  /** Told before each pause. */
  readonly onRetry?: (reason: string, pauseMs: number) => void;
}

export interface IngestResult {
  /** One message per fault when the call or batch was refused; then nothing of it was taken. */
  readonly faults: readonly string[];
}

const requestTimeoutMs = 60_000;
const longestPauseMs = 10_000;

/**
 * Sends one body and resolves when it is stored or refused as not valid.
 * @throws CliError when the key is refused, or the server stayed away too long.
 */
export async function sendCalls(
  client: ControlClient,
  clock: Clock,
  path: string,
  body: string,
  options: IngestOptions,
  signal: AbortSignal,
): Promise<IngestResult> {
  const deadline = clock.monotonic() + options.retryForMs;
  for (let attempt = 0; ; attempt++) {
    const outcome = await trySend(client, path, body, options, signal);
    if ('faults' in outcome) return outcome;
    const pause = outcome.retryAfterMs ?? Math.min(longestPauseMs, 200 * 2 ** attempt) * (0.5 + randomFraction() / 2);
    if (clock.monotonic() + pause > deadline) throw outcome.error;
    options.onRetry?.(outcome.error.message, pause);
    await sleep(pause, signal);
    if (signal.aborted) throw outcome.error;
  }
}

async function trySend(
  client: ControlClient,
  path: string,
  body: string,
  { key, strict }: IngestOptions,
  signal: AbortSignal,
): Promise<IngestResult | { readonly error: CliError; readonly retryAfterMs: number | null }> {
  let response: Response;
  try {
    response = await client.request(path, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
        'content-type': 'application/json',
        ...(strict && { 'x-strict-mode': '1' }),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof CliError) return { error, retryAfterMs: null };
    throw error;
  }
  const text = await response.text();
  if (response.status === 200) return { faults: [] };
  const error = new CliError(client.saidBy(response.status, text), { status: response.status });
  if (response.status === 400) return { faults: error.message.split('\n') };
  if (response.status === 401)
    throw new CliError(`The write key was refused: ${error.message}`, {
      hint: 'Give a key of a source of this server with --key, or a source with --source.',
      status: 401,
    });
  const seconds = Number(response.headers.get('retry-after'));
  if (response.status === 429 || response.status >= 500)
    return { error, retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null };
  throw error;
}
