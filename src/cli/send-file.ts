// `leat send --file`: a backfill. One batch after the other, in the order of the file; it can be taken up where it
// stopped, because every call has a messageId and the message at the end names the line.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { sleep } from '../lib/sleep.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext } from './context.ts';
import { sendCalls } from './ingest-client.ts';
import { ndjsonBatches } from './ndjson-batches.ts';
import type { Batch } from './ndjson-batches.ts';
import { count } from './output.ts';
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

  const onBadLine = (line: number, reason: string): void => {
    left++;
    if (!options.permissive)
      throw new CliError(`Line ${line} ${reason}.`, {
        hint: 'Mend the line, or pass bad ones over with --permissive.',
      });
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
    const { faults } = await sendCalls(client, clock, '/v1/batch', batch.body, ingest, interrupted);
    if (faults.length > 0) throw refused(batch, faults);
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
      onBadLine,
    })) {
      if (interrupted.aborted) break;
      await send(batch);
    }
  } catch (error) {
    if (!interrupted.aborted) failure = error;
  }
  output.redraw(null);
  const elapsedMs = clock.monotonic() - started;
  const stopped = failure !== null || interrupted.aborted;
  output.json({ events, batches, leftOut: left, elapsedMs: Math.round(elapsedMs), complete: !stopped, nextLine });
  const rate = count(Math.round((events / Math.max(1, elapsedMs)) * 1000));
  output.print(
    `${stopped ? output.color.yellow('Stopped') : output.color.green('Done')} after ${count(events)} events in ${(elapsedMs / 1000).toFixed(1)} s (${rate}/s), all stored.`,
  );
  if (left > 0) output.print(`${count(left)} lines were left out.`);
  if (stopped && options.file !== '-') {
    const again = options.permissive ? ' --permissive' : '';
    output.print(`Continue with: leat send --file ${options.file} --from-line ${nextLine}${again}`);
    output.print(
      output.color.dim('Sending the whole file again does no harm either: its calls keep their messageIds.'),
    );
  }
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

/** Faults name calls as `batch[3]`; people look for lines. */
function refused(batch: Batch, faults: readonly string[]): CliError {
  const shown = faults.slice(0, 20).map((fault) =>
    fault.replace(/^batch\[(\d+)\]\.?/, (_, index: string) => {
      const line = batch.lines[Number(index)];
      return line === undefined ? '' : `line ${line}: `;
    }),
  );
  const more = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
  return new CliError(`Calls were refused, and nothing of their batch was taken:\n${[...shown, ...more].join('\n')}`, {
    hint: 'Mend the lines, or let the server record and pass over bad calls with --permissive.',
  });
}
