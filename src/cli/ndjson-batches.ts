// Cuts a file of one call per line (NDJSON) into batches that the API takes, keeping count of lines and bytes.
//
// A line without a messageId gets one made of the file's name, the line's number and its text. So sending a file again,
// whole or from a line on, stores nothing twice within the server's window of recognising duplicates.
import { createHash } from 'node:crypto';
import { eventTypes } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import { CliError } from './cli-error.ts';

export interface Batch {
  /** JSON body for /v1/batch. */
  readonly body: string;
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
  /** Called for a line that is no call; throws, or lets it be left out. */
  readonly onBadLine: (line: number, reason: string) => void;
}

/** Below the API's limit of 512,000 bytes, with room for the envelope. */
const maxBatchBytes = 480_000;
/** A line far above what one call may have is not read to its end. */
const maxLineBytes = 1024 * 1024;

/** Batches of the stream's calls, in order. */
export async function* ndjsonBatches(stream: AsyncIterable<Uint8Array>, options: BatchOptions): AsyncGenerator<Batch> {
  let calls: string[] = [];
  let lines: number[] = [];
  let bytes = 0;
  let number = 0;
  let readBytes = 0;
  const take = (nextLine: number): Batch => {
    const batch = { body: `{"batch":[${calls.join(',')}]}`, lines, readBytes, nextLine };
    [calls, lines, bytes] = [[], [], 0];
    return batch;
  };
  for await (const { text, length } of splitLines(stream)) {
    number++;
    const call = number < options.fromLine || text.trim() === '' ? null : readCall(text, number, options);
    if (call !== null) {
      const size = Buffer.byteLength(call) + 1;
      if (calls.length > 0 && (calls.length === options.maxCalls || bytes + size > maxBatchBytes)) yield take(number);
      calls.push(call);
      lines.push(number);
      bytes += size;
    }
    readBytes += length;
  }
  if (calls.length > 0) yield take(number + 1);
}

function readCall(text: string, line: number, options: BatchOptions): string | null {
  let call: unknown;
  try {
    call = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    options.onBadLine(line, 'is not valid JSON');
    return null;
  }
  if (!isObject(call)) options.onBadLine(line, 'is no JSON object');
  else if (!eventTypes.some((type) => type === call.type))
    options.onBadLine(line, `has no "type" of ${eventTypes.join(', ')}`);
  else if (typeof call['messageId'] === 'string' && call['messageId'] !== '') return text.trim();
  else return JSON.stringify({ ...call, messageId: messageIdOf(options.fileName, line, text) });
  return null;
}

const messageIdOf = (fileName: string, line: number, text: string): string =>
  `file-${createHash('sha256').update(`${fileName}\n${line}\n${text}`).digest('hex').slice(0, 32)}`;

/** Lines of UTF-8 text without their ends, each with the bytes it took in the stream. */
async function* splitLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<{ text: string; length: number }> {
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
      if (held > maxLineBytes)
        throw new CliError(`A line is longer than ${maxLineBytes} bytes.`, {
          hint: 'The file has one call per line (NDJSON).',
        });
    }
  }
  if (held > 0) yield join(Buffer.alloc(0));
}
