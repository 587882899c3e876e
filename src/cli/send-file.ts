// `leat send --file`: a backfill. One batch after the other, in the order of the file; it can be taken up where it
// stopped, because every call has a messageId and the message at the end names the line.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { sleep } from '../lib/sleep.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext } from './context.ts';
import { sendCalls } from './ingest-client.ts';
import { StoppedAtLine, batchBody, batchUpTo, ndjsonBatches } from './ndjson-batches.ts';
import type { Batch } from './ndjson-batches.ts';
import { count, things } from './output.ts';
import { progressLine } from './progress-bar.ts';

export interface FileOptions {
  readonly key: string;
  /** `-` reads standard input. */
  readonly file: string;
  readonly maxCalls: number;
  readonly fromLine: number;
  /** Events per second, 0 for as fast as the server takes them. */
  readonly rate: number;
  readonly retryForMs: number;
  /** Whether bad lines are passed over: those that are no JSON here, the rest by the server as rejections. */
  readonly permissive: boolean;
}

export async function sendFile(context: CliContext, options: FileOptions): Promise<void> {
  const { client, clock, output, interrupted } = context;
  const totalBytes = options.file === '-' ? null : await sizeOf(options.file);
  const started = clock.monotonic();
  let events = 0;
  let batches = 0;
  let left = 0;
  let nextLine = options.fromLine;

  const onLeftOut = (line: number, reason: string): void => {
    left++;
    output.redraw(null);
    output.note(output.color.yellow(`Line ${line} ${reason}; left out.`));
  };
  const show = (readBytes: number): void => {
    const share = totalBytes === null ? null : readBytes / Math.max(1, totalBytes);
    output.redraw(progressLine({ events, elapsedMs: clock.monotonic() - started, share }));
  };
  const send = async (batch: Batch): Promise<void> => {
    const ingest = {
      key: options.key,
      strict: !options.permissive,
      retryForMs: options.retryForMs,
      onRetry: (reason: string, pauseMs: number) => {
        output.redraw(null);
        output.note(output.color.yellow(`${reason} Trying again in ${Math.ceil(pauseMs / 1000)} s.`));
      },
    };
    const { faults } = await sendCalls(client, clock, '/v1/batch', batchBody(batch), ingest, interrupted);
    if (faults.length > 0) {
      const first = firstBad(faults);
      // Nothing of a batch is taken when one call is refused.
      if (first !== null && first > 0) await send(batchUpTo(batch, first));
      throw refused(batch, faults, first);
    }
    events += batch.lines.length;
    batches++;
    nextLine = batch.nextLine;
    show(batch.readBytes);
    if (options.rate > 0) {
      const due = started + (events / options.rate) * 1000;
      await sleep(Math.max(0, due - clock.monotonic()), interrupted);
    }
  };

  const stream = options.file === '-' ? process.stdin : createReadStream(options.file, { highWaterMark: 1024 * 1024 });
  const fileName = options.file === '-' ? 'stdin' : path.basename(options.file);
  let failure: unknown = null;
  try {
    for await (const batch of ndjsonBatches(stream, {
      fileName,
      maxCalls: options.maxCalls,
      fromLine: options.fromLine,
      onLeftOut: options.permissive ? onLeftOut : null,
    })) {
      if (interrupted.aborted) break;
      await send(batch);
    }
  } catch (error) {
    if (!interrupted.aborted) failure = error;
  }
  output.redraw(null);
  if (failure instanceof StoppedAtLine) nextLine = failure.line;
  const elapsedMs = Math.round(clock.monotonic() - started);
  const complete = failure === null && !interrupted.aborted;
  const done = { events, batches, leftOut: left, storageConfirmed: !options.permissive, elapsedMs, complete, nextLine };
  output.json(done);
  report(context, options, done);
  if (failure !== null) throw failure;
  if (interrupted.aborted) throw new CliError('', { exitCode: exitCodes.interrupted });
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (cause) {
    throw new CliError(`${file} cannot be read: ${(cause as Error).message}`, { exitCode: exitCodes.usage, cause });
  }
}

interface Done {
  readonly events: number;
  readonly leftOut: number;
  /** Without strict mode a call that is refused, be it for its key, is answered like one that is stored. */
  readonly storageConfirmed: boolean;
  readonly elapsedMs: number;
  readonly complete: boolean;
  readonly nextLine: number;
}

function report({ client, output }: CliContext, options: FileOptions, done: Done): void {
  const { events, leftOut, storageConfirmed, elapsedMs, complete, nextLine } = done;
  const { dim, green, yellow } = output.color;
  const outcome = complete ? green('Done') : `${yellow('Stopped')} at line ${nextLine}`;
  const nothing = complete ? 'nothing to send' : `nothing was ${storageConfirmed ? 'confirmed as stored' : 'answered'}`;
  const rate = count(Math.round((events / Math.max(1, elapsedMs)) * 1000));
  output.print(
    events === 0
      ? `${outcome}; ${nothing}.`
      : `${outcome} after ${things(events, 'event')} in ${(elapsedMs / 1000).toFixed(1)} s (${rate}/s), ${storageConfirmed ? 'all stored' : 'answered 200'}.`,
  );
  if (leftOut > 0) output.print(`${things(leftOut, 'line')} ${leftOut === 1 ? 'was' : 'were'} left out.`);
  if (!storageConfirmed && events > 0) {
    output.print(
      'A 200 does not say that a call was stored: one that was refused is recorded with the reason instead.',
    );
    output.print(
      `See refused calls: leat source list counts them, leat doctor tells of unknown keys, the console shows each at ${client.access.url}/sources.`,
    );
  }
  if (complete || options.file === '-') return;
  const again = options.permissive ? ' --permissive' : '';
  output.print(`Continue with: leat send --file ${options.file} --from-line ${nextLine}${again}`);
  output.print(dim('Sending the whole file again does no harm either: its calls keep their messageIds.'));
}

const calledIn = /^batch\[(\d+)\]\.?/;

/** Index of the first call that was refused; null when that is the batch as a whole. */
function firstBad(faults: readonly string[]): number | null {
  const indexes = faults.map((fault) => calledIn.exec(fault)?.[1]);
  return indexes.includes(undefined) ? null : Math.min(...indexes.map(Number));
}

/** Faults name calls as `batch[3]`; people look for lines. */
function refused(batch: Batch, faults: readonly string[], first: number | null): CliError {
  const shown = faults.slice(0, 20).map((fault) =>
    fault.replace(calledIn, (_, index: string) => {
      const line = batch.lines[Number(index)];
      return line === undefined ? '' : `line ${line}: `;
    }),
  );
  const more = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
  const list = [...shown, ...more].join('\n');
  const hint = 'Mend the lines, or let the server record and pass over bad calls with --permissive.';
  const line = first === null ? undefined : batch.lines[first];
  if (line === undefined) return new CliError(`A batch was refused, and nothing of it was taken:\n${list}`, { hint });
  return new StoppedAtLine(line, `Line ${line} was refused, and nothing from there on was taken:\n${list}`, hint);
}
