// Cuts a file of one call per line (NDJSON) into batches that the API takes, keeping count of lines and bytes.
//
// A line without a messageId gets one made of the file's name, the line's number and its text. So sending a file again,
// whole or from a line on, stores nothing twice within the server's window of recognising duplicates.
import { createHash } from 'node:crypto';
import { eventTypes } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import { CliError } from './cli-error.ts';

export interface Batch {
  /** Each call as JSON. */
  readonly calls: readonly string[];
  /** Line of each call, counted from 1. */
  readonly lines: readonly number[];
  /** Bytes of the file read up to the end of this batch. */
  readonly readBytes: number;
  /** The line after the last one of this batch. */
  readonly nextLine: number;
}

export interface BatchOptions {
  /** For messageIds. */
  readonly fileName: string;
  readonly maxCalls: number;
  /** Lines before this one are passed over. */
  readonly fromLine: number;
  /** Told of a line that is no call, which is left out; null stops there, after the calls before it. */
  readonly onLeftOut: ((line: number, reason: string) => void) | null;
}

/** Thrown when a file cannot be sent beyond a line; the calls before it have been given out. */
export class StoppedAtLine extends CliError {
  readonly line: number;

  constructor(line: number, message: string, hint: string) {
    super(message, { hint });
    this.line = line;
  }
}

/** JSON body for /v1/batch. */
export const batchBody = ({ calls }: Batch): string => `{"batch":[${calls.join(',')}]}`;

/** The batch without its calls from this index on. */
export const batchUpTo = (batch: Batch, index: number): Batch => ({
  ...batch,
  calls: batch.calls.slice(0, index),
  lines: batch.lines.slice(0, index),
  nextLine: batch.lines[index] ?? batch.nextLine,
});

/** Below the API's limit of 512,000 bytes, with room for the envelope. */
const maxBatchBytes = 480_000;
/** A line far above what one call may have is not read to its end. */
const maxLineBytes = 1024 * 1024;

/** Batches of the stream's calls, in order. @throws StoppedAtLine */
export async function* ndjsonBatches(stream: AsyncIterable<Uint8Array>, options: BatchOptions): AsyncGenerator<Batch> {
  let calls: string[] = [];
  let lines: number[] = [];
  let bytes = 0;
  let number = 0;
  let readBytes = 0;
  const take = (nextLine: number): Batch => {
    const batch = { calls, lines, readBytes, nextLine };
    [calls, lines, bytes] = [[], [], 0];
    return batch;
  };
  for await (const { text, length } of splitLines(stream)) {
    number++;
    if (number >= options.fromLine && text?.trim() !== '') {
      const read = text === null ? tooLong : readCall(text, number, options.fileName);
      if (read.call === null) {
        // What comes after a line without an end cannot be told from it.
        if (text !== null && options.onLeftOut) options.onLeftOut(number, read.reason);
        else {
          if (calls.length > 0) yield take(number);
          throw new StoppedAtLine(number, `Line ${number} ${read.reason}.`, read.hint);
        }
      } else {
        const size = Buffer.byteLength(read.call) + 1;
        if (calls.length > 0 && (calls.length === options.maxCalls || bytes + size > maxBatchBytes)) yield take(number);
        calls.push(read.call);
        lines.push(number);
        bytes += size;
      }
    }
    readBytes += length;
  }
  if (calls.length > 0) yield take(number + 1);
}

type ReadLine = { readonly call: string } | { readonly call: null; readonly reason: string; readonly hint: string };

const bad = (
  reason: string,
  hint = 'Mend the line, or pass bad ones over with --permissive.',
): Extract<ReadLine, { readonly call: null }> => ({ call: null, reason, hint });

const tooLong = bad(`is longer than ${maxLineBytes} bytes`, 'The file has one call per line (NDJSON).');

function readCall(text: string, line: number, fileName: string): ReadLine {
  let call: unknown;
  try {
    call = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return bad('is not valid JSON');
  }
  if (!isObject(call)) return bad('is no JSON object');
  if (!eventTypes.some((type) => type === call.type)) return bad(`has no "type" of ${eventTypes.join(', ')}`);
  if (typeof call['messageId'] === 'string' && call['messageId'] !== '') return { call: text.trim() };
  return { call: JSON.stringify({ ...call, messageId: messageIdOf(fileName, line, text) }) };
}

const messageIdOf = (fileName: string, line: number, text: string): string =>
  `file-${createHash('sha256').update(`${fileName}\n${line}\n${text}`).digest('hex').slice(0, 32)}`;

/**
 * Lines of UTF-8 text without their ends, each with the bytes it took in the stream. The text of one that is too long
 * is null, and the last.
 */
async function* splitLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<{ text: string | null; length: number }> {
  let parts: Buffer[] = [];
  let held = 0;
  const join = (more: Buffer): { text: string; length: number } => {
    const line = parts.length === 0 ? more : Buffer.concat([...parts, more]);
    [parts, held] = [[], 0];
    return { text: line.toString().replace(/^\uFEFF|\r$/g, ''), length: line.length + 1 };
  };
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10, from)) {
      yield join(buffer.subarray(from, end));
      from = end + 1;
    }
    if (from < buffer.length) {
      parts.push(buffer.subarray(from));
      held += buffer.length - from;
      if (held > maxLineBytes) {
        yield { text: null, length: held };
        return;
      }
    }
  }
  if (held > 0) yield join(Buffer.alloc(0));
}
