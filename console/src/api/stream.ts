// Reads the control API's server-sent events, once: who wants to go on after a cut connects again with the last id.
import { ApiError, parse, request, unreachable, withQuery } from './client.ts';
import type { Query } from './client.ts';

interface StreamMessage {
  /** `message` unless the server names it. */
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
}

export interface StreamReader {
  /** The server has answered; messages follow. */
  readonly onOpen: () => void;
  readonly onMessage: (message: StreamMessage) => void;
}

/** The server says something every 15 s; a connection that is silent for so long is lost, whoever says otherwise. */
const silentMs = 40_000;

/**
 * Reads until the stream ends or `signal` aborts; from after `lastId`, or from now on when it is null.
 * @throws ApiError: what the server answered, or status 0 when it does not answer or fell silent
 */
export async function apiStream(
  path: string,
  query: Query,
  lastId: string | null,
  { onOpen, onMessage }: StreamReader,
  signal: AbortSignal,
): Promise<void> {
  const silent = new AbortController();
  let watch = setTimeout(() => silent.abort(), silentMs);
  const heard = (): void => {
    clearTimeout(watch);
    watch = setTimeout(() => silent.abort(), silentMs);
  };
  try {
    const headers = { accept: 'text/event-stream', ...(lastId !== null && { 'last-event-id': lastId }) };
    const either = AbortSignal.any([signal, silent.signal]);
    const response = await request(withQuery(path, query), { headers, signal: either });
    if (!response.ok || response.body === null) return void (await parse(response));
    onOpen();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = parseMessage(block);
        if (message) onMessage(message);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error instanceof ApiError ? error : unreachable();
  } finally {
    clearTimeout(watch);
  }
}

function parseMessage(block: string): StreamMessage | null {
  const fields = { event: 'message', id: null as string | null };
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ''] = /^([^:]+):? ?(.*)$/s.exec(line) ?? [];
    if (name === 'data') data.push(value);
    else if (name === 'event') fields.event = value;
    else if (name === 'id') fields.id = value;
  }
  return data.length > 0 ? { ...fields, data: data.join('\n') } : null;
}
